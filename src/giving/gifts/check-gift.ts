import { and, eq, sql } from 'drizzle-orm'
import type { Ctx } from '@/accounts/context'
import { AppError } from '@/kernel/app-error'
import type { PlainDate } from '@/kernel/dates'
import { ofVisibleContact } from '../contacts/visible-contacts'
import { lockContacts } from './lock-contacts'
import { gifts, softCredits } from './table'

export type GiftRow = typeof gifts.$inferSelect

/** A gift is money received: what is only expected is an instalment. */
export function refuseFuture(date: PlainDate, today: PlainDate, field: string): void {
  if (date <= today) return
  throw new AppError('bad_input', `${date} is not here yet`, { reason: 'gift.future', values: { field } })
}

type Numbered = { readonly externalId: string | null }

/** Throws at the field when an entry already has that number, in the ledger or twice among the new ones. */
export async function refuseTakenIds(ctx: Ctx, entries: readonly Numbered[]): Promise<void> {
  const ids = entries.flatMap(({ externalId }) => (externalId === null ? [] : [externalId]))
  if (ids.length === 0) return
  const [taken] = await ctx.db
    .select({ externalId: gifts.externalId })
    .from(gifts)
    .where(sql`${gifts.externalId} = any(${sql.param(ids)}::text[])`)
    .limit(1)
  const twice = taken?.externalId ?? (ids.length < 1000 ? ids.find((id, at) => ids.indexOf(id) !== at) : undefined)
  if (twice !== undefined) throw takenId(twice, entries)
}

function takenId(externalId: string, entries: readonly Numbered[]): AppError {
  const at = entries.findLastIndex((entry) => entry.externalId === externalId)
  const field = entries.length > 1 ? `gifts.${at}.externalId` : 'externalId'
  return new AppError('conflict', `external id ${externalId} is taken`, {
    reason: 'gift.externalIdTaken',
    values: { externalId, field },
  })
}

export function noGift(): AppError {
  return new AppError('not_found', 'no such gift', { reason: 'gift.notFound' })
}

/** Throws `not_found` for an entry of another workspace, or of a contact that the actor does not see. */
export async function findGift(ctx: Ctx, id: string): Promise<GiftRow> {
  const [row] = await ctx.db
    .select()
    .from(gifts)
    .where(and(eq(gifts.id, id), ofVisibleContact(ctx, gifts.contactId)))
  if (!row) throw noGift()
  return row
}

type Lock = {
  readonly version?: number | undefined
  /** Who is credited already, seen or not: their rollups change with the gift. */
  readonly others?: readonly string[]
  /** Whom the change names: the actor must see them. */
  readonly named?: readonly string[]
}

/**
 * The entry and all that hangs on its contact, on `others` and on `named`, locked in one go. Throws `conflict` when somebody changed
 * it since `version`, or moved it to another contact in the very moment.
 */
export async function lockGift(
  ctx: Ctx,
  id: string,
  { version, others = [], named = [] }: Lock = {},
): Promise<GiftRow> {
  const seen = await findGift(ctx, id)
  await lockContacts(ctx, [seen.contactId, ...named], others)
  const now = await findGift(ctx, id)
  if (now.contactId !== seen.contactId || (version !== undefined && now.version !== version)) throw changedMeanwhile()
  return now
}

function changedMeanwhile(): AppError {
  return new AppError('conflict', 'somebody changed this gift meanwhile', { reason: 'gift.changed' })
}

/** Nothing is given back before it was given. */
export function refuseEarlyRefund(givenOn: PlainDate, refundOn: PlainDate): void {
  if (refundOn >= givenOn) return
  throw new AppError('bad_input', 'a refund before its gift', {
    reason: 'gift.refundTooEarly',
    values: { field: 'givenOn' },
  })
}

/** A refund is put right by voiding it: what it says was given back, or was not. */
export function refuseRefund({ reversesId }: GiftRow): void {
  if (reversesId === null) return
  throw new AppError('bad_input', 'a refund cannot be edited', { reason: 'gift.isRefund' })
}

export function refuseVoided({ voidedAt }: GiftRow): void {
  if (voidedAt === null) return
  throw new AppError('conflict', 'this gift is voided', { reason: 'gift.isVoided' })
}

/** Who brought the gift about: their rollups change with it. */
export async function creditedContacts(ctx: Ctx, giftId: string): Promise<string[]> {
  const { contactId } = softCredits
  const rows = await ctx.db.select({ contactId }).from(softCredits).where(eq(softCredits.giftId, giftId))
  return rows.map((row) => row.contactId)
}
