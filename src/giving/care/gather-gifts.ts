import { and, isNull, type SQL, sql } from 'drizzle-orm'
import type { Ctx } from '@/accounts/context'
import { addDays, momentOf } from '@/kernel/dates'
import type { Week } from '@/notifications/weekly-part'
import { contacts } from '../contacts/table'
import { visibleContacts } from '../contacts/visible-contacts'
import { counted, net } from '../gifts/count-gifts'
import { listGifts } from '../gifts/queries'
import { type GiftTotals, listGiftsSchema } from '../gifts/schema'
import { sumGifts } from '../gifts/sum-gifts'
import { gifts } from '../gifts/table'
import { listCare } from './list-care'
import { type GivingFacts, LISTED, type Names, type Sum, type Sums, yearBefore } from './rules-summary'

type Days = Pick<Week, 'from' | 'to'>

/** Of the week and of the same a year before, as the list of gifts adds them up: money, and gifts in kind apart. */
export async function gatherGifts(ctx: Ctx, { from, to }: Days): Promise<GivingFacts['gifts']> {
  const { sums } = await sumGifts(ctx, listGiftsSchema.parse({ from, to }))
  const before = await sumGifts(ctx, listGiftsSchema.parse(yearBefore({ from, to })))
  const page = await listGifts(ctx, listGiftsSchema.parse({ from, to, limit: LISTED }))
  const rows = page.gifts.map(({ contactId, contactName: name, currency, givenOn: on, method, ...gift }) => ({
    ...{ contactId, name, currency, on, inKind: method === 'in_kind' },
    amount: (BigInt(gift.amount) - BigInt(gift.refunded)).toString(),
  }))
  return { ...moneyOf(sums), before: moneyOf(before.sums), inKind: inKindOf(sums), rows }
}

type Totals = GiftTotals['sums']

function moneyOf(totals: Totals): Sums {
  return toSums(totals.map(({ currency, gifts: count, total }) => ({ currency, count, total })))
}

function inKindOf(totals: Totals): Sums {
  return toSums(totals.map(({ currency, inKind: count, inKindTotal: total }) => ({ currency, count, total })))
}

/** A sum for each currency in which there is anything. */
export function toSums(rows: readonly (Sum & { readonly count: number })[]): Sums {
  const some = rows.filter(({ count }) => count > 0)
  const count = some.reduce((all, row) => all + row.count, 0)
  return { count, sums: some.map(({ currency, total }) => ({ currency, total })) }
}

/** Whose first gift came in the week, and who gave again after having lapsed: the log of statuses says who. */
export async function gatherRecovered(ctx: Ctx, { from, to, timeZone }: Week) {
  const [since, until] = [momentOf(from, 0, timeZone), momentOf(addDays(to, 1), 0, timeZone)]
  // No first gift is later than the last one, of which there is an index.
  const fresh = sql`(select contact_id from contact_rollups where workspace_id = ${ctx.workspaceId}
    and last_gift_on >= ${from} and first_gift_on between ${from} and ${to})`
  const recovered = sql`(select subject_id from audit_entries where workspace_id = ${ctx.workspaceId}
    and action = 'contact.status' and facts ->> 'from' = 'lapsed' and facts ->> 'to' = 'donor'
    and created_at >= ${since.toISOString()} and created_at < ${until.toISOString()})`
  return { fresh: await namesOf(ctx, fresh), recovered: await namesOf(ctx, recovered) }
}

async function namesOf(ctx: Ctx, ids: SQL): Promise<Names> {
  const rows = await ctx.db
    .select({ contactId: contacts.id, name: contacts.displayName, count: sql<number>`(count(*) over ())::int` })
    .from(contacts)
    .where(and(visibleContacts(ctx), sql`${contacts.id} in ${ids}`))
    .orderBy(contacts.sortName, contacts.id)
    .limit(LISTED)
  return { count: rows[0]?.count ?? 0, rows: rows.map(({ contactId, name }) => ({ contactId, name })) }
}

/** As the list of care has them, and what they come to. */
export async function gatherThanks(ctx: Ctx): Promise<GivingFacts['thanks']> {
  const { rows, total: people } = await listCare(ctx, { show: 'thanks', whose: 'all', offset: 0, limit: LISTED })
  const waiting = await ctx.db
    .select({ currency: gifts.currency, total: sql<string>`sum(${net})::text`, count: sql<number>`count(*)::int` })
    .from(gifts)
    .where(and(sql`${gifts.thanksDue}`, isNull(gifts.thankedAt), counted, ofKnown(ctx)))
    .groupBy(gifts.currency)
    .orderBy(gifts.currency)
  const shown = rows.map(({ contactId, name, on: since, gifts: own }) => ({
    contactId,
    name,
    since,
    sums: sumsOf(own),
  }))
  return { ...toSums(waiting), people, rows: shown }
}

function ofKnown(ctx: Ctx): SQL {
  return sql`${gifts.contactId} in ${ctx.db.select({ id: contacts.id }).from(contacts).where(visibleContacts(ctx))}`
}

/** Added up by currency. */
function sumsOf(own: readonly { readonly amount: string; readonly currency: string }[]): readonly Sum[] {
  const byCurrency = Map.groupBy(own, ({ currency }) => currency)
  return [...byCurrency].map(([currency, some]) => {
    const total = some.reduce((sum, { amount }) => sum + BigInt(amount), 0n)
    return { currency, total: total.toString() }
  })
}
