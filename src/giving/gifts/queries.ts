import { and, desc, eq, type SQL, sql } from 'drizzle-orm'
import { type Ctx, requirePermission } from '@/accounts/context'
import { AppError } from '@/kernel/app-error'
import { contacts } from '../contacts/table'
import { findContact, ofVisibleContact } from '../contacts/visible-contacts'
import { funds } from '../funds/table'
import { listOpen, listPaidBy } from '../pledges/list-paid'
import { findGift } from './check-gift'
import { describeGift } from './describe-gift'
import { conditions, withinMonths } from './filter-gifts'
import type { GiftPage, ListGifts, ShownGift } from './schema'
import { gifts, ledgerChecks, softCredits } from './table'

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
    .where(and(...conditions(ctx, input), afterCursor(input.cursor), await withinMonths(ctx, input)))
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
