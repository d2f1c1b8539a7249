import { inArray, sql } from 'drizzle-orm'
import type { Ctx } from '@/accounts/context'
import type { PlainDate } from '@/kernel/dates'
import { newId } from '@/kernel/ids'
import type { TakenBack } from './allocate-contacts'
import { type PledgeRow, readParts } from './find-pledge'
import { horizonOf, planInstalments } from './rules-schedule'
import { pledges } from './table'

/**
 * Writes the instalments that the terms of these pledges say, up to the horizon: new ones come, changed ones follow, those
 * that are no longer due go. Answers what was allocated by hand to those that went. The caller allocates their contacts
 * anew.
 */
export async function planPledges(ctx: Ctx, rows: readonly PledgeRow[], today: PlainDate): Promise<TakenBack> {
  const open = rows.filter((row) => row.cancelledOn === null && row.completedOn === null)
  if (open.length === 0) return []
  const until = horizonOf(today)
  const planned = await planOf(ctx, open, until)
  const lost = await deleteOthers(ctx, open, planned)
  await upsert(ctx, planned)
  await ctx.db
    .update(pledges)
    .set({ plannedUntil: until })
    .where(
      inArray(
        pledges.id,
        open.map((row) => row.id),
      ),
    )
  return lost
}

type Planned = ReturnType<typeof rowsOf>[number]

async function planOf(ctx: Ctx, rows: readonly PledgeRow[], until: PlainDate): Promise<readonly Planned[]> {
  const parts = await readParts(
    ctx,
    rows.map((row) => row.id),
  )
  return rows.flatMap((row) => rowsOf(row, parts.get(row.id) ?? { terms: [], pauses: [] }, until))
}

function rowsOf(
  row: PledgeRow,
  parts: Pick<Parameters<typeof planInstalments>[0], 'terms' | 'pauses'>,
  until: PlainDate,
) {
  return planInstalments({ ...parts, endOn: row.endOn }, until).map(({ dueOn, amount, skipped }) => ({
    ...{ id: newId(), pledge: row.id, contact: row.contactId, due: dueOn, amount: amount.toString() },
    ...{ currency: row.currency, skipped },
  }))
}

function asRows(planned: readonly Planned[]) {
  return sql`json_to_recordset(${JSON.stringify(planned)}::json)
    n (id uuid, pledge uuid, contact uuid, due date, amount bigint, currency char(3), skipped boolean)`
}

type Lost = { gift_id: string; instalment_id: string; amount: string }

async function deleteOthers(ctx: Ctx, rows: readonly PledgeRow[], planned: readonly Planned[]): Promise<TakenBack> {
  const lost = await ctx.db.execute<Lost>(sql`
    with doomed as materialized (
      select i.id from instalments i left join ${asRows(planned)} on n.pledge = i.pledge_id and n.due = i.due_on
      where i.pledge_id = any(${sql.param(rows.map((row) => row.id))}::uuid[]) and n.id is null),
    lost as materialized (
      select gift_id, instalment_id, amount::text from allocations
      where made_by = 'hand' and instalment_id in (select id from doomed)),
    gone as (delete from instalments where id in (select id from doomed) and (select count(*) from lost) >= 0)
    select * from lost`)
  return lost.map((row) => ({ giftId: row.gift_id, instalmentId: row.instalment_id, amount: BigInt(row.amount) }))
}

/** One that is now lower keeps what it can of `paid`, until its contact's gifts are allocated anew. */
async function upsert(ctx: Ctx, planned: readonly Planned[]): Promise<void> {
  if (planned.length === 0) return
  await ctx.db.execute(sql`
    insert into instalments as i (id, workspace_id, pledge_id, contact_id, due_on, amount, currency, skipped)
    select id, ${ctx.workspaceId}, pledge, contact, due, amount, currency, skipped from ${asRows(planned)}
    on conflict (workspace_id, pledge_id, due_on) do update
      set amount = excluded.amount, skipped = excluded.skipped, written_off = 0, paid = least(i.paid, excluded.amount)
    where (i.amount, i.skipped, i.written_off) is distinct from (excluded.amount, excluded.skipped, 0::bigint)`)
}
