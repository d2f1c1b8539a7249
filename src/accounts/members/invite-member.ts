import { and, eq, gt, isNull, sql } from 'drizzle-orm'
import { AppError } from '@/kernel/app-error'
import { newId } from '@/kernel/ids'
import { writeAudit } from '../audit'
import { type Ctx, requirePermission } from '../context'
import { randomSecret, sha256 } from '../secret-hash'
import { invitations, members, users } from '../table'
import { actingMemberId, requireAppointer } from './find-member'
import type { InviteInput } from './schema'

const PREFIX = 'glni_'
const LIFE_MS = 7 * 86_400_000
/** More than anybody waits for at a time. */
const MOST = 50

export type NewInvitation = { readonly id: string; readonly token: string; readonly expiresAt: Date }

/**
 * An invitation that works once, for seven days. `token` is in this answer and nowhere else. An earlier one to the same
 * address ends. Throws `conflict` (`member.already`, `invitation.tooMany`).
 */
export async function inviteMember(ctx: Ctx, { role, email }: InviteInput): Promise<NewInvitation> {
  requirePermission(ctx, 'members.manage')
  requireAppointer(ctx, [role])
  if (email !== null) await replaceEarlier(ctx, email)
  await refuseTooMany(ctx)
  const [id, token] = [newId(), randomSecret(PREFIX)]
  const { workspaceId, now: createdAt } = ctx
  const expiresAt = new Date(createdAt.getTime() + LIFE_MS)
  const row = {
    id,
    workspaceId,
    email,
    role,
    hash: sha256(token),
    invitedBy: actingMemberId(ctx),
    createdAt,
    expiresAt,
  }
  await ctx.db.insert(invitations).values(row)
  await writeAudit(ctx, 'member.invite', id, { role, email })
  return { id, token, expiresAt }
}

async function replaceEarlier(ctx: Ctx, email: string): Promise<void> {
  const [member] = await ctx.db
    .select({ id: members.id })
    .from(members)
    .innerJoin(users, and(eq(users.id, members.userId), eq(users.email, email)))
  if (member)
    throw new AppError('conflict', 'a member already', { reason: 'member.already', values: { field: 'email' } })
  const open = and(eq(invitations.email, email), isNull(invitations.usedAt), isNull(invitations.revokedAt))
  await ctx.db.update(invitations).set({ revokedAt: ctx.now }).where(open)
}

async function refuseTooMany(ctx: Ctx): Promise<void> {
  const open = and(isNull(invitations.usedAt), isNull(invitations.revokedAt), gt(invitations.expiresAt, ctx.now))
  const [row] = await ctx.db.select({ count: sql<number>`count(*)::int` }).from(invitations).where(open)
  if (!row || row.count < MOST) return
  throw new AppError('conflict', 'too many open invitations', { reason: 'invitation.tooMany', values: { most: MOST } })
}
