import type { AnyTRPCRouter } from '@trpc/server'
import { TRPCError } from '@trpc/server'
import { fetchRequestHandler } from '@trpc/server/adapters/fetch'
import { DEFAULT_LOCALE } from '@/i18n/locales'
import type { TrpcContext } from './context'
import { describeError, errorOutside } from './errors'
import { createHttpContext, type HttpRuntime } from './http-context'
import { reportError } from './report-error'
import { assertSameOrigin, readWithin } from './request-guards'

/** The tRPC door of our own pages. */
export async function answerTrpc(appRouter: AnyTRPCRouter, runtime: HttpRuntime, request: Request): Promise<Response> {
  try {
    assertSameOrigin(request)
  } catch (error) {
    return refuse(error)
  }
  const req = await readWithin(request)
  if (!req) return refuse(new TRPCError({ code: 'PAYLOAD_TOO_LARGE' }))
  let context: TrpcContext | undefined
  return fetchRequestHandler({
    endpoint: '/api/trpc',
    router: appRouter,
    req,
    createContext: async () => {
      context = await createHttpContext(runtime, request.headers).catch((error) => {
        throw errorOutside(error)
      })
      return context
    },
    // Not a stream: the headers are sent when every procedure of the batch is done.
    responseMeta: () => ({ headers: context?.responseHeaders }),
    onError: (failure) => reportError(runtime.deps.log, failure),
  })
}

/** Before there is a context: the error as JSON, without a procedure's envelope. */
function refuse(error: unknown): Response {
  const known = error instanceof TRPCError ? error : errorOutside(error)
  const { code, message } = describeError(known, DEFAULT_LOCALE)
  const status = known.code === 'PAYLOAD_TOO_LARGE' ? 413 : 403
  return Response.json({ code, message }, { status })
}
