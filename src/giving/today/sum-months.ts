import { and, eq, gte, lt, sql } from 'drizzle-orm'
import type { Ctx } from '@/accounts/context'
import { addMonths, type PlainDate } from '@/kernel/dates'
import type { Whose } from '../contacts/whose-contacts'
import { monthsOf } from '../gifts/sum-gifts'
import { giftMonths } from '../gifts/table'
import type { ShownToday } from './schema'

const MONTHS = 12

/** Money given by month in one currency: the last twelve months, this one last, each beside the same month a year before. */
export async function sumMonths(
  ctx: Ctx,
  today: PlainDate,
  currency: string,
  whose: Whose,
): Promise<ShownToday['months']> {
  const first = addMonths(`${today.slice(0, 7)}-01`, 1 - MONTHS)
  const month = sql<string>`to_char(${giftMonths.month}, 'YYYY-MM')`
  const rows = await ctx.db
    .select({ month, total: sql<string>`sum(${giftMonths.total})::text` })
    .from(giftMonths)
    .where(
      and(
        gte(giftMonths.month, addMonths(first, -MONTHS)),
        lt(giftMonths.month, addMonths(first, MONTHS)),
        eq(giftMonths.currency, currency),
        monthsOf(ctx, whose),
      ),
    )
    .groupBy(giftMonths.month)
  const sums = new Map(rows.map((row) => [row.month, row.total]))
  const sumOf = (at: PlainDate) => sums.get(at.slice(0, 7)) ?? '0'
  return Array.from({ length: MONTHS }, (_, at) => {
    const day = addMonths(first, at)
    return { month: day.slice(0, 7), value: sumOf(day), before: sumOf(addMonths(day, -MONTHS)) }
  })
}
