import { type SQL, sql } from 'drizzle-orm'
import type { Ctx } from '@/accounts/context'
import type { TakenBack } from './allocate-contacts'

type Freed = { gift_id: string; instalment_id: string; made_by: string; amount: string }

/** Takes back all that the gift pays; answers what had been allocated by hand. The caller settles its contacts. */
export function freeGift(ctx: Ctx, giftId: string): Promise<TakenBack> {
  return freeShares(ctx, sql`gift_id = ${giftId}`)
}

/** The same of many gifts. */
export function freeGifts(ctx: Ctx, giftIds: readonly string[]): Promise<TakenBack> {
  return freeShares(ctx, sql`gift_id = any(${sql.param([...giftIds])}::uuid[])`)
}

/** What was allocated by hand: of a gift, or of a gift to one instalment. The caller settles its contacts. */
export function freeByHand(ctx: Ctx, giftId: string, instalmentId?: string): Promise<TakenBack> {
  const one = instalmentId ? sql`and instalment_id = ${instalmentId}` : sql``
  return freeShares(ctx, sql`gift_id = ${giftId} and made_by = 'hand' ${one}`)
}

async function freeShares(ctx: Ctx, which: SQL): Promise<TakenBack> {
  const rows = await ctx.db.execute<Freed>(sql`
    delete from allocations where ${which} returning gift_id, instalment_id, made_by, amount::text`)
  const ids = sql.param(rows.map((row) => row.instalment_id))
  const amounts = sql.param(rows.map((row) => row.amount))
  await ctx.db.execute(sql`
    update instalments i set paid = i.paid - n.amount
    from (select id, sum(amount) as amount from unnest(${ids}::uuid[], ${amounts}::bigint[]) n (id, amount) group by id) n
    where i.id = n.id`)
  return rows
    .filter((row) => row.made_by === 'hand')
    .map((row) => ({ giftId: row.gift_id, instalmentId: row.instalment_id, amount: BigInt(row.amount) }))
}
