import { and, eq, gte, isNull, lte, or, type SQL, sql } from 'drizzle-orm'
import { type Ctx, requirePermission } from '@/accounts/context'
import { addDays, addMonths, type PlainDate } from '@/kernel/dates'
import { findContact, ownContacts } from '../contacts/visible-contacts'
import type { Whose } from '../contacts/whose-contacts'
import { inMoney, net } from './count-gifts'
import { conditions, type GiftFilter, ofKind } from './filter-gifts'
import type { GiftTotals } from './schema'
import { giftKinds, giftMonths, gifts } from './table'

type Sum = GiftTotals['sums'][number]

/** What the counted gifts of a filter add up to, per currency; in-kind ones apart. */
export async function sumGifts(ctx: Ctx, input: GiftFilter): Promise<GiftTotals> {
  requirePermission(ctx, 'gifts.read')
  if (input.contactId) await findContact(ctx, input.contactId)
  const kept = monthsFor(ctx, input)
  if (!kept) return { sums: await sumLedger(ctx, input) }
  const { whole, edges } = spansOf(input)
  const parts = await Promise.all(edges.map((edge) => sumLedger(ctx, { ...input, ...edge })))
  return { sums: added([...(whole ? await kept(whole) : []), ...parts.flat()]) }
}

function sumLedger(ctx: Ctx, input: GiftFilter): Promise<Sum[]> {
  return ctx.db
    .select({
      currency: gifts.currency,
      gifts: sql<number>`(count(*) filter (where ${inMoney}))::int`,
      total: sql<string>`coalesce(sum(${net}) filter (where ${inMoney}), 0)::text`,
      inKind: sql<number>`(count(*) filter (where not ${inMoney}))::int`,
      inKindTotal: sql<string>`coalesce(sum(${net}) filter (where not ${inMoney}), 0)::text`,
    })
    .from(gifts)
    .where(and(...conditions(ctx, { ...input, show: 'counted' })))
    .groupBy(gifts.currency)
    .orderBy(gifts.currency)
}

type Span = { readonly from?: PlainDate | undefined; readonly to?: PlainDate | undefined }
type Months = (span: Span) => Promise<readonly Sum[]>

/** How the ledger by month answers it; null where it does not know: of one contact or import, or by who and by what at once. */
function monthsFor(ctx: Ctx, input: GiftFilter): Months | null {
  if (input.contactId || input.importId || input.unthanked) return null
  const narrowed = ownContacts(ctx) !== undefined || input.whose === 'mine'
  if (!narrowed) return (span) => sumKinds(ctx, input, span)
  if (input.fundId || input.method || input.type) return null
  return (span) => sumMonthsOf(ctx, input, span)
}

async function sumMonthsOf(ctx: Ctx, { currency, whose = 'all' }: GiftFilter, span: Span): Promise<readonly Sum[]> {
  const { gifts: count, total, inKind, inKindTotal } = giftMonths
  const rows = await ctx.db
    .select({
      currency: giftMonths.currency,
      gifts: sql<number>`sum(${count})::int`,
      total: sql<string>`sum(${total})::text`,
      inKind: sql<number>`sum(${inKind})::int`,
      inKindTotal: sql<string>`sum(${inKindTotal})::text`,
    })
    .from(giftMonths)
    .where(
      and(
        currency ? eq(giftMonths.currency, currency) : undefined,
        monthsOf(ctx, whose),
        within(giftMonths.month, span),
      ),
    )
    .groupBy(giftMonths.currency)
  return rows.filter(isSome)
}

async function sumKinds(ctx: Ctx, filter: GiftFilter, span: Span): Promise<readonly Sum[]> {
  const money = sql`${giftKinds.method} <> 'in_kind'`
  const rows = await ctx.db
    .select({
      currency: giftKinds.currency,
      gifts: sql<number>`coalesce(sum(${giftKinds.gifts}) filter (where ${money}), 0)::int`,
      total: sql<string>`coalesce(sum(${giftKinds.total}) filter (where ${money}), 0)::text`,
      inKind: sql<number>`coalesce(sum(${giftKinds.gifts}) filter (where not ${money}), 0)::int`,
      inKindTotal: sql<string>`coalesce(sum(${giftKinds.total}) filter (where not ${money}), 0)::text`,
    })
    .from(giftKinds)
    .where(and(ofKind(filter), within(giftKinds.month, span)))
    .groupBy(giftKinds.currency)
  return rows.filter(isSome)
}

/** What was taken back altogether left months of nothing. */
function isSome(sum: Sum): boolean {
  return sum.gifts + sum.inKind > 0
}

/** A condition on `gift_months`: of contacts that the reader sees, and of these their own. */
export function monthsOf(ctx: Ctx, whose: Whose): SQL | undefined {
  if (ctx.actor.kind === 'job') return undefined
  const mine = eq(giftMonths.ownerId, ctx.actor.memberId)
  if (ownContacts(ctx)) return mine
  return whose === 'mine' ? or(mine, isNull(giftMonths.ownerId)) : undefined
}

function within(month: typeof giftMonths.month | typeof giftKinds.month, { from, to }: Span): SQL | undefined {
  return and(from ? gte(month, from) : undefined, to ? lte(month, to) : undefined)
}

/** The months that lie whole in the days asked for, and what of other months is left at both ends. */
function spansOf({ from, to }: Span): { readonly whole: Span | null; readonly edges: readonly Span[] } {
  const first = from && from !== firstOf(from) ? addMonths(firstOf(from), 1) : from
  const last = to && addDays(to, 1) !== firstOf(addDays(to, 1)) ? addDays(firstOf(to), -1) : to
  if (first && last && first > last) return { whole: null, edges: [{ from, to }] }
  const head = first && first !== from ? [{ from, to: addDays(first, -1) }] : []
  const tail = last && last !== to ? [{ from: addDays(last, 1), to }] : []
  return { whole: { from: first, to: last }, edges: [...head, ...tail] }
}

function firstOf(day: PlainDate): PlainDate {
  return `${day.slice(0, 7)}-01`
}

function added(parts: readonly Sum[]): Sum[] {
  const sums = new Map<string, Sum>()
  for (const part of parts) sums.set(part.currency, plus(sums.get(part.currency), part))
  return [...sums.values()].toSorted((a, b) => (a.currency < b.currency ? -1 : 1))
}

function plus(sum: Sum | undefined, part: Sum): Sum {
  if (!sum) return part
  return {
    currency: part.currency,
    gifts: sum.gifts + part.gifts,
    total: String(BigInt(sum.total) + BigInt(part.total)),
    inKind: sum.inKind + part.inKind,
    inKindTotal: String(BigInt(sum.inKindTotal) + BigInt(part.inKindTotal)),
  }
}
