import { and, eq } from 'drizzle-orm'
import { writeAudit } from '@/accounts/audit'
import { type Ctx, requirePermission } from '@/accounts/context'
import { notifyPages } from '@/db/notify-pages'
import { noMatch } from './queries'
import { ofLivingWatch } from './set-match-state'
import { matches } from './table'

/** The member's own words on a match; empty to remove them. */
export async function setMatchNote(ctx: Ctx, id: string, note: string): Promise<{ id: string }> {
  requirePermission(ctx, 'matches.write')
  const [row] = await ctx.db
    .update(matches)
    .set({ note })
    .where(and(eq(matches.id, id), ofLivingWatch(ctx)))
    .returning({ watchId: matches.watchId })
  if (!row) throw noMatch()
  await writeAudit(ctx, 'match.note', id)
  await notifyPages(ctx.db, ctx.workspaceId, 'matches', row.watchId)
  return { id }
}
