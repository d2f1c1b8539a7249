import { answerTrpc } from '@/trpc/http'
import { door } from '@/wiring/auth'
import { appRouter } from '@/wiring/router'
import { runtime } from '@/wiring/runtime'

async function answer(request: Request): Promise<Response> {
  return answerTrpc(appRouter, { ...(await runtime()), door }, request)
}

export { answer as GET, answer as POST }
