import { type SQL, sql } from 'drizzle-orm'
import type { Ctx } from '@/accounts/context'
import { newId } from '@/kernel/ids'
import { allGiftsOf, allocateContacts } from '../pledges/allocate-contacts'
import { counted, inMoney, net } from './count-gifts'
import { findMonthDrift, mendMonths } from './keep-months'
import { lockKept } from './lock-contacts'
import { recomputeContacts } from './recompute-contacts'
import { everybody, rollupTruth, sumTruth } from './rollup-truth'
import { ledgerChecks } from './table'

export type Drift = {
  readonly compared: number
  readonly drift: number
  /** The first of them: which table, whose, kept and true. */
  readonly examples: readonly Record<string, unknown>[]
  readonly contactIds: readonly string[]
}

const MOST_EXAMPLES = 20

/** Where what is kept differs from the ledger it is kept from: rollups, sums, refunds, instalments, what gifts pay, months. */
export async function findDrift(ctx: Pick<Ctx, 'db'>): Promise<Drift> {
  const found = await Promise.all([
    compare(ctx, 'contact_rollups', rollupDrift),
    compare(ctx, 'contact_sums', sumDrift),
    compare(ctx, 'gifts.refunded', refundDrift),
    compare(ctx, 'instalments.paid', paidDrift),
    compare(ctx, 'allocations', shareDrift),
  ])
  const months = await findMonthDrift(ctx, MOST_EXAMPLES)
  const examples = [...found, months].flatMap((one) => one.examples)
  return {
    compared: [...found, months].reduce((sum, one) => sum + one.compared, 0),
    drift: [...found, months].reduce((sum, one) => sum + one.drift, 0),
    examples: examples.slice(0, MOST_EXAMPLES),
    contactIds: [...new Set(found.flatMap((one) => one.contactIds))],
  }
}

/** Compares, mends what differs, and keeps the result for the page that shows it. */
export async function checkLedger(ctx: Ctx): Promise<Drift> {
  const drift = await findDrift(ctx)
  if (drift.contactIds.length > 0) {
    await lockKept(ctx, drift.contactIds)
    await mendRefunded(ctx, drift.contactIds)
    await allocateContacts(ctx, allGiftsOf(drift.contactIds))
    await recomputeContacts(ctx, drift.contactIds)
  }
  await mendMonths(ctx)
  if (drift.drift > 0) {
    ctx.log.error({ drift: drift.drift, examples: drift.examples }, 'the ledger and what is kept of it differed')
  }
  const { compared, drift: rows, examples } = drift
  await ctx.db
    .insert(ledgerChecks)
    .values({ id: newId(), workspaceId: ctx.workspaceId, checkedAt: ctx.now, compared, drift: rows, examples })
  return drift
}

/** No more than the gift: refunds beyond it are shown, every night, until somebody voids one. */
async function mendRefunded(ctx: Ctx, contactIds: readonly string[]): Promise<void> {
  await ctx.db.execute(sql`
    update gifts g set refunded = least(g.amount, r.amount)
    from (select e.id, coalesce(sum(b.amount), 0) as amount from gifts e
      left join gifts b on b.workspace_id = e.workspace_id and b.reverses_id = e.id and b.voided_at is null
      where e.contact_id = any(${sql.param([...contactIds])}::uuid[]) and e.reverses_id is null group by e.id) r
    where g.id = r.id and g.refunded <> least(g.amount, r.amount)`)
}

type Row = { contact_id: string; kept: unknown; truth: unknown }

async function compare(ctx: Pick<Ctx, 'db'>, table: string, { all, differing }: { all: SQL; differing: SQL }) {
  const [count] = await ctx.db.execute<{ rows: number }>(all)
  const rows = await ctx.db.execute<Row>(differing)
  return {
    compared: count?.rows ?? 0,
    drift: rows.length,
    examples: rows
      .slice(0, MOST_EXAMPLES)
      .map(({ contact_id, kept, truth }) => ({ table, contact: contact_id, kept, truth })),
    contactIds: rows.map((row) => row.contact_id),
  }
}

const rollupDrift = {
  all: sql`select count(*)::int as rows from contact_rollups`,
  differing: sql`
    with truth as materialized (${rollupTruth(everybody)}),
    kept as (select contact_id, gifts, gift_days, first_gift_on, last_gift_on, last_gift_id, median_gap, in_kind, soft_credits, thanks_due
      from contact_rollups)
    select contact_id, to_jsonb(k) as kept, to_jsonb(t) as truth from kept k full join truth t using (contact_id)
    where to_jsonb(k) is distinct from to_jsonb(t)`,
}

const sumDrift = {
  all: sql`select count(*)::int as rows from contact_sums`,
  differing: sql`
    with truth as materialized (${sumTruth(everybody)}),
    kept as (select contact_id, currency, gifts, total, in_kind_total, soft_total from contact_sums)
    select contact_id, to_jsonb(k) as kept, to_jsonb(t) as truth from kept k full join truth t using (contact_id, currency)
    where to_jsonb(k) is distinct from to_jsonb(t)`,
}

const refundDrift = {
  all: sql`select count(*)::int as rows from gifts where refunded > 0`,
  differing: sql`
    select g.contact_id, to_jsonb(g.refunded) as kept, to_jsonb(coalesce(r.amount, 0)) as truth
    from gifts g full join (
      select reverses_id, sum(amount) as amount from gifts where reverses_id is not null and voided_at is null group by 1) r
      on r.reverses_id = g.id
    where (g.refunded > 0 or r.amount is not null) and g.refunded is distinct from coalesce(r.amount, 0)`,
}

const paidDrift = {
  all: sql`select count(*)::int as rows from instalments where paid > 0`,
  differing: sql`
    select i.contact_id, to_jsonb(i.paid) as kept, to_jsonb(coalesce(a.amount, 0)) as truth
    from instalments i left join (select instalment_id, sum(amount) as amount from allocations group by 1) a
      on a.instalment_id = i.id
    where i.paid <> coalesce(a.amount, 0)`,
}

const shareDrift = {
  all: sql`select count(*)::int as rows from allocations`,
  differing: sql`
    select gifts.contact_id, to_jsonb(a.amount) as kept, to_jsonb(case when ${counted} and ${inMoney} then ${net} else 0 end) as truth
    from (select gift_id, sum(amount) as amount from allocations group by 1) a join gifts on gifts.id = a.gift_id
    where a.amount > case when ${counted} and ${inMoney} then ${net} else 0 end`,
}
