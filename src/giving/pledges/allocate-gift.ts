import { and, eq, inArray, ne } from 'drizzle-orm'
import { writeAudit } from '@/accounts/audit'
import { type Ctx, requirePermission } from '@/accounts/context'
import { AppError } from '@/kernel/app-error'
import { type GiftRow, lockGift } from '../gifts/check-gift'
import { describeTakenBack } from '../gifts/describe-gift'
import { isCounted } from '../gifts/rules'
import { settleContacts } from '../gifts/settle-contacts'
import { allGiftsOf } from './allocate-contacts'
import { freeByHand } from './free-gift'
import type { AllocateGift } from './schema'
import { allocations, instalments } from './table'

/**
 * Says by hand which instalments a gift pays: this replaces what was said before. The machine moves none of it while gift
 * and instalment cover it, and allocates what is left of the gift. Throws at the field of a share that does not fit.
 */
export async function allocateGift(ctx: Ctx, { giftId, shares }: AllocateGift) {
  requirePermission(ctx, 'pledges.write')
  const gift = await lockGift(ctx, giftId)
  refuseUnfit(gift)
  const sum = shares.reduce((total, { amount }) => total + BigInt(amount), 0n)
  if (sum > gift.amount - gift.refunded) throw misfit('allocation.moreThanGift', 'shares')
  await freeByHand(ctx, giftId)
  await checkRoom(ctx, gift, shares)
  if (shares.length > 0) await insertShares(ctx, giftId, shares)
  return finish(ctx, gift, { action: 'gift.allocate', facts: { shares } })
}

/** Gives an instalment back what a gift paid of it by hand; the machine may then allocate both anew. */
export async function freeAllocation(ctx: Ctx, { giftId, instalmentId }: { giftId: string; instalmentId: string }) {
  requirePermission(ctx, 'pledges.write')
  const gift = await lockGift(ctx, giftId)
  const freed = await freeByHand(ctx, giftId, instalmentId)
  if (freed.length === 0) throw new AppError('not_found', 'not allocated by hand', { reason: 'allocation.notFound' })
  return finish(ctx, gift, { action: 'gift.free', facts: { instalmentId } })
}

function refuseUnfit(gift: GiftRow): void {
  if (gift.method === 'in_kind') throw misfit('allocation.inKind', 'giftId')
  if (!isCounted({ ...gift, voided: gift.voidedAt !== null })) throw misfit('allocation.notCounted', 'giftId')
}

type Shares = AllocateGift['shares']

/** Every instalment is the contact's own, of the gift's currency, and has room beside what other gifts pay by hand. */
async function checkRoom(ctx: Ctx, gift: GiftRow, shares: Shares): Promise<void> {
  const ids = shares.map(({ instalmentId }) => instalmentId)
  if (ids.length === 0) return
  if (new Set(ids).size < ids.length) throw misfit('allocation.twice', 'shares')
  const rows = await ctx.db.select().from(instalments).where(inArray(instalments.id, ids))
  const taken = await takenByHand(ctx, gift.id, ids)
  for (const [at, share] of shares.entries()) {
    const row = rows.find((one) => one.id === share.instalmentId)
    if (!row || row.contactId !== gift.contactId) throw noInstalment()
    if (row.currency !== gift.currency) throw misfit('allocation.otherCurrency', `shares.${at}.amount`)
    const room = row.skipped ? 0n : row.amount - row.writtenOff - (taken.get(row.id) ?? 0n)
    if (BigInt(share.amount) > room) throw misfit('allocation.moreThanOpen', `shares.${at}.amount`)
  }
}

async function takenByHand(ctx: Ctx, giftId: string, ids: string[]): Promise<ReadonlyMap<string, bigint>> {
  const { instalmentId, amount, madeBy } = allocations
  const rows = await ctx.db
    .select({ instalmentId, amount })
    .from(allocations)
    .where(and(inArray(instalmentId, ids), eq(madeBy, 'hand'), ne(allocations.giftId, giftId)))
  const sums = new Map<string, bigint>()
  for (const row of rows) sums.set(row.instalmentId, (sums.get(row.instalmentId) ?? 0n) + row.amount)
  return sums
}

async function insertShares(ctx: Ctx, giftId: string, shares: Shares): Promise<void> {
  const common = { workspaceId: ctx.workspaceId, giftId, madeBy: 'hand' as const, handAt: ctx.now }
  const rows = shares.map(({ instalmentId, amount }) => ({ ...common, instalmentId, amount: BigInt(amount) }))
  await ctx.db.insert(allocations).values(rows)
}

async function finish(ctx: Ctx, gift: GiftRow, { action, facts }: { action: string; facts: Record<string, unknown> }) {
  const takenBack = await settleContacts(ctx, { since: allGiftsOf([gift.contactId]) })
  await writeAudit(ctx, action, gift.id, facts)
  return { id: gift.id, takenBack: describeTakenBack(takenBack) }
}

function noInstalment(): AppError {
  return new AppError('not_found', 'no such instalment', { reason: 'allocation.noInstalment' })
}

function misfit(reason: string, field: string): AppError {
  return new AppError('bad_input', reason, { reason, values: { field } })
}
