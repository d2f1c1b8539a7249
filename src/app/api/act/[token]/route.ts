import { takeLetterLink } from '@/giving/care/act-by-letter'
import { isAppError } from '@/kernel/app-error'
import { runtime } from '@/wiring/runtime'

export const dynamic = 'force-dynamic'

type Context = { readonly params: Promise<{ readonly token: string }> }

/** The button of the page behind a letter's link. The page says afterwards what became of it, or why nothing did. */
export async function POST(_request: Request, { params }: Context): Promise<Response> {
  const [{ deps }, { token }] = [await runtime(), await params]
  const page = `/act/${encodeURIComponent(token)}`
  try {
    await takeLetterLink(deps, token)
  } catch (error) {
    if (!isAppError(error)) throw error
    deps.log.info({ reason: error.reason }, 'a link of a letter was refused')
    return seeOther(`${page}?why=${encodeURIComponent(error.reason ?? `codes.${error.code}`)}`)
  }
  return seeOther(page)
}

function seeOther(address: string): Response {
  return new Response(null, { status: 303, headers: { Location: address } })
}
