import { and, eq, sql } from 'drizzle-orm'
import { AppError } from '@/kernel/app-error'
import type { Ctx } from '../context'
import type { Role } from '../rules-permissions'
import { members, users, workspaces } from '../table'
import { mayAppoint } from './rules-roles'

export type FoundMember = { readonly id: string; readonly userId: string; readonly role: Role; readonly name: string }

/** Throws `not_found` for a member of another workspace. */
export async function findMember(ctx: Ctx, id: string): Promise<FoundMember> {
  const [row] = await ctx.db
    .select({ id: members.id, userId: members.userId, role: members.role, name: users.name })
    .from(members)
    .innerJoin(users, eq(users.id, members.userId))
    .where(eq(members.id, id))
  if (!row) throw new AppError('not_found', 'no such member', { reason: 'member.notFound' })
  return row
}

/** Of two changes of roles at once the second waits, and sees what the first did: a last owner stays the last. */
export async function lockMembers(ctx: Ctx): Promise<void> {
  await ctx.db.select({ id: workspaces.id }).from(workspaces).where(eq(workspaces.id, ctx.workspaceId)).for('update')
}

/** Throws `forbidden` unless the actor may deal with these roles. */
export function requireAppointer({ actor }: Pick<Ctx, 'actor'>, roles: readonly Role[]): void {
  if (actor.kind === 'job' || mayAppoint(actor.role, roles)) return
  throw new AppError('forbidden', 'only owners deal with owners', { reason: 'member.ownersOnly' })
}

/** Throws `conflict` where nobody else owns the workspace. After `lockMembers`. */
export async function refuseLastOwner(ctx: Ctx, member: FoundMember): Promise<void> {
  if (member.role !== 'owner') return
  const [others] = await ctx.db
    .select({ count: sql<number>`count(*)::int` })
    .from(members)
    .where(and(eq(members.role, 'owner'), sql`${members.id} <> ${member.id}`))
  if (others && others.count > 0) return
  throw new AppError('conflict', 'the last owner', { reason: 'member.lastOwner' })
}

/** Who acts, as a member. Throws `forbidden` for a job, which is none. */
export function actingMemberId({ actor }: Pick<Ctx, 'actor'>): string {
  if (actor.kind !== 'job') return actor.memberId
  throw new AppError('forbidden', 'a job is no member')
}
