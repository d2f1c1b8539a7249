import { and, eq, gte, isNotNull, isNull, lt, lte, type SQL, sql } from 'drizzle-orm'
import type { Ctx } from '@/accounts/context'
import { addMonths, type PlainDate } from '@/kernel/dates'
import { ownContacts } from '../contacts/visible-contacts'
import { ofWhose } from '../contacts/whose-contacts'
import { counted } from './count-gifts'
import type { ListGifts } from './schema'
import { giftKinds, gifts } from './table'

export type GiftFilter = Omit<ListGifts, 'cursor' | 'limit'>

/** What the entries of a list must be: of the contacts that the actor sees, and as the filter says. */
export function conditions(ctx: Ctx, input: GiftFilter): (SQL | undefined)[] {
  return [
    shown(input.show),
    input.contactId ? eq(gifts.contactId, input.contactId) : undefined,
    input.fundId ? eq(gifts.fundId, input.fundId) : undefined,
    input.method ? eq(gifts.method, input.method) : undefined,
    input.type ? eq(gifts.type, input.type) : undefined,
    input.currency ? eq(gifts.currency, input.currency) : undefined,
    input.importId ? eq(gifts.importId, input.importId) : undefined,
    input.from ? gte(gifts.givenOn, input.from) : undefined,
    input.to ? lte(gifts.givenOn, input.to) : undefined,
    input.unthanked ? sql`${gifts.thanksDue} and ${gifts.thankedAt} is null` : undefined,
    ofWhose(ctx, input.whose ?? 'all', gifts.contactId),
  ]
}

function shown(show: GiftFilter['show']): SQL | undefined {
  switch (show) {
    case 'counted':
      return counted
    case 'voided':
      return isNotNull(gifts.voidedAt)
    case 'refunds':
      return and(isNotNull(gifts.reversesId), isNull(gifts.voidedAt))
    case 'all':
      return undefined
  }
}

/** Rows of the ledger by month and kind. */
export function ofKind({ method, type, currency, fundId }: GiftFilter): SQL | undefined {
  return and(
    method ? eq(giftKinds.method, method) : undefined,
    type ? eq(giftKinds.type, type) : undefined,
    currency ? eq(giftKinds.currency, currency) : undefined,
    fundId ? eq(giftKinds.fundId, fundId) : undefined,
  )
}

/**
 * The months in which a page of such gifts is to be looked for, as the ledger by month tells: without it, who asks for
 * what is rare would have the whole ledger read. Nothing where the filter has an index of its own, or finds soon.
 */
export async function withinMonths(ctx: Ctx, input: ListGifts): Promise<SQL | undefined> {
  const { method, type, currency, contactId, importId, show, unthanked, cursor, limit } = input
  if (show !== 'counted' || contactId || importId || unthanked || !(method || type || currency)) return undefined
  const until = [input.to, cursor?.slice(0, 10)].flatMap((day) => day ?? []).toSorted()[0]
  const months = await ctx.db
    .select({ month: giftKinds.month, gifts: sql<number>`sum(${giftKinds.gifts})::int` })
    .from(giftKinds)
    .where(and(ofKind(input), until ? lte(giftKinds.month, until) : undefined))
    .groupBy(giftKinds.month)
    .having(sql`sum(${giftKinds.gifts}) > 0`)
    .orderBy(sql`${giftKinds.month} desc`)
  // Months count everybody's: of one's own there may be fewer in them.
  const wanted = ownContacts(ctx) || input.whose === 'mine' ? Number.POSITIVE_INFINITY : limit
  const newest = months[0]?.month
  if (!newest) return sql`false`
  return and(lt(gifts.givenOn, addMonths(newest, 1)), gte(gifts.givenOn, oldestFor(months, wanted, until)))
}

type Month = { readonly month: PlainDate; readonly gifts: number }

/** The month by which there are enough for a page; what came after the cursor in its own month does not count. */
function oldestFor(months: readonly Month[], wanted: number, until: PlainDate | undefined): PlainDate {
  let found = 0
  for (const { month, gifts: count } of months) {
    if (!until?.startsWith(month.slice(0, 7))) found += count
    if (found > wanted) return month
  }
  return months.at(-1)?.month ?? ''
}
