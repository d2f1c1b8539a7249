import { eq } from 'drizzle-orm'
import { notifyPages } from '@/db/notify-pages'
import { AppError } from '@/kernel/app-error'
import { writeAudit } from '../audit'
import { type Ctx, requirePermission } from '../context'
import { members } from '../table'
import { endMemberSessions } from './end-member-sessions'
import { actingMemberId, findMember, lockMembers, refuseLastOwner, requireAppointer } from './find-member'
import type { HandedOver, HandOver } from './member-seams'
import type { RemoveMember } from './schema'

/**
 * Takes a member out of the workspace: what they looked after goes to the heir, their keys, personal channels and
 * invitations go with them, and their sessions here end at once. Throws `conflict` (`member.lastOwner`), `bad_input` for oneself.
 */
export async function removeMember(ctx: Ctx, handOver: HandOver, input: RemoveMember): Promise<HandedOver> {
  requirePermission(ctx, 'members.manage')
  await lockMembers(ctx)
  const member = await findMember(ctx, input.id)
  requireAppointer(ctx, [member.role])
  if (ctx.actor.kind !== 'job' && ctx.actor.memberId === member.id) {
    throw new AppError('bad_input', 'that is yourself', { reason: 'member.leaveInstead' })
  }
  return release(ctx, handOver, { ...input, action: 'member.remove', sessions: 'end' })
}

/** The same of one's own accord; whoever leaves stays signed in to their other workspaces. */
export async function leaveWorkspace(ctx: Ctx, handOver: HandOver, heirId: string): Promise<HandedOver> {
  await lockMembers(ctx)
  return release(ctx, handOver, { id: actingMemberId(ctx), heirId, action: 'member.leave', sessions: 'turn' })
}

type Release = RemoveMember & { readonly action: 'member.remove' | 'member.leave'; readonly sessions: 'end' | 'turn' }

async function release(ctx: Ctx, handOver: HandOver, { id, heirId, action, sessions }: Release): Promise<HandedOver> {
  const member = await findMember(ctx, id)
  const heir = await findMember(ctx, heirId)
  if (heir.id === id)
    throw new AppError('bad_input', 'no heir', { reason: 'member.otherHeir', values: { field: 'heirId' } })
  await refuseLastOwner(ctx, member)
  const handed = await handOver(ctx, id, heir.id)
  await endMemberSessions(ctx, member, sessions)
  const facts = { name: member.name, role: member.role, heir: heir.name, heirId: heir.id, handed }
  await writeAudit(ctx, action, id, facts)
  await ctx.db.delete(members).where(eq(members.id, id))
  await notifyPages(ctx.db, ctx.workspaceId, 'members', id)
  return handed
}
