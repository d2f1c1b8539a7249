import { and, eq, gt, isNull } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { notifyPages } from '@/db/notify-pages'
import { withSystem } from '@/db/scope'
import { AppError } from '@/kernel/app-error'
import { newId } from '@/kernel/ids'
import type { Deps } from '../context'
import { emailTaken } from '../create-user'
import { countAttempt, type Limit } from '../limit-attempts'
import { hashPassword } from '../passwords'
import { networkOf } from '../rules-networks'
import { sha256 } from '../secret-hash'
import { auditEntries, invitations, members, sessions, users } from '../table'
import type { AcceptInput } from './schema'

/** Each hashes a password, which is meant to be slow. */
const PER_ADDRESS: Limit = { name: 'accept invitation', points: 20, seconds: 900 }

/**
 * A new person comes in: account and membership at once. Answers the e-mail address to sign in with: the invitation's,
 * else the one given. Throws `not_found` (`invitation.gone`), `conflict` (`account.emailTaken`), `too_many`.
 */
export async function acceptInvitation(deps: Deps, input: AcceptInput, address: string): Promise<{ email: string }> {
  await countAttempt(deps.db, PER_ADDRESS, networkOf(address), deps.clock())
  const passwordHash = await hashPassword(input.password)
  return withSystem(deps.db, 'accept invitation', async (tx) => {
    const invitation = await takeInvitation(tx, input.token, deps.clock())
    const email = invitation.email ?? input.email
    const userId = newId()
    const person = { id: userId, email, name: input.name, locale: input.locale, passwordHash }
    const made = await tx.insert(users).values(person).onConflictDoNothing().returning({ id: users.id })
    if (made.length === 0) throw emailTaken()
    await join(tx, invitation, userId, deps.clock())
    return { email }
  })
}

type Who = { readonly userId: string; readonly email: string; readonly sessionId: string }

/** Who has an account and is signed in joins with it, and their session turns to the workspace. Throws as above, and `forbidden` (`invitation.otherAddress`). */
export async function joinWorkspace(deps: Deps, who: Who, token: string): Promise<void> {
  await withSystem(deps.db, 'join workspace', async (tx) => {
    const invitation = await takeInvitation(tx, token, deps.clock())
    if (invitation.email !== null && invitation.email !== who.email) {
      const values = { email: invitation.email }
      throw new AppError('forbidden', 'for another address', { reason: 'invitation.otherAddress', values })
    }
    await join(tx, invitation, who.userId, deps.clock())
    await tx.update(sessions).set({ workspaceId: invitation.workspaceId }).where(eq(sessions.id, who.sessionId))
  })
}

type Taken = typeof invitations.$inferSelect

/** Of two who use it at once one finds it used. What fails later in the transaction gives it back. */
async function takeInvitation(tx: Transaction, token: string, now: Date): Promise<Taken> {
  const [row] = await tx.update(invitations).set({ usedAt: now }).where(liveInvitation(token, now)).returning()
  if (!row) throw invitationGone()
  return row
}

export function liveInvitation(token: string, now: Date) {
  return and(
    eq(invitations.hash, sha256(token)),
    isNull(invitations.usedAt),
    isNull(invitations.revokedAt),
    gt(invitations.expiresAt, now),
  )
}

export function invitationGone(): AppError {
  return new AppError('not_found', 'no such invitation', { reason: 'invitation.gone' })
}

async function join(tx: Transaction, { id, workspaceId, role }: Taken, userId: string, now: Date): Promise<void> {
  const [member] = await tx
    .insert(members)
    .values({ workspaceId, userId, role, createdAt: now })
    .onConflictDoNothing()
    .returning({ id: members.id })
  if (!member) throw new AppError('conflict', 'a member already', { reason: 'member.youAlready' })
  const line = {
    actor: `member:${member.id}`,
    action: 'member.join',
    subjectId: member.id,
    facts: { role, invitation: id },
  }
  await tx.insert(auditEntries).values({ ...line, workspaceId, createdAt: now })
  await notifyPages(tx, workspaceId, 'members')
}
