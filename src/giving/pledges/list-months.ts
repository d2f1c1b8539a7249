import { and, eq, gte, lt, sql } from 'drizzle-orm'
import { type Ctx, requirePermission } from '@/accounts/context'
import { addMonths } from '@/kernel/dates'
import { findContact, ofVisibleContact } from '../contacts/visible-contacts'
import { readWorkspace } from '../gifts/read-workspace'
import type { MonthsShown } from './schema'
import { instalments } from './table'

const [MONTHS_BACK, MONTHS_AHEAD] = [9, 3]

/**
 * Expected against received, by the month in which it was due: nine months back, this one, and two ahead. What was
 * skipped or written off was not expected. Of one currency: the workspace's, unless another is asked for.
 */
export async function listMonths(ctx: Ctx, input: { contactId?: string; currency?: string }): Promise<MonthsShown> {
  requirePermission(ctx, 'pledges.read')
  if (input.contactId) await findContact(ctx, input.contactId)
  const day = await readWorkspace(ctx)
  const currency = input.currency ?? day.currency
  const first = addMonths(`${day.today.slice(0, 7)}-01`, -MONTHS_BACK)
  const due = sql<string>`to_char(${instalments.dueOn}, 'YYYY-MM')`
  const rows = await ctx.db
    .select({
      month: due,
      expected: sql<string>`sum(${instalments.amount} - ${instalments.writtenOff})::text`,
      received: sql<string>`sum(${instalments.paid})::text`,
    })
    .from(instalments)
    .where(
      and(
        eq(instalments.currency, currency),
        eq(instalments.skipped, false),
        gte(instalments.dueOn, first),
        lt(instalments.dueOn, addMonths(first, MONTHS_BACK + MONTHS_AHEAD)),
        input.contactId ? eq(instalments.contactId, input.contactId) : undefined,
        ofVisibleContact(ctx, instalments.contactId),
      ),
    )
    .groupBy(due)
  const months = Array.from({ length: MONTHS_BACK + MONTHS_AHEAD }, (_, n) => addMonths(first, n).slice(0, 7))
  const none = { expected: '0', received: '0' }
  return { currency, months: months.map((month) => rows.find((row) => row.month === month) ?? { month, ...none }) }
}
