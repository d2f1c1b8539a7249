import { type AnyTRPCRouter, TRPCError } from '@trpc/server'
import { getHTTPStatusCodeFromError } from '@trpc/server/http'
import { createOpenApiFetchHandler, generateOpenApiDocument, type OpenAPIObject } from 'trpc-to-openapi'
import { chooseLocale } from '@/i18n/locales'
import { createTranslatorFor } from '@/i18n/translator'
import { AppError } from '@/kernel/app-error'
import type { TrpcContext } from './context'
import { describeError, type ErrorFacts, errorOutside } from './errors'
import { callerOfBearer, createHttpContext, type HttpRuntime } from './http-context'
import { reportError } from './report-error'
import { BODY_MOST, readWithin } from './request-guards'

const ENDPOINT = '/api/v1'

/** OpenAPI 3.1 of every procedure that has an `openapi` path. */
export function describeApi(appRouter: AnyTRPCRouter, origin: string): OpenAPIObject {
  return generateOpenApiDocument(appRouter, {
    title: 'Gleaner',
    version: '1',
    openApiVersion: '3.1.0',
    baseUrl: origin + ENDPOINT,
    securitySchemes: { apiKey: { type: 'http', scheme: 'bearer', description: 'An API key: Settings, API keys.' } },
  })
}

/** The REST door: the same procedures by API key; errors are `{code, message}` and, for a form, `fields`. */
export async function answerRest(appRouter: AnyTRPCRouter, runtime: HttpRuntime, request: Request): Promise<Response> {
  try {
    return await answerKnown(appRouter, runtime, request)
  } catch (cause) {
    return tellFailure(errorOutside(cause), runtime, request)
  }
}

/** A program gets its `{code, message}` also where no procedure was reached. */
function tellFailure(error: TRPCError, { deps }: HttpRuntime, request: Request): Response {
  reportError(deps.log, { error, path: new URL(request.url).pathname })
  const locale = chooseLocale({ acceptLanguage: request.headers.get('accept-language') })
  const { code, message, errorId } = describeError(error, locale)
  return Response.json({ code, message, ...(errorId && { errorId }) }, { status: getHTTPStatusCodeFromError(error) })
}

async function answerKnown(appRouter: AnyTRPCRouter, runtime: HttpRuntime, request: Request): Promise<Response> {
  const context = await createHttpContext(runtime, request.headers, await callerOfBearer(runtime.deps, request.headers))
  const allowed = methodsOf(appRouter, new URL(request.url).pathname.slice(ENDPOINT.length))
  if (allowed.length === 0) return refuse('NOT_FOUND', context)
  if (!allowed.includes(request.method)) return refuse('METHOD_NOT_SUPPORTED', context, { Allow: allowed.join(', ') })
  if (!context.caller) return refuse('UNAUTHORIZED', context, { 'WWW-Authenticate': 'Bearer' })
  const req = await readWithin(request, bodyMost(request))
  if (!req) return refuse('PAYLOAD_TOO_LARGE', context)
  const answer = await createOpenApiFetchHandler({
    endpoint: ENDPOINT,
    router: appRouter,
    req,
    createContext: () => context,
    onError: (failure) => reportError(runtime.deps.log, failure),
    responseMeta: () => ({ headers: Object.fromEntries(context.responseHeaders) }),
  })
  return answer.ok ? answer : cleanError(answer, context)
}

/** The handler passes the whole shape on, with words of its own; callers get what is promised and nothing else. */
async function cleanError(answer: Response, { locale }: TrpcContext): Promise<Response> {
  // Written by the handler, around what errorFormatter made.
  const { data } = (await answer.json()) as { data: ErrorFacts }
  const { code, reason, fields, errorId } = data
  const told = {
    code,
    message: createTranslatorFor(locale, 'UTC').error({ ...data, reason: reason ?? undefined }),
    ...(reason && { reason }),
    ...(errorId && { errorId }),
    ...(Object.keys(fields).length > 0 && { fields }),
  }
  return Response.json(told, { status: answer.status, headers: answer.headers })
}

/** A batch of adverts is the one long thing that programs send. */
function bodyMost(request: Request): number {
  return new URL(request.url).pathname === `${ENDPOINT}/listings/batch` ? 4 * BODY_MOST : BODY_MOST
}

const STATUS = { NOT_FOUND: 404, METHOD_NOT_SUPPORTED: 405, UNAUTHORIZED: 401, PAYLOAD_TOO_LARGE: 413 } as const

function refuse(code: keyof typeof STATUS, { locale }: TrpcContext, headers: Record<string, string> = {}): Response {
  const cause =
    code === 'UNAUTHORIZED' ? new AppError('unauthenticated', 'no API key', { reason: 'apiKey' }) : undefined
  const { code: told, message } = describeError(new TRPCError({ code, cause }), locale)
  return Response.json({ code: told, message }, { status: STATUS[code], headers })
}

const documents = new WeakMap<AnyTRPCRouter, OpenAPIObject>()

/** The methods of the path's template; none: there is no such path. */
function methodsOf(appRouter: AnyTRPCRouter, path: string): readonly string[] {
  const document = documents.get(appRouter) ?? describeApi(appRouter, '')
  documents.set(appRouter, document)
  const asked = path.split('/')
  const found = Object.entries(document.paths ?? {}).filter(([template]) => fits(template.split('/'), asked))
  return found.flatMap(([, item]) => Object.keys(item)).map((method) => method.toUpperCase())
}

function fits(template: readonly string[], asked: readonly string[]): boolean {
  return template.length === asked.length && template.every((part, at) => part.startsWith('{') || part === asked[at])
}
