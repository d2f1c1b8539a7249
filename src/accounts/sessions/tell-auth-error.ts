import { ZodError } from 'zod'
import { isAppError } from '@/kernel/app-error'
import type { Logger } from '@/observability/log'

/** Kinds of Auth.js that anybody can cause by a request: a wrong password, a path that there is not, no CSRF token … */
const VISITORS = new Set(['CredentialsSignin', 'UnknownAction', 'MissingCSRF', 'InvalidProvider', 'InvalidCallbackUrl'])

/** Into the log of errors, which may be reported, comes only what is ours: else a visitor could fill it. */
export function tellAuthError(log: Logger, error: Error): void {
  if (isVisitorsDoing(error)) log.debug({ err: error }, 'next-auth')
  else log.error({ err: error }, 'next-auth')
}

/** By its `type`: names of classes are shortened in a build. */
function isVisitorsDoing(error: Error): boolean {
  const type = 'type' in error ? error.type : undefined
  const cause = wrappedIn(error)
  if (type === 'JWTSessionError') return isForged(cause)
  // What cannot be read as the body that it says it is comes as the parser's own error.
  return VISITORS.has(String(type)) || error instanceof SyntaxError || isAppError(cause) || cause instanceof ZodError
}

/** A cookie that we never wrote, or with a secret that is no longer ours; not the database that is away meanwhile. */
function isForged(cause: unknown): boolean {
  if (!(cause instanceof Error)) return false
  return 'code' in cause ? /^ERR_JW/.test(String(cause.code)) : cause.message === 'no matching decryption secret'
}

/** What Auth.js caught. */
function wrappedIn({ cause }: Error): unknown {
  return typeof cause === 'object' && cause !== null && 'err' in cause ? cause.err : undefined
}
