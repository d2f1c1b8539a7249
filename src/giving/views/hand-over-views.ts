import { and, eq } from 'drizzle-orm'
import type { Ctx } from '@/accounts/context'
import { savedViews } from './table'

/** Views that a member shared stay, as another member's who has been checked; private ones go. Answers how many stay. */
export async function handOverViews(ctx: Ctx, fromId: string, toId: string): Promise<number> {
  const shared = and(eq(savedViews.memberId, fromId), eq(savedViews.shared, true))
  const rows = await ctx.db.update(savedViews).set({ memberId: toId }).where(shared).returning({ id: savedViews.id })
  return rows.length
}
