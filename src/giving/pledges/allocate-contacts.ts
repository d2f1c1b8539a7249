import { sql } from 'drizzle-orm'
import type { Ctx } from '@/accounts/context'
import { type KeptShare, type Loaded, loadPayables, type Since } from './load-payables'
import { allocate, type Share } from './rules-allocate'

/** What was taken back of allocations made by hand: the verb says so to whoever changed the gift or the pledge. */
export type TakenBack = readonly Share[]

/** All that these contacts gave, from their first gift on. */
export function allGiftsOf(contactIds: readonly string[]): Since {
  return new Map(contactIds.map((id) => [id, null]))
}

/**
 * Allocates the gifts of these contacts anew by the rule, in the caller's transaction, and writes only what differs. A
 * handful of statements however many contacts there are. The caller holds their locks.
 */
export async function allocateContacts(ctx: Ctx, since: Since): Promise<TakenBack> {
  if (since.size === 0) return []
  const loaded = await loadPayables(ctx, since)
  const results = applyRule(loaded)
  const wanted = results.flatMap(({ machine, hand }) => [
    ...machine.map((share) => ({ ...share, madeBy: 'machine' as const })),
    ...hand.map((share) => ({ ...share, madeBy: 'hand' as const })),
  ])
  await writeShares(ctx, loaded.shares, wanted)
  await writePaid(ctx, loaded, wanted)
  await writeOffClosed(ctx, [...since.keys()])
  return results.flatMap(({ takenBack }) => takenBack)
}

function applyRule({ gifts, instalments, shares }: Loaded) {
  const giftsOf = Map.groupBy(gifts, (gift) => gift.contactId)
  const payables = Map.groupBy(instalments, (one) => one.contactId)
  const contactOf = new Map(instalments.map((one) => [one.id, one.contactId]))
  const hand = Map.groupBy(
    shares.filter((share) => share.madeBy === 'hand'),
    (share) => contactOf.get(share.instalmentId) ?? '',
  )
  const contacts = new Set([...payables.keys(), ...hand.keys()])
  return [...contacts].map((id) => allocate(giftsOf.get(id) ?? [], payables.get(id) ?? [], hand.get(id) ?? []))
}

type Made = Share & Pick<KeptShare, 'madeBy'>

function keyOf({ giftId, instalmentId, madeBy }: Made): string {
  return `${giftId}/${instalmentId}/${madeBy}`
}

async function writeShares(ctx: Ctx, kept: readonly KeptShare[], wanted: readonly Made[]): Promise<void> {
  const [before, after] = [
    new Map(kept.map((one) => [keyOf(one), one])),
    new Map(wanted.map((one) => [keyOf(one), one])),
  ]
  await deleteShares(
    ctx,
    kept.filter((one) => !after.has(keyOf(one))),
  )
  await upsertShares(
    ctx,
    wanted.filter((one) => before.get(keyOf(one))?.amount !== one.amount),
  )
}

async function deleteShares(ctx: Ctx, shares: readonly Made[]): Promise<void> {
  if (shares.length === 0) return
  await ctx.db.execute(sql`
    delete from allocations a using ${asRows(shares)}
    where a.gift_id = n.gift_id and a.instalment_id = n.instalment_id and a.made_by = n.made_by`)
}

/** Of those made by hand only the amount ever changes here: they are there already. */
async function upsertShares(ctx: Ctx, shares: readonly Made[]): Promise<void> {
  if (shares.length === 0) return
  await ctx.db.execute(sql`
    insert into allocations (workspace_id, gift_id, instalment_id, made_by, amount, hand_at)
    select ${ctx.workspaceId}, gift_id, instalment_id, made_by, amount,
      case when made_by = 'hand' then ${ctx.now.toISOString()}::timestamptz end from ${asRows(shares)}
    on conflict (workspace_id, gift_id, instalment_id, made_by) do update set amount = excluded.amount`)
}

function asRows(shares: readonly Made[]) {
  const column = (read: (share: Made) => string) => sql.param(shares.map(read))
  return sql`unnest(${column((one) => one.giftId)}::uuid[], ${column((one) => one.instalmentId)}::uuid[],
    ${column((one) => one.madeBy)}::text[], ${column((one) => one.amount.toString())}::bigint[])
    n (gift_id, instalment_id, made_by, amount)`
}

async function writePaid(ctx: Ctx, { instalments }: Loaded, wanted: readonly Share[]): Promise<void> {
  const sums = new Map(instalments.map((one) => [one.id, one.outside]))
  for (const { instalmentId, amount } of wanted) sums.set(instalmentId, (sums.get(instalmentId) ?? 0n) + amount)
  const changed = instalments.filter((one) => sums.get(one.id) !== one.paid)
  if (changed.length === 0) return
  const ids = sql.param(changed.map((one) => one.id))
  const paid = sql.param(changed.map((one) => String(sums.get(one.id))))
  await ctx.db.execute(sql`
    update instalments i set paid = n.paid from unnest(${ids}::uuid[], ${paid}::bigint[]) n (id, paid) where i.id = n.id`)
}

/** Of a closed pledge nothing more is expected than what is paid: also where a gift that had paid ahead is gone. */
async function writeOffClosed(ctx: Ctx, contactIds: readonly string[]): Promise<void> {
  await ctx.db.execute(sql`
    update instalments i set written_off = i.amount - i.paid from pledges p
    where p.contact_id = any(${sql.param([...contactIds])}::uuid[]) and (p.completed_on is not null or p.cancelled_on is not null)
      and i.workspace_id = p.workspace_id and i.pledge_id = p.id and (p.completed_on is not null or i.due_on > p.cancelled_on)
      and not i.skipped and i.written_off <> i.amount - i.paid`)
}
