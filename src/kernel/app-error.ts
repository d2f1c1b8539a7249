/**
 * The one error class of Gleaner. `message` is English and for people who read logs; doors translate `code` and
 * `reason` for readers. `permanent` says that trying again cannot help.
 */
export const APP_ERROR_CODES = [
  'bad_input',
  'unauthenticated',
  'forbidden',
  'not_found',
  'conflict',
  'too_many',
  'unavailable',
  'upstream',
  'internal',
] as const

export type AppErrorCode = (typeof APP_ERROR_CODES)[number]

type AppErrorOptions = {
  /** A key of the `errors` messages, such as `watch.offerPage`; shown to the reader in their language. */
  reason?: string
  /** Values for that message. */
  values?: Readonly<Record<string, string | number>>
  permanent?: boolean
  /** Seconds after which a repeat may succeed (`too_many`, `unavailable`). */
  retryAfter?: number
  cause?: unknown
}

export class AppError extends Error {
  override readonly name = 'AppError'
  readonly code: AppErrorCode
  readonly reason: string | undefined
  readonly values: Readonly<Record<string, string | number>>
  readonly permanent: boolean
  readonly retryAfter: number | undefined

  constructor(code: AppErrorCode, message: string, options: AppErrorOptions = {}) {
    super(message, { cause: options.cause })
    this.code = code
    this.reason = options.reason
    this.values = options.values ?? {}
    this.permanent = options.permanent ?? (code !== 'unavailable' && code !== 'too_many' && code !== 'upstream')
    this.retryAfter = options.retryAfter
  }
}

export function isAppError(error: unknown): error is AppError {
  return error instanceof AppError
}

/** Said on purpose, and no news; `internal` says that something we rely on does not hold. */
export function isRefusal(error: unknown): error is AppError {
  return isAppError(error) && error.code !== 'internal'
}
