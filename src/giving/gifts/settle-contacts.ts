import { sql } from 'drizzle-orm'
import type { Ctx } from '@/accounts/context'
import { notifyPages } from '@/db/notify-pages'
import { allocateContacts, type TakenBack } from '../pledges/allocate-contacts'
import type { Since } from '../pledges/load-payables'
import { recomputeContacts } from './recompute-contacts'

type Change = {
  /** Whose gifts are allocated anew, and from which day on. */
  readonly since: Since
  /** Others whose rollups change: those who brought a gift about. */
  readonly others?: readonly string[]
  /** Gifts that were just entered. */
  readonly fresh?: readonly string[]
}

/** Of so many nobody makes a list: whoever listens looks at all. Sorting what they gave would else go by disk. */
const MOST_NAMED = 500

/**
 * What every change of the ledger ends with, in its transaction: allocations, rollups, and word to pages and jobs. The
 * caller holds the contacts' locks.
 */
export async function settleContacts(ctx: Ctx, { since, others = [], fresh = [] }: Change): Promise<TakenBack> {
  if (since.size > MOST_NAMED) await ctx.db.execute(sql`select set_config('work_mem', '64MB', true)`)
  const takenBack = await allocateContacts(ctx, since)
  await releaseLaterPayments(ctx, fresh)
  const contactIds = [...new Set([...since.keys(), ...others])]
  await recomputeContacts(ctx, contactIds)
  await notifyPages(ctx.db, ctx.workspaceId, 'gifts')
  ctx.emit({
    name: 'giving/changed',
    data: { workspaceId: ctx.workspaceId, contactIds: contactIds.length > MOST_NAMED ? null : contactIds },
  })
  return takenBack
}

/**
 * RULES "Thank-you": a payment of a pledge that an earlier gift has paid before waits for no thanks. The first payment of
 * each pledge is looked for once, and not anew for each gift: that grew with the square of what a donor gave.
 */
async function releaseLaterPayments(ctx: Ctx, giftIds: readonly string[]): Promise<void> {
  if (giftIds.length === 0) return
  await ctx.db.execute(sql`
    with fresh as materialized (
      select g.id, g.given_on, i.pledge_id from gifts g
      join allocations a on a.workspace_id = g.workspace_id and a.gift_id = g.id
      join instalments i on i.workspace_id = a.workspace_id and i.id = a.instalment_id
      where g.workspace_id = ${ctx.workspaceId} and g.id = any(${sql.param([...giftIds])}::uuid[]) and g.thanks_due),
    first as materialized (
      select distinct on (i.pledge_id) i.pledge_id, e.given_on, e.id
      from (select distinct pledge_id from fresh) p
      join instalments i on i.workspace_id = ${ctx.workspaceId} and i.pledge_id = p.pledge_id and i.paid > 0
      join allocations b on b.workspace_id = i.workspace_id and b.instalment_id = i.id
      join gifts e on e.workspace_id = b.workspace_id and e.id = b.gift_id
      order by i.pledge_id, e.given_on, e.id)
    update gifts g set thanks_due = false from fresh join first on first.pledge_id = fresh.pledge_id
    where g.workspace_id = ${ctx.workspaceId} and g.id = fresh.id and (first.given_on, first.id) < (fresh.given_on, fresh.id)`)
}
