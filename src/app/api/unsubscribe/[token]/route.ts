import { stopSummary } from '@/giving/care/stop-summary'
import { isAppError } from '@/kernel/app-error'
import { runtime } from '@/wiring/runtime'

export const dynamic = 'force-dynamic'

type Context = { readonly params: Promise<{ readonly token: string }> }

/** One click in the mail program (RFC 8058), or the button of the page below. Neither redirect nor sign-in for the former. */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  const [{ deps }, { token }] = [await runtime(), await params]
  const fromPage = new URL(request.url).searchParams.has('page')
  try {
    await stopSummary(deps, token)
  } catch (error) {
    if (!isAppError(error)) throw error
    return Response.json({ stopped: false }, { status: error.code === 'not_found' ? 404 : 403 })
  }
  if (!fromPage) return Response.json({ stopped: true })
  return new Response(null, { status: 303, headers: { Location: `/unsubscribe/${encodeURIComponent(token)}?done=1` } })
}

/** Somebody who opens the address is asked on a page. */
export async function GET(_request: Request, { params }: Context): Promise<Response> {
  const { token } = await params
  return new Response(null, { status: 303, headers: { Location: `/unsubscribe/${encodeURIComponent(token)}` } })
}
