import { initTRPC } from '@trpc/server'
import type { OpenApiMeta } from 'trpc-to-openapi'
import type { Permission } from '@/accounts/rules-permissions'
import { DEFAULT_LOCALE } from '@/i18n/locales'
import type { TrpcContext } from './context'
import { describeError } from './errors'
import { transformer } from './transformer'

/** Who may call a procedure. Set by the procedures of `procedures.ts`; the access matrix is generated from it. */
export type Access =
  | { readonly kind: 'public' }
  | { readonly kind: 'signedIn' }
  | { readonly kind: 'administrator' }
  | { readonly kind: 'member'; readonly permission: Permission }

export type ProcedureMeta = OpenApiMeta & { readonly access?: Access }

const t = initTRPC
  .context<TrpcContext>()
  .meta<ProcedureMeta>()
  .create({
    transformer,
    // Pings keep proxies from closing it. After five minutes it is opened anew, and who may not come in any more is refused.
    sse: {
      maxDurationMs: 300_000,
      ping: { enabled: true, intervalMs: 15_000 },
      client: { reconnectAfterInactivityMs: 40_000 },
    },
    errorFormatter({ shape, error, ctx }) {
      const { message, ...facts } = describeError(error, ctx?.locale ?? DEFAULT_LOCALE)
      // Built anew: the default shape holds the stack, and the message of an unexpected error holds SQL.
      return { code: shape.code, message, data: { ...facts, httpStatus: shape.data.httpStatus, path: shape.data.path } }
    },
  })

export const { router, middleware, createCallerFactory, mergeRouters } = t
export const baseProcedure = t.procedure
