import { eq } from 'drizzle-orm'
import type { Ctx } from '@/accounts/context'
import { notifyPages } from '@/db/notify-pages'
import { watches } from './table'

/** A member's watches go to another member who has been checked. Answers how many. */
export async function handOverWatches(ctx: Ctx, fromId: string, toId: string): Promise<number> {
  const rows = await ctx.db
    .update(watches)
    .set({ ownerId: toId })
    .where(eq(watches.ownerId, fromId))
    .returning({ deletedAt: watches.deletedAt })
  await notifyPages(ctx.db, ctx.workspaceId, 'watches')
  return rows.filter(({ deletedAt }) => deletedAt === null).length
}
