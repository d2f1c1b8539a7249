import { answerWebhook } from '@/bot/answer-webhook'
import { features } from '@/wiring/bot'
import { runtime } from '@/wiring/runtime'

export const dynamic = 'force-dynamic'

type Context = { readonly params: Promise<{ readonly token: string }> }

/** Telegram's updates, where there is a public address. */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  const [{ deps }, { token }] = [await runtime(), await params]
  return answerWebhook({ deps, installation: deps.outlets.installation, features }, request, token)
}
