import { TRPCError } from '@trpc/server'
import type { TRPC_ERROR_CODE_KEY } from '@trpc/server/rpc'
import { ZodError } from 'zod'
import { isUnreachable } from '@/db/lost-connection'
import type { Locale } from '@/i18n/locales'
import { createTranslatorFor } from '@/i18n/translator'
import { AppError, type AppErrorCode, isAppError } from '@/kernel/app-error'
import { newId } from '@/kernel/ids'
import { fieldErrors } from './client-field-errors'

const TRPC_CODES: Record<AppErrorCode, TRPC_ERROR_CODE_KEY> = {
  bad_input: 'BAD_REQUEST',
  unauthenticated: 'UNAUTHORIZED',
  forbidden: 'FORBIDDEN',
  not_found: 'NOT_FOUND',
  conflict: 'CONFLICT',
  too_many: 'TOO_MANY_REQUESTS',
  unavailable: 'SERVICE_UNAVAILABLE',
  upstream: 'BAD_GATEWAY',
  internal: 'INTERNAL_SERVER_ERROR',
}

/** What tRPC itself refuses (unknown procedure, wrong method, too long a body), in our codes. */
const APP_CODES: Partial<Record<TRPC_ERROR_CODE_KEY, AppErrorCode>> = {
  ...Object.fromEntries(Object.entries(TRPC_CODES).map(([app, trpc]) => [trpc, app])),
  PARSE_ERROR: 'bad_input',
  METHOD_NOT_SUPPORTED: 'bad_input',
  UNSUPPORTED_MEDIA_TYPE: 'bad_input',
  PAYLOAD_TOO_LARGE: 'bad_input',
  UNPROCESSABLE_CONTENT: 'bad_input',
  CLIENT_CLOSED_REQUEST: 'unavailable',
  TIMEOUT: 'unavailable',
}

/** The error map of the tRPC and REST doors. Anything that is no AppError stays as it is. */
export function toTrpcError(error: TRPCError): TRPCError {
  const known = isAppError(error.cause) ? error.cause : fromDatabase(error.cause)
  return known ? new TRPCError({ code: TRPC_CODES[known.code], message: known.message, cause: known }) : error
}

/** What was thrown outside of a procedure: who asks could not be read, or the caller hung up. */
export function errorOutside(cause: unknown): TRPCError {
  return toTrpcError(new TRPCError({ code: 'INTERNAL_SERVER_ERROR', cause }))
}

/** SQLSTATE of what the database refused or could not do; Drizzle wraps the driver's error. */
function sqlState(error: unknown): string | null {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  if (!(cause instanceof Error) || !('code' in cause)) return null
  return typeof cause.code === 'string' ? cause.code : null
}

/** Whether this 400 was the database's word: a hostile value, or one of ours that a schema should have refused. */
export function isRefusedByDatabase({ code, cause }: TRPCError): boolean {
  return code === 'BAD_REQUEST' && isAppError(cause) && REFUSED_VALUE.test(sqlState(cause.cause) ?? '')
}

const REFUSED_VALUE = /^22...$/

/** NUL in a text or a number out of range is the sender's mistake (class 22); a clash or a lost connection passes. */
function fromDatabase(error: unknown): AppError | null {
  const state = sqlState(error)
  if (!state) return null
  if (REFUSED_VALUE.test(state))
    return new AppError('bad_input', `the database refuses a value (${state})`, { cause: error })
  // Two wrote the same at once, and each had looked before: unique and exclusion constraints have the last word.
  if (/^23(505|P01)$/.test(state)) return new AppError('conflict', `somebody was faster (${state})`, { cause: error })
  // 40: a deadlock or a serialization failure, of which one side is told to come again.
  if (/^(08|40|53|57)...$/.test(state) || isUnreachable(state)) {
    return new AppError('unavailable', `the database does not answer (${state})`, { cause: error })
  }
  return null
}

/** What a reader gets: words in their language, and nothing of an unexpected error but its id in the log. */
export type ErrorFacts = {
  readonly message: string
  readonly code: AppErrorCode
  readonly reason: string | null
  readonly values: Readonly<Record<string, string | number>>
  readonly retryAfter: number | null
  /** Texts by the path of the input they belong to: `{"name": "…", "urls.0": "…"}`. */
  readonly fields: Readonly<Record<string, string>>
  readonly errorId: string | null
}

export function describeError(error: TRPCError, locale: Locale): ErrorFacts {
  const { cause } = error
  const words = createTranslatorFor(locale, 'UTC')
  const app = isAppError(cause) ? cause : new AppError(APP_CODES[error.code] ?? 'internal', error.message)
  const message = words.error(app)
  return {
    message,
    code: app.code,
    reason: app.reason ?? null,
    values: app.values,
    retryAfter: app.retryAfter ?? null,
    fields: cause instanceof ZodError ? fieldErrors(cause.issues, words.find) : fieldOf(app, message),
    errorId: app.code === 'internal' ? errorIdOf(error) : null,
  }
}

/** A verb names the field that is at fault as a value. */
function fieldOf({ values }: AppError, message: string): Readonly<Record<string, string>> {
  return typeof values.field === 'string' ? { [values.field]: message } : {}
}

const ids = new WeakMap<TRPCError, string>()

/** The same id in the answer and in the log. */
export function errorIdOf(error: TRPCError): string {
  const id = ids.get(error) ?? newId()
  ids.set(error, id)
  return id
}
