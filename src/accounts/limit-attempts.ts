import { eq, lt, sql } from 'drizzle-orm'
import type { Database } from '@/db/client'
import { AppError } from '@/kernel/app-error'
import { sha256 } from './secret-hash'
import { rateLimits } from './table'

export type Limit = { readonly name: string; readonly points: number; readonly seconds: number }

/**
 * Counts one attempt of `who` (an e-mail address, a network address) and throws `too_many` with `retryAfter` when there
 * were more than `limit.points` in the window. Counted in the database, for any number of processes, and outside of the
 * caller's transaction, whose failure must not undo the count.
 */
export async function countAttempt(db: Database, limit: Limit, who: string, now: Date): Promise<void> {
  const expiresAt = new Date(now.getTime() + limit.seconds * 1000)
  const over = sql`${rateLimits.expiresAt} <= ${now.toISOString()}`
  const [row] = await db
    .insert(rateLimits)
    .values({ key: keyFor(limit, who), points: 1, expiresAt })
    .onConflictDoUpdate({
      target: rateLimits.key,
      set: {
        points: sql`case when ${over} then 1 else ${rateLimits.points} + 1 end`,
        expiresAt: sql`case when ${over} then excluded.expires_at else ${rateLimits.expiresAt} end`,
      },
    })
    .returning()
  if (row && row.points > limit.points) throw tooMany(limit, row.expiresAt, now)
}

function tooMany(limit: Limit, until: Date, now: Date): AppError {
  const retryAfter = Math.max(1, Math.ceil((until.getTime() - now.getTime()) / 1000))
  const values = { minutes: Math.ceil(retryAfter / 60) }
  return new AppError('too_many', `limit ${limit.name} reached`, { reason: 'tooManyAttempts', values, retryAfter })
}

/** A success: earlier mistakes of the same person are forgotten. */
export async function forgetAttempts(db: Database, limit: Limit, who: string): Promise<void> {
  await db.delete(rateLimits).where(eq(rateLimits.key, keyFor(limit, who)))
}

/** For a nightly job: windows that are over. */
export async function sweepAttempts(db: Database, now: Date): Promise<void> {
  await db.delete(rateLimits).where(lt(rateLimits.expiresAt, now))
}

/** Hashed: the table need not hold who tried to sign in. */
function keyFor(limit: Limit, who: string): string {
  return `${limit.name}:${sha256(who)}`
}
