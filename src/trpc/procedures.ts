import { actorOf, type Caller, type CallerWorkspace } from '@/accounts/caller'
import { type Ctx, requirePermission } from '@/accounts/context'
import { runInWorkspace } from '@/accounts/gate'
import type { Permission } from '@/accounts/rules-permissions'
import { AppError } from '@/kernel/app-error'
import type { TrpcContext } from './context'
import { toTrpcError } from './errors'
import { doOnce, fingerprintOf, keyOf } from './idempotency'
import { baseProcedure, middleware } from './init'
import { listenLive } from './live'

const mapErrors = middleware(async ({ ctx, next }) => {
  const result = await next()
  if (result.ok) return result
  const error = toTrpcError(result.error)
  if (error.cause instanceof AppError && error.cause.retryAfter !== undefined) {
    ctx.responseHeaders.set('Retry-After', String(Math.ceil(error.cause.retryAfter)))
  }
  throw error
})

const mapped = baseProcedure.use(mapErrors)

/** For anybody: set-up and sign-in. */
export const publicProcedure = mapped.meta({ access: { kind: 'public' } })

/** For a person with a session (not an API key): their own account. Gives `ctx.session`. */
export const signedInProcedure = mapped
  .meta({ access: { kind: 'signedIn' } })
  .use(({ ctx, next }) => next({ ctx: { session: sessionOf(ctx.caller) } }))

/** For whoever runs this installation. Gives `ctx.session`. */
export const administratorProcedure = mapped.meta({ access: { kind: 'administrator' } }).use(({ ctx, next }) => {
  const session = sessionOf(ctx.caller)
  if (!session.user.administrator) throw new AppError('forbidden', 'not an administrator', { reason: 'administrator' })
  return next({ ctx: { session } })
})

/** For members with `permission`. The whole procedure is one transaction: `ctx.scope` is the verbs' and queries' `ctx`. */
export function workspaceProcedure(permission: Permission) {
  return mapped.meta({ access: { kind: 'member', permission } }).use(async ({ ctx, next, type, path, getRawInput }) =>
    openScope(ctx, permission, async (scope) => {
      const run = async () => {
        const result = await next({ ctx: { scope } })
        // Thrown, so that the transaction is rolled back.
        if (!result.ok) throw result.error
        return result
      }
      const key = type === 'mutation' ? keyOf(ctx.headers) : null
      if (key === null) return run()
      const once = { key, fingerprint: fingerprintOf(path, await getRawInput()) }
      const data = await doOnce(scope, once, async () => (await run()).data)
      // What tRPC passes on of a result; what it was of the first time has its type.
      return { ok: true, data } as Awaited<ReturnType<typeof run>>
    }),
  )
}

/**
 * For members with `permission`, where a procedure reaches out (a fetch, a test message) or streams: no transaction is
 * held meanwhile. `ctx.open(work)` runs `work` in one; `ctx.listen(signal)` gives the workspace's live notes.
 */
export function gateProcedure(permission: Permission) {
  return mapped.meta({ access: { kind: 'member', permission } }).use(({ ctx, next }) => {
    const { workspace, actor } = memberOf(ctx.caller)
    requirePermission({ actor }, permission)
    const open = <T>(work: (scope: Ctx) => Promise<T>) => openScope(ctx, permission, work)
    const listener = { workspaceId: workspace.workspaceId, passId: passIdOf(ctx.caller) }
    const listen = (signal: AbortSignal | undefined) => listenLive(ctx.deps.db, listener, signal)
    return next({ ctx: { open, listen, workspace, actor } })
  })
}

function openScope<T>(ctx: TrpcContext, permission: Permission, work: (scope: Ctx) => Promise<T>): Promise<T> {
  const { workspace, actor } = memberOf(ctx.caller)
  requirePermission({ actor }, permission)
  return runInWorkspace(ctx.deps, workspace.workspaceId, actor, work)
}

function memberOf(caller: Caller | null) {
  if (!caller) throw unauthenticated()
  if (!caller.workspace) throw new AppError('forbidden', 'no workspace', { reason: 'noWorkspace' })
  const workspace: CallerWorkspace = caller.workspace
  return { workspace, actor: actorOf(caller, workspace) }
}

function passIdOf(caller: Caller | null): string | null {
  if (!caller) return null
  return caller.kind === 'session' ? caller.sessionId : caller.tokenId
}

function sessionOf(caller: Caller | null): Extract<Caller, { kind: 'session' }> {
  if (!caller) throw unauthenticated()
  if (caller.kind === 'session') return caller
  throw new AppError('forbidden', 'an API key has no account of its own', { reason: 'sessionNeeded' })
}

function unauthenticated(): AppError {
  return new AppError('unauthenticated', 'no valid session or API key')
}
