import { type SQL, sql } from 'drizzle-orm'
import type { Ctx } from '@/accounts/context'
import type { PlainDate } from '@/kernel/dates'
import type { CareDay } from './read-day'

/** A pledge that somebody may be asked about: its oldest instalment that is late. */
export type LatePledge = {
  readonly pledgeId: string
  readonly contactId: string
  readonly ownerId: string | null
  readonly dueOn: PlainDate
  readonly daysLate: number
}

/**
 * RULES "Late": open pledges with an instalment that is not fully paid and due before today less the grace, the longest
 * first. Not in an agreed pause, and not of those whom nobody may ask: deceased, declined, do-not-contact.
 */
export async function findLatePledges(
  ctx: Pick<Ctx, 'db' | 'workspaceId'>,
  { today, graceDays }: Pick<CareDay, 'today' | 'graceDays'>,
  whose: SQL = sql`true`,
): Promise<readonly LatePledge[]> {
  return ctx.db.execute<LatePledge>(sql`
    with oldest as materialized (
      select i.pledge_id, min(i.due_on) as due_on from instalments i
      join pledges p on p.workspace_id = i.workspace_id and p.id = i.pledge_id
      where i.workspace_id = ${ctx.workspaceId} and not i.skipped and i.paid < i.amount - i.written_off
        and i.due_on < ${today}::date and i.due_on < ${today}::date - coalesce(p.grace_days, ${graceDays}::smallint)
        and p.cancelled_on is null and p.completed_on is null
      group by i.pledge_id
    )
    select p.id as "pledgeId", p.contact_id as "contactId", c.owner_id as "ownerId", o.due_on::text as "dueOn",
      ${today}::date - o.due_on as "daysLate"
    from oldest o
    join pledges p on p.workspace_id = ${ctx.workspaceId} and p.id = o.pledge_id
    join contacts c on c.workspace_id = p.workspace_id and c.id = p.contact_id
    where c.deleted_at is null and c.deceased_on is null and not c.do_not_contact and c.status <> 'declined' and ${whose}
      and not exists (select from pledge_pauses s where s.workspace_id = p.workspace_id and s.pledge_id = p.id
        and s.from_on <= ${today}::date and (s.until_on is null or s.until_on > ${today}::date))
    order by o.due_on, p.id`)
}
