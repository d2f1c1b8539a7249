import { and, eq, inArray, isNull } from 'drizzle-orm'
import { writeAudit } from '@/accounts/audit'
import { type Ctx, requirePermission } from '@/accounts/context'
import { members, users } from '@/accounts/table'
import { notifyPages } from '@/db/notify-pages'
import { AppError } from '@/kernel/app-error'
import { watches, watchSearches } from '../watches/table'
import { hastenSearches } from './join-searches'
import { robotsOverrides, searches } from './table'

/** The owner's word that this workspace reads a host whose robots.txt forbids it. Its searches there are read at once. */
export async function overrideRobots(ctx: Ctx, input: { host: string; reason: string }): Promise<{ host: string }> {
  requirePermission(ctx, 'sources.override')
  const waiting = await findSearches(ctx, input.host)
  if (waiting.length === 0) throw new AppError('not_found', 'no watch reads that host', { reason: 'source.notWatched' })
  const who = await findActor(ctx)
  await ctx.db
    .insert(robotsOverrides)
    .values({ ...input, ...who, workspaceId: ctx.workspaceId, createdAt: ctx.now })
    .onConflictDoNothing()
  await hastenSearches(ctx, waiting)
  await writeAudit(ctx, 'source.override_robots', null, input)
  await notifyPages(ctx.db, ctx.workspaceId, 'watches')
  return { host: input.host }
}

/** Takes that word back: from the next read on robots.txt is obeyed, unless another workspace's owner gave theirs. */
export async function obeyRobots(ctx: Ctx, { host }: { host: string }): Promise<{ host: string }> {
  requirePermission(ctx, 'sources.override')
  const ended = await ctx.db
    .update(robotsOverrides)
    .set({ endedAt: ctx.now })
    .where(and(eq(robotsOverrides.host, host), isNull(robotsOverrides.endedAt)))
    .returning({ id: robotsOverrides.id })
  if (ended.length === 0) throw new AppError('not_found', 'nothing to take back', { reason: 'source.noOverride' })
  await writeAudit(ctx, 'source.obey_robots', null, { host })
  await notifyPages(ctx.db, ctx.workspaceId, 'watches')
  return { host }
}

/** The searches of this workspace's watches at a host. */
async function findSearches(ctx: Ctx, host: string): Promise<readonly string[]> {
  const own = ctx.db
    .select({ id: watchSearches.searchId })
    .from(watchSearches)
    .innerJoin(watches, and(eq(watches.id, watchSearches.watchId), isNull(watches.deletedAt)))
  const rows = await ctx.db
    .select({ id: searches.id })
    .from(searches)
    .where(and(eq(searches.host, host), inArray(searches.id, own)))
  return rows.map((row) => row.id)
}

/** Who gives the word. Its permission is a member's, so that there is one. */
async function findActor({ db, actor }: Ctx): Promise<{ memberId: string | null; memberName: string }> {
  if (actor.kind === 'job') return { memberId: null, memberName: actor.name }
  const [row] = await db
    .select({ name: users.name })
    .from(members)
    .innerJoin(users, eq(users.id, members.userId))
    .where(eq(members.id, actor.memberId))
  return { memberId: actor.memberId, memberName: row?.name ?? '' }
}
