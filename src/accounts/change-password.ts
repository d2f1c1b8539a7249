import { eq } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { withSystem } from '@/db/scope'
import { AppError } from '@/kernel/app-error'
import { writeUserAudit } from './audit'
import type { Deps } from './context'
import { countAttempt, forgetAttempts, type Limit } from './limit-attempts'
import { hashPassword, verifyPassword } from './passwords'
import { findUserBy } from './queries'
import { revokeOtherSessions } from './revoke-sessions'
import { PASSWORD_LEAST, PASSWORD_MOST, passwordProblem } from './rules-passwords'
import type { PasswordInput } from './schema'
import { users } from './table'

/** A session left open on a shared computer must not be a way to guess the password. */
const CHANGE_LIMIT: Limit = { name: 'password', points: 10, seconds: 900 }

/** Sets a new password and ends every other session. Throws `bad_input` (`password.wrong`) for a wrong present one. */
export async function changePassword(
  deps: Deps,
  who: { readonly userId: string; readonly sessionId: string },
  input: PasswordInput,
): Promise<void> {
  const user = await requirePassword(deps, who.userId, input.current, 'current')
  requireGoodPassword(input.next, user.email, 'next')
  const passwordHash = await hashPassword(input.next)
  await withSystem(deps.db, 'change password', (tx) => store(tx, who, passwordHash, deps.clock()))
}

/** For the command line: whoever can run it may set anybody's password. Ends all sessions of that user. */
export async function setPassword(deps: Deps, email: string, password: string): Promise<void> {
  const user = await findUserBy(deps.db, eq(users.email, email.trim().toLowerCase()))
  if (!user) throw new AppError('not_found', `no user ${email}`, { reason: 'account.unknown' })
  requireGoodPassword(password, user.email, 'password')
  const passwordHash = await hashPassword(password)
  const who = { userId: user.id, sessionId: null }
  await withSystem(deps.db, 'set password', (tx) => store(tx, who, passwordHash, deps.clock()))
}

/** The user, once their present password has been checked; `field` is where the form shows a wrong one. */
export async function requirePassword(deps: Deps, userId: string, password: string, field: string) {
  await countAttempt(deps.db, CHANGE_LIMIT, userId, deps.clock())
  const user = await findUserBy(deps.db, eq(users.id, userId))
  const right = await verifyPassword(user?.passwordHash, password)
  if (!user || !right) {
    throw new AppError('bad_input', 'wrong password', { reason: 'password.wrong', values: { field } })
  }
  await forgetAttempts(deps.db, CHANGE_LIMIT, userId)
  return user
}

function requireGoodPassword(password: string, email: string, field: string): void {
  const problem = passwordProblem(password, email)
  if (!problem) return
  const values = { field, least: PASSWORD_LEAST, most: PASSWORD_MOST }
  throw new AppError('bad_input', `password is ${problem}`, { reason: `password.${problem}`, values })
}

type Who = { readonly userId: string; readonly sessionId: string | null }

async function store(tx: Transaction, who: Who, passwordHash: string, now: Date): Promise<void> {
  await tx.update(users).set({ passwordHash }).where(eq(users.id, who.userId))
  await revokeOtherSessions(tx, who.userId, who.sessionId, now)
  await writeUserAudit(tx, who.userId, 'user.password', now)
}
