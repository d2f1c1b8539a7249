import { and, eq, gt, isNull, type SQL, sql } from 'drizzle-orm'
import { notifySessionEnded } from '@/db/notify-pages'
import { enterSystem, enterWorkspace } from '@/db/scope'
import type { Ctx } from '../context'
import { apiTokens, members, sessions } from '../table'

type Whose = { readonly id: string; readonly userId: string }

/**
 * What becomes of a member's sessions that are turned to this workspace: `end` signs them out, `turn` turns them to another
 * workspace or to none, `keep` only has open pages ask anew what their reader may see. Sessions that are turned to another
 * workspace go on. Before the member is deleted: a session that was never turned is where its user joined first.
 */
export async function endMemberSessions(ctx: Ctx, member: Whose, how: 'end' | 'turn' | 'keep'): Promise<void> {
  // A session is of no one workspace, so the workspace's own role does not see it.
  await enterSystem(ctx.db, 'end member sessions')
  const ids = await change(ctx, turnedHere(ctx, member), how)
  await enterWorkspace(ctx.db, ctx.workspaceId)
  const keys = await ctx.db.select({ id: apiTokens.id }).from(apiTokens).where(eq(apiTokens.memberId, member.id))
  for (const { id } of [...ids, ...keys]) await notifySessionEnded(ctx.db, id)
}

function change({ db, now }: Ctx, which: SQL | undefined, how: 'end' | 'turn' | 'keep') {
  if (how === 'keep') return db.select({ id: sessions.id }).from(sessions).where(which)
  const values = how === 'end' ? { revokedAt: now } : { workspaceId: null }
  return db.update(sessions).set(values).where(which).returning({ id: sessions.id })
}

function turnedHere(ctx: Ctx, { userId }: Whose): SQL | undefined {
  const first = ctx.db
    .select({ id: members.workspaceId })
    .from(members)
    .where(eq(members.userId, userId))
    .orderBy(members.createdAt, members.id)
    .limit(1)
  return and(
    eq(sessions.userId, userId),
    isNull(sessions.revokedAt),
    gt(sessions.expiresAt, ctx.now),
    sql`coalesce(${sessions.workspaceId}, ${first}) = ${ctx.workspaceId}`,
  )
}
