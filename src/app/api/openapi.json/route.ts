import { originOf } from '@/accounts/sessions/cookie'
import { describeApi } from '@/trpc/openapi'
import { appRouter } from '@/wiring/router'
import { runtime } from '@/wiring/runtime'

export async function GET(request: Request): Promise<Response> {
  const { env } = await runtime()
  return Response.json(describeApi(appRouter, originOf(request.headers, env.APP_URL)))
}
