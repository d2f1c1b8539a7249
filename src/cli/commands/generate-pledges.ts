import { sql } from 'drizzle-orm'
import type { Ctx } from '@/accounts/context'
import { paysFrom } from '@/giving/pledges/rules-allocate'
import { firstTerms } from '@/giving/pledges/rules-schedule'
import type { PlainDate } from '@/kernel/dates'
import { newId } from '@/kernel/ids'
import type { Habit, Promised } from './generate-giving'

/** A pledge to be written; its instalments come with `settle`. */
export type NewPledge = {
  readonly contactId: string
  readonly promised: Promised
  readonly habit: Habit
  readonly fundId: string | null
}

/** Pledges with their terms and pauses, open as yet: what was cancelled is cancelled once its gifts have paid. */
export async function writePledges(ctx: Ctx, today: PlainDate, pledges: readonly NewPledge[]): Promise<void> {
  if (pledges.length === 0) return
  const rows = pledges.map(({ contactId, promised, habit, fundId }) => {
    const { frequency, startOn, endOn, pause } = promised
    const terms = firstTerms({ startOn, frequency, amount: BigInt(habit.amount), firstAfterPeriod: false })
    return {
      ...{
        id: newId(),
        pauseId: newId(),
        contactId,
        fundId,
        startOn,
        endOn,
        currency: habit.currency,
        frequency,
        pause,
      },
      ...{ amount: habit.amount, firstDueOn: terms.firstDueOn, anchorDay: terms.anchorDay },
      paysFrom: paysFrom(startOn, frequency),
      created: `${startOn < today ? startOn : today}T08:00:00Z`,
    }
  })
  const list = sql`json_to_recordset(${JSON.stringify(rows)}::json) r (id uuid, "pauseId" uuid, "contactId" uuid,
    "fundId" uuid, "startOn" date, "endOn" date, currency char(3), frequency text, pause jsonb, amount bigint,
    "firstDueOn" date, "anchorDay" smallint, "paysFrom" date, created timestamptz)`
  await ctx.db.execute(sql`
    insert into pledges (id, workspace_id, contact_id, currency, fund_id, start_on, end_on, pays_from, planned_until,
      created_at, created_by)
    select id, ${ctx.workspaceId}, "contactId", currency, "fundId", "startOn", "endOn", "paysFrom", ${today}, created,
      'job:generate' from ${list}`)
  await ctx.db.execute(sql`
    insert into pledge_terms (workspace_id, pledge_id, from_on, amount, frequency, first_due_on, anchor_day, created_at, created_by)
    select ${ctx.workspaceId}, id, "startOn", amount, frequency, "firstDueOn", "anchorDay", created, 'job:generate' from ${list}`)
  await ctx.db.execute(sql`
    insert into pledge_pauses (id, workspace_id, pledge_id, from_on, until_on, created_at, created_by)
    select "pauseId", ${ctx.workspaceId}, id, (pause ->> 'fromOn')::date, (pause ->> 'untilOn')::date, created, 'job:generate'
    from ${list} where jsonb_typeof(pause) = 'object'`)
}

export type Cancelled = { readonly contactId: string; readonly on: PlainDate }

/** As `cancelPledge` leaves it: what was not yet due on that day is written off, what was is owed. */
export async function cancelPledges(ctx: Ctx, cancelled: readonly Cancelled[]): Promise<void> {
  if (cancelled.length === 0) return
  const list = sql`json_to_recordset(${JSON.stringify(cancelled)}::json) r ("contactId" uuid, "on" date)`
  await ctx.db.execute(sql`
    update instalments i set written_off = i.amount - i.paid from ${list}
    where i.contact_id = r."contactId" and i.due_on > r."on" and not i.skipped`)
  await ctx.db.execute(sql`
    update pledges p set cancelled_on = r."on" from ${list} where p.contact_id = r."contactId"`)
}
