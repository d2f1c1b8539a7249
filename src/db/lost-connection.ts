import { setTimeout as sleep } from 'node:timers/promises'
import { DrizzleQueryError } from 'drizzle-orm'

/** SQLSTATE: the connection failed while it was used; `CONNECT_TIMEOUT`: none could be had in time. */
const LOST = '08006'
const NOT_HAD = 'CONNECT_TIMEOUT'

/** What `pg` says, without a code, when a connection is gone or has fallen silent … */
const GONE = /^Connection terminated|^Connection ended|^Query read timeout|not queryable|after calling end on the pool/
/** … and when it comes too late, or all are taken. */
const TOO_LATE = /^timeout e|due to connection timeout/

/** Gives an error of the driver the code that it lacks, so that doors and jobs know it for one that passes. */
export function nameLoss(error: unknown): unknown {
  if (!(error instanceof Error) || 'code' in error) return error
  if (TOO_LATE.test(error.message)) return Object.assign(error, { code: NOT_HAD })
  return GONE.test(error.message) ? Object.assign(error, { code: LOST }) : error
}

/** Whether the connection was lost, or is given up because it fell silent, while it was used. */
export function isLost(error: unknown): boolean {
  const named = nameLoss(error)
  return named instanceof Error && 'code' in named && named.code === LOST
}

/** Whether the connection on which it happened is of no more use. */
export function isBroken(error: unknown): boolean {
  if (!(error instanceof Error) || !('severity' in error)) return true
  return error.severity === 'FATAL' || error.severity === 'PANIC'
}

/** What the system says of a server that it cannot reach, or whose name nobody knows just now; and our own word. */
const UNREACHABLE = new Set([
  ...['ECONNREFUSED', 'ECONNRESET', 'ECONNABORTED', 'EPIPE', 'ETIMEDOUT'],
  ...['ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'EHOSTDOWN', 'ENETUNREACH', 'ENETDOWN'],
  NOT_HAD,
])

/** Whether this code says that the server could not be reached. */
export function isUnreachable(code: string): boolean {
  return UNREACHABLE.has(code)
}

/**
 * Classes of SQLSTATE that pass: connection, resources, operator intervention; the loser of two that clashed, who
 * waited too long for a lock, and a server that is not yet, or no longer, the one that writes.
 */
const PASSING = /^(08...|53...|57P0.|40001|40P01|55P03|25006)$/

/** Whether the database may answer the same statement later. */
export function isPassing(error: unknown): boolean {
  const cause = nameLoss(error instanceof DrizzleQueryError ? error.cause : error)
  if (!(cause instanceof Error) || !('code' in cause)) return false
  const code = String(cause.code)
  return PASSING.test(code) || isUnreachable(code)
}

const FIRST_WAIT_MS = 50
const LONGEST_WAIT_MS = 1000

/**
 * Does `work` again while the database is away, for at most so many seconds: for what happened outside and must not be
 * forgotten. The last try's connection may be lost after its commit, so doing it twice must be harmless.
 */
export async function outlastOutage<T>(seconds: number, work: () => Promise<T>): Promise<T> {
  const until = Date.now() + seconds * 1000
  for (let wait = FIRST_WAIT_MS; ; wait = Math.min(wait * 2, LONGEST_WAIT_MS)) {
    try {
      return await work()
    } catch (error) {
      if (!isPassing(error) || Date.now() + wait > until) throw error
      await sleep(wait)
    }
  }
}
