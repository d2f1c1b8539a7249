import { and, desc, eq, gte, isNotNull, isNull, lte, type SQL, sql } from 'drizzle-orm'
import { type Ctx, requirePermission } from '@/accounts/context'
import { AppError } from '@/kernel/app-error'
import { contacts } from '../contacts/table'
import { findContact, ofVisibleContact, ownContacts } from '../contacts/visible-contacts'
import { ofWhose } from '../contacts/whose-contacts'
import { funds } from '../funds/table'
import { listOpen, listPaidBy } from '../pledges/list-paid'
import { findGift } from './check-gift'
import { counted, inMoney, net } from './count-gifts'
import { describeGift } from './describe-gift'
import type { GiftPage, GiftTotals, ListGifts, ShownGift } from './schema'
import { contactSums, gifts, ledgerChecks, softCredits } from './table'

function selectGifts(ctx: Ctx) {
  return ctx.db
    .select({ gift: gifts, contactName: contacts.displayName, fundName: funds.name })
    .from(gifts)
    .innerJoin(contacts, and(eq(contacts.workspaceId, gifts.workspaceId), eq(contacts.id, gifts.contactId)))
    .leftJoin(funds, and(eq(funds.workspaceId, gifts.workspaceId), eq(funds.id, gifts.fundId)))
    .$dynamic()
}

/** Entries of the contacts that the actor sees, newest first, a page at a time. */
export async function listGifts(ctx: Ctx, input: ListGifts): Promise<GiftPage> {
  requirePermission(ctx, 'gifts.read')
  if (input.contactId) await findContact(ctx, input.contactId)
  const rows = await selectGifts(ctx)
    .where(and(...conditions(ctx, input), afterCursor(input.cursor)))
    .orderBy(desc(gifts.givenOn), desc(gifts.id))
    .limit(input.limit + 1)
  const page = rows.slice(0, input.limit)
  const last = rows.length > input.limit ? page.at(-1)?.gift : undefined
  return { gifts: page.map(describeGift), nextCursor: last ? `${last.givenOn}_${last.id}` : null }
}

const CURSOR = /^(\d{4}-\d{2}-\d{2})_([\da-f-]{36})$/

function afterCursor(cursor: string | null | undefined): SQL | undefined {
  if (!cursor) return undefined
  const [, givenOn, id] = CURSOR.exec(cursor) ?? []
  if (!id) throw new AppError('bad_input', 'a cursor of another list', { reason: 'gift.badCursor' })
  return sql`(${gifts.givenOn}, ${gifts.id}) < (${givenOn}::date, ${id}::uuid)`
}

type Filter = Omit<ListGifts, 'cursor' | 'limit'>

function conditions(ctx: Ctx, input: Filter): (SQL | undefined)[] {
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

function shown(show: Filter['show']): SQL | undefined {
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

/** What the counted gifts of a filter add up to, per currency; in-kind ones apart. */
export async function sumGifts(ctx: Ctx, input: Filter): Promise<GiftTotals> {
  requirePermission(ctx, 'gifts.read')
  if (input.contactId) await findContact(ctx, input.contactId)
  const { show: _, ...narrowing } = input
  const everything = Object.values(narrowing).every((value) => value === undefined) && ownContacts(ctx) === undefined
  const rows = everything ? await sumAll(ctx) : await sumSome(ctx, input)
  return { sums: rows.map((row) => ({ ...row, total: row.total ?? '0', inKindTotal: row.inKindTotal ?? '0' })) }
}

type Sum = { currency: string; gifts: number; total: string | null; inKind: number; inKindTotal: string | null }

function sumSome(ctx: Ctx, input: Filter): Promise<Sum[]> {
  return ctx.db
    .select({
      currency: gifts.currency,
      gifts: sql<number>`(count(*) filter (where ${inMoney}))::int`,
      total: sql<string | null>`(sum(${net}) filter (where ${inMoney}))::text`,
      inKind: sql<number>`(count(*) filter (where not ${inMoney}))::int`,
      inKindTotal: sql<string | null>`(sum(${net}) filter (where not ${inMoney}))::text`,
    })
    .from(gifts)
    .where(and(...conditions(ctx, { ...input, show: 'counted' })))
    .groupBy(gifts.currency)
    .orderBy(gifts.currency)
}

/** Of the whole ledger the rollups know it already: a hundredth of the rows. */
async function sumAll(ctx: Ctx): Promise<Sum[]> {
  const [rows, [inKind]] = [
    await ctx.db
      .select({
        currency: contactSums.currency,
        gifts: sql<number>`sum(${contactSums.gifts})::int`,
        total: sql<string>`sum(${contactSums.total})::text`,
        inKindTotal: sql<string>`sum(${contactSums.inKindTotal})::text`,
      })
      .from(contactSums)
      .groupBy(contactSums.currency)
      .orderBy(contactSums.currency),
    await ctx.db.execute<{ counts: Record<string, number> | null }>(sql`
      select jsonb_object_agg(currency, n) as counts
      from (select currency, count(*) as n from gifts where ${counted} and method = 'in_kind' group by currency) k`),
  ]
  return rows.map((row) => ({ ...row, inKind: inKind?.counts?.[row.currency] ?? 0 }))
}

/** An entry with its refunds, credits, and what it pays. */
export async function getGift(ctx: Ctx, id: string): Promise<ShownGift> {
  requirePermission(ctx, 'gifts.read')
  const { contactId } = await findGift(ctx, id)
  const rows = await selectGifts(ctx)
    .where(sql`${gifts.id} = ${id} or ${gifts.reversesId} = ${id}`)
    .orderBy(desc(gifts.givenOn), desc(gifts.id))
  const [own] = rows.filter((row) => row.gift.id === id)
  if (!own) throw new AppError('internal', 'a gift without its contact')
  return {
    ...describeGift(own),
    refunds: rows.filter((row) => row !== own).map(describeGift),
    softCredits: await listCredits(ctx, id),
    allocations: await listPaidBy(ctx, id),
    openInstalments: await listOpen(ctx, contactId, own.gift.currency),
  }
}

async function listCredits(ctx: Ctx, giftId: string) {
  const rows = await ctx.db
    .select({ contactId: contacts.id, contactName: contacts.displayName, amount: softCredits.amount })
    .from(softCredits)
    .innerJoin(contacts, eq(contacts.id, softCredits.contactId))
    .where(and(eq(softCredits.giftId, giftId), ofVisibleContact(ctx, softCredits.contactId)))
    .orderBy(contacts.sortName, contacts.id)
  return rows.map((row) => ({ ...row, amount: row.amount.toString() }))
}

/** The last nightly comparison of what is kept with the ledger; null before the first. */
export async function lastCheck(ctx: Ctx) {
  requirePermission(ctx, 'gifts.read')
  const [row] = await ctx.db.select().from(ledgerChecks).orderBy(desc(ledgerChecks.checkedAt)).limit(1)
  return row ? { checkedAt: row.checkedAt.toISOString(), compared: row.compared, drift: row.drift } : null
}
