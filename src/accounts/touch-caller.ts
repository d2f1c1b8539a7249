import { eq } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import type { SessionRow, TokenRow } from './queries'
import { SESSION_IDLE_MS } from './rules-sessions'
import { apiTokens, sessions } from './table'

/** A page makes several requests: one write a minute is enough to say when somebody was last here. */
const TOUCH_MS = 60_000

/** A session that is used lives on; one that is not ends by itself. */
export async function touchSession(tx: Transaction, session: SessionRow, now: Date): Promise<void> {
  if (now.getTime() - session.lastSeenAt.getTime() < TOUCH_MS) return
  const expiresAt = new Date(now.getTime() + SESSION_IDLE_MS)
  await tx.update(sessions).set({ lastSeenAt: now, expiresAt }).where(eq(sessions.id, session.id))
}

export async function touchToken(tx: Transaction, token: TokenRow, now: Date): Promise<void> {
  if (token.lastUsedAt && now.getTime() - token.lastUsedAt.getTime() < TOUCH_MS) return
  await tx.update(apiTokens).set({ lastUsedAt: now }).where(eq(apiTokens.id, token.id))
}
