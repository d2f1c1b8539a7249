import { answerRest } from '@/trpc/openapi'
import { door } from '@/wiring/auth'
import { answerUpload } from '@/wiring/import-doors'
import { appRouter } from '@/wiring/router'
import { runtime } from '@/wiring/runtime'

async function answer(request: Request): Promise<Response> {
  return answerRest(appRouter, { ...(await runtime()), door }, request)
}

/** JSON is a call of the API; anything else is the file itself. */
export async function POST(request: Request): Promise<Response> {
  const isCall = request.headers.get('content-type')?.startsWith('application/json')
  return isCall ? answer(request) : answerUpload({ ...(await runtime()), door }, request)
}

export { answer as DELETE, answer as GET, answer as HEAD, answer as OPTIONS, answer as PATCH, answer as PUT }
