import { and, eq, isNull, ne, type SQL } from 'drizzle-orm'
import type { Database, Transaction } from '@/db/client'
import { notifySessionEnded } from '@/db/notify-pages'
import { AppError } from '@/kernel/app-error'
import type { Deps } from './context'
import { sessions } from './table'

/** Ends one session of the user: the next request with its cookie is refused, and what its pages listen to ends. Throws `not_found` for another user's. */
export async function revokeSession(deps: Deps, userId: string, sessionId: string): Promise<void> {
  const ended = await end(deps.db, userId, eq(sessions.id, sessionId), deps.clock())
  if (ended === 0) throw new AppError('not_found', 'no such session')
}

/** Ends all sessions of the user but the one given (all of them for null). Returns how many ended. */
export function revokeOtherSessions(
  db: Database | Transaction,
  userId: string,
  keptId: string | null,
  now: Date,
): Promise<number> {
  return end(db, userId, keptId === null ? undefined : ne(sessions.id, keptId), now)
}

async function end(db: Database | Transaction, userId: string, which: SQL | undefined, now: Date): Promise<number> {
  const rows = await db
    .update(sessions)
    .set({ revokedAt: now })
    .where(and(eq(sessions.userId, userId), isNull(sessions.revokedAt), which))
    .returning({ id: sessions.id })
  for (const { id } of rows) await notifySessionEnded(db, id)
  return rows.length
}
