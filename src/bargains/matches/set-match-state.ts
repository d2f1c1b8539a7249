import { and, inArray, isNull, sql } from 'drizzle-orm'
import { writeAudit } from '@/accounts/audit'
import { type Ctx, requirePermission } from '@/accounts/context'
import { notifyPages } from '@/db/notify-pages'
import { watches } from '../watches/table'
import { noMatch } from './queries'
import { type MatchState, matches } from './table'

/** Favourite, ignored, seen, or new again; many at once for bulk actions. Throws when none of them is there. */
export async function setMatchState(ctx: Ctx, ids: readonly string[], state: MatchState): Promise<{ changed: number }> {
  requirePermission(ctx, 'matches.write')
  const rows = await ctx.db
    .select({ id: matches.id, watchId: matches.watchId, state: matches.state })
    .from(matches)
    .where(and(inArray(matches.id, [...ids]), ofLivingWatch(ctx)))
    .orderBy(matches.id)
    .for('update')
  if (rows.length === 0) throw noMatch()
  const found = rows.map((row) => row.id)
  await ctx.db.update(matches).set({ state }).where(inArray(matches.id, found))
  await noteDecisions(ctx, rows, state)
  for (const watchId of new Set(rows.map((row) => row.watchId))) {
    await notifyPages(ctx.db, ctx.workspaceId, 'matches', watchId)
  }
  return { changed: rows.length }
}

/** A new match becomes seen by being opened: that is nobody's decision, and would fill the audit log. */
async function noteDecisions(ctx: Ctx, rows: readonly Matched[], state: MatchState): Promise<void> {
  const decided = rows.filter((row) => row.state !== state && !(row.state === 'new' && state === 'seen'))
  const [first, ...others] = decided.map(({ id }) => id)
  if (first === undefined) return
  const facts = { state, ...(others.length > 0 && { others }) }
  await writeAudit(ctx, 'match.update', first, facts)
}

type Matched = { readonly id: string; readonly state: MatchState }

export function ofLivingWatch(ctx: Ctx) {
  return sql`${matches.watchId} in ${ctx.db.select({ id: watches.id }).from(watches).where(isNull(watches.deletedAt))}`
}
