import { eq } from 'drizzle-orm'
import { notifyPages } from '@/db/notify-pages'
import { writeAudit } from '../audit'
import { type Ctx, requirePermission } from '../context'
import type { Role } from '../rules-permissions'
import { members } from '../table'
import { endMemberSessions } from './end-member-sessions'
import { type FoundMember, findMember, lockMembers, refuseLastOwner, requireAppointer } from './find-member'
import { revokeBeyond } from './revoke-invitation'
import type { ChangeRole } from './schema'

/** Holds from the member's next request on. Throws `conflict` (`member.lastOwner`), `forbidden` where an admin meets an owner. */
export async function changeRole(ctx: Ctx, { id, role }: ChangeRole): Promise<void> {
  requirePermission(ctx, 'members.manage')
  await lockMembers(ctx)
  const member = await findMember(ctx, id)
  requireAppointer(ctx, [member.role, role])
  if (role === member.role) return
  await refuseLastOwner(ctx, member)
  await writeRole(ctx, member, role)
}

/** Keys of the member have the role at once as well; what they may not give away any more is taken back. */
export async function writeRole(ctx: Ctx, member: FoundMember, role: Role): Promise<void> {
  await ctx.db.update(members).set({ role }).where(eq(members.id, member.id))
  await revokeBeyond(ctx, member.id, role)
  await endMemberSessions(ctx, member, 'keep')
  await writeAudit(ctx, 'member.role', member.id, { name: member.name, from: member.role, to: role })
  await notifyPages(ctx.db, ctx.workspaceId, 'members', member.id)
}
