import { and, asc, eq, sql } from 'drizzle-orm'
import type { Ctx } from '@/accounts/context'
import { allocations, instalments } from './table'

const open = sql`${instalments.amount} - ${instalments.writtenOff} - ${instalments.paid}`
export const isOpen = sql`not ${instalments.skipped} and ${instalments.paid} < ${instalments.amount} - ${instalments.writtenOff}`

/** The instalments that a gift pays, oldest first. */
export async function listPaidBy(ctx: Ctx, giftId: string) {
  const rows = await ctx.db
    .select({
      instalmentId: instalments.id,
      pledgeId: instalments.pledgeId,
      dueOn: instalments.dueOn,
      amount: sql<string>`${allocations.amount}::text`,
      madeBy: allocations.madeBy,
    })
    .from(allocations)
    .innerJoin(
      instalments,
      and(eq(instalments.workspaceId, allocations.workspaceId), eq(instalments.id, allocations.instalmentId)),
    )
    .where(eq(allocations.giftId, giftId))
    .orderBy(asc(instalments.dueOn), asc(allocations.madeBy))
  return rows
}

const MOST_OPEN = 24

/** What a contact still has to pay in a currency, oldest first. */
export function listOpen(ctx: Ctx, contactId: string, currency: string) {
  return ctx.db
    .select({
      instalmentId: instalments.id,
      pledgeId: instalments.pledgeId,
      dueOn: instalments.dueOn,
      open: sql<string>`(${open})::text`,
    })
    .from(instalments)
    .where(and(eq(instalments.contactId, contactId), eq(instalments.currency, currency), isOpen))
    .orderBy(asc(instalments.dueOn), asc(instalments.id))
    .limit(MOST_OPEN)
}
