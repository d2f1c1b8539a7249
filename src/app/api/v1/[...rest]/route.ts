import { answerRest } from '@/trpc/openapi'
import { door } from '@/wiring/auth'
import { appRouter } from '@/wiring/router'
import { runtime } from '@/wiring/runtime'

async function answer(request: Request): Promise<Response> {
  return answerRest(appRouter, { ...(await runtime()), door }, request)
}

export {
  answer as DELETE,
  answer as GET,
  answer as HEAD,
  answer as OPTIONS,
  answer as PATCH,
  answer as POST,
  answer as PUT,
}
