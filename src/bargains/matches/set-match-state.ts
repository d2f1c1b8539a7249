import { and, inArray, isNull, sql } from 'drizzle-orm'
import { type Ctx, requirePermission } from '@/accounts/context'
import { notifyPages } from '@/db/notify-pages'
import { watches } from '../watches/table'
import { noMatch } from './queries'
import { type MatchState, matches } from './table'

/** Favourite, ignored, seen, or new again; many at once for bulk actions. Throws when none of them is there. */
export async function setMatchState(ctx: Ctx, ids: readonly string[], state: MatchState): Promise<{ changed: number }> {
  requirePermission(ctx, 'matches.write')
  const rows = await ctx.db
    .update(matches)
    .set({ state })
    .where(and(inArray(matches.id, [...ids]), ofLivingWatch(ctx)))
    .returning({ watchId: matches.watchId })
  if (rows.length === 0) throw noMatch()
  for (const watchId of new Set(rows.map((row) => row.watchId))) {
    await notifyPages(ctx.db, ctx.workspaceId, 'matches', watchId)
  }
  return { changed: rows.length }
}

export function ofLivingWatch(ctx: Ctx) {
  return sql`${matches.watchId} in ${ctx.db.select({ id: watches.id }).from(watches).where(isNull(watches.deletedAt))}`
}
