import { createHash } from 'node:crypto'
import { getHTTPStatusCodeFromError } from '@trpc/server/http'
import { actorOf } from '@/accounts/caller'
import type { Ctx } from '@/accounts/context'
import { runInWorkspace } from '@/accounts/gate'
import { countAttempt } from '@/accounts/limit-attempts'
import { UPLOADS } from '@/giving/imports/router'
import { FILE_LIMITS, IMPORT_KINDS, type ImportKind } from '@/giving/imports/rules'
import { uploadImport } from '@/giving/imports/upload-import'
import { beginExport, readExport } from '@/giving/imports/write-file'
import { AppError } from '@/kernel/app-error'
import type { TrpcContext } from '@/trpc/context'
import { describeError, errorOutside } from '@/trpc/errors'
import { createHttpContext, type HttpRuntime } from '@/trpc/http-context'
import { doOnce, fingerprintOf, keyOf } from '@/trpc/idempotency'
import { reportError } from '@/trpc/report-error'
import { assertSameOrigin, readWithin } from '@/trpc/request-guards'

type Answer = (context: TrpcContext, open: <T>(work: (ctx: Ctx) => Promise<T>) => Promise<T>) => Promise<Response>

/** `POST ?kind=gifts&name=a.csv` with the file as it is for a body, by session or API key. */
export function answerUpload(runtime: HttpRuntime, request: Request): Promise<Response> {
  return guarded(runtime, request, async ({ deps, caller }, open) => {
    const { searchParams } = new URL(request.url)
    const kind = kindOf(searchParams.get('kind'))
    const who = caller?.workspace?.workspaceId ?? ''
    await countAttempt(deps.db, UPLOADS, who, deps.clock())
    const file = await readWithin(request, FILE_LIMITS.bytes)
    if (!file) throw tooLarge()
    const bytes = new Uint8Array(await file.arrayBuffer())
    const fileName = searchParams.get('name') ?? 'import.csv'
    const key = keyOf(request.headers)
    const sum = createHash('sha256').update(bytes).digest('hex')
    return Response.json(
      await open((ctx) => {
        const upload = () => uploadImport(ctx, deps.storage, { kind, fileName, bytes })
        return key === null
          ? upload()
          : doOnce(ctx, { key, fingerprint: fingerprintOf('imports', { kind, sum }) }, upload)
      }),
    )
  })
}

/** All contacts or gifts that the caller sees, a page at a time as the reader takes them. */
export function answerExport(runtime: HttpRuntime, request: Request, wanted: string): Promise<Response> {
  return guarded(runtime, request, async (_context, open) => {
    const kind = kindOf(wanted.replace(/\.csv$/, ''))
    const head = await open((ctx) => beginExport(ctx, kind))
    let after: string | null = null
    let [first, last] = [true, false]
    const stream = new ReadableStream<string>({
      pull: async (controller) => {
        const page = await open((ctx) => readExport(ctx, kind, after))
        controller.enqueue(first ? head + page.text : page.text)
        ;[first, after, last] = [false, page.after, page.after === null]
        if (last) controller.close()
      },
    })
    const headers = { 'Content-Type': 'text/csv; charset=utf-8', 'Cache-Control': 'no-store' }
    const disposition = `attachment; filename="${kind}.csv"`
    return new Response(stream.pipeThrough(new TextEncoderStream()), {
      headers: { ...headers, 'Content-Disposition': disposition, 'X-Content-Type-Options': 'nosniff' },
    })
  })
}

function kindOf(text: string | null): ImportKind {
  const kind = IMPORT_KINDS.find((one) => one === text)
  if (kind) return kind
  throw new AppError('bad_input', 'kind is contacts or gifts', { values: { field: 'kind' } })
}

function tooLarge(): AppError {
  const values = { field: 'file', most: FILE_LIMITS.bytes / 1024 / 1024 }
  return new AppError('bad_input', 'too large a file', { reason: 'import.tooLarge', values })
}

async function guarded(runtime: HttpRuntime, request: Request, answer: Answer): Promise<Response> {
  try {
    assertSameOrigin(request)
    const context = await createHttpContext(runtime, request.headers)
    const { caller } = context
    if (!caller?.workspace) throw new AppError('unauthenticated', 'no valid session or API key')
    const { workspaceId } = caller.workspace
    const actor = actorOf(caller, caller.workspace)
    return await answer(context, (work) => runInWorkspace(runtime.deps, workspaceId, actor, work))
  } catch (cause) {
    return refuse(runtime, request, cause)
  }
}

async function refuse(runtime: HttpRuntime, request: Request, cause: unknown): Promise<Response> {
  const error = errorOutside(cause)
  reportError(runtime.deps.log, { error, path: new URL(request.url).pathname })
  const { locale } = await createHttpContext(runtime, request.headers).catch(() => ({ locale: 'en' as const }))
  const { code, message, reason, retryAfter } = describeError(error, locale)
  const headers = retryAfter === null ? undefined : { 'Retry-After': String(Math.ceil(retryAfter)) }
  return Response.json(
    { code, message, ...(reason && { reason }) },
    { status: getHTTPStatusCodeFromError(error), headers },
  )
}
