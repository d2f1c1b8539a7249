import { eq } from 'drizzle-orm'
import { AppError } from '@/kernel/app-error'
import type { Deps } from './context'
import { countAttempt, forgetAttempts, type Limit } from './limit-attempts'
import { verifyPassword } from './passwords'
import { findUserBy } from './queries'
import { networkOf } from './rules-networks'
import { SESSION_IDLE_MS } from './rules-sessions'
import type { SignInInput } from './schema'
import { sessions, users } from './table'

const PER_ACCOUNT: Limit = { name: 'sign-in account', points: 10, seconds: 900 }
const PER_ADDRESS: Limit = { name: 'sign-in address', points: 50, seconds: 900 }

/** Where the request came from, for the list of sessions and the count of attempts. */
export type Visitor = { readonly address: string; readonly userAgent: string | null }

/**
 * Checks the password and writes the session's row. Throws `unauthenticated` (`signIn.wrong`) alike for an unknown
 * address, a wrong password and a disabled account, and `too_many` after 10 tries for an account or 50 from a network
 * within 15 minutes.
 */
export async function signIn(
  deps: Deps,
  input: SignInInput,
  visitor: Visitor,
): Promise<{ sessionId: string; userId: string }> {
  await countAttempt(deps.db, PER_ADDRESS, networkOf(visitor.address), deps.clock())
  await countAttempt(deps.db, PER_ACCOUNT, input.email, deps.clock())
  const user = await findUserBy(deps.db, eq(users.email, input.email))
  const right = await verifyPassword(user?.passwordHash, input.password)
  if (!user || !right || user.disabledAt) {
    throw new AppError('unauthenticated', 'wrong e-mail or password', { reason: 'signIn.wrong' })
  }
  await forgetAttempts(deps.db, PER_ACCOUNT, input.email)
  return { sessionId: await openSession(deps, user.id, visitor), userId: user.id }
}

async function openSession(deps: Deps, userId: string, { address, userAgent }: Visitor): Promise<string> {
  const now = deps.clock()
  const expiresAt = new Date(now.getTime() + SESSION_IDLE_MS)
  const row = { userId, createdAt: now, lastSeenAt: now, expiresAt, address, userAgent: userAgent?.slice(0, 300) }
  const [session] = await deps.db.insert(sessions).values(row).returning({ id: sessions.id })
  if (!session) throw new AppError('internal', 'no session was inserted')
  return session.id
}
