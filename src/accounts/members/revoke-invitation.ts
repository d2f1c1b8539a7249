import { and, eq, inArray, isNull } from 'drizzle-orm'
import { AppError } from '@/kernel/app-error'
import { writeAudit } from '../audit'
import { type Ctx, requirePermission } from '../context'
import { may, ROLES, type Role } from '../rules-permissions'
import { invitations } from '../table'
import { mayAppoint } from './rules-roles'

/** Its link is refused from now on. Throws `not_found` for one that was used or revoked, or of another workspace. */
export async function revokeInvitation(ctx: Ctx, id: string): Promise<void> {
  requirePermission(ctx, 'members.manage')
  const open = and(eq(invitations.id, id), isNull(invitations.usedAt), isNull(invitations.revokedAt))
  const [row] = await ctx.db
    .update(invitations)
    .set({ revokedAt: ctx.now })
    .where(open)
    .returning({ email: invitations.email, role: invitations.role })
  if (!row) throw new AppError('not_found', 'no such invitation', { reason: 'invitation.gone' })
  await writeAudit(ctx, 'invitation.revoke', id, row)
}

/** A member has another role: what they asked for and could not ask for now ends, or a link would outlive its maker's right. */
export async function revokeBeyond(ctx: Ctx, memberId: string, role: Role): Promise<void> {
  const beyond = ROLES.filter((given) => !may(role, 'members.manage') || !mayAppoint(role, [given]))
  const open = and(eq(invitations.invitedBy, memberId), isNull(invitations.usedAt), isNull(invitations.revokedAt))
  await ctx.db
    .update(invitations)
    .set({ revokedAt: ctx.now })
    .where(and(open, inArray(invitations.role, beyond)))
}
