import { type SQL, sql } from 'drizzle-orm'
import type { Ctx } from '@/accounts/context'
import { addDays, type PlainDate } from '@/kernel/dates'
import type { CareDay } from './read-day'
import { daysNotContacted, NOT_CONTACTED_DAYS } from './rules-contacted'

/** A donor to whom nobody has spoken. */
export type SilentContact = {
  readonly contactId: string
  readonly ownerId: string | null
  readonly sinceOn: PlainDate
  readonly days: number
}

type Row = Omit<SilentContact, 'days' | 'sinceOn'> & {
  readonly lastTouch: PlainDate | null
  readonly knownSince: PlainDate
}

/** Donors without a touch for 60 days, the longest first. `whose`: a condition on `contacts c`. */
export async function findSilentContacts(
  ctx: Pick<Ctx, 'db' | 'workspaceId'>,
  { today, timeZone }: Pick<CareDay, 'today' | 'timeZone'>,
  whose: SQL = sql`true`,
): Promise<readonly SilentContact[]> {
  const rows = await ctx.db.execute<Row>(sql`
    with touched as materialized (
      select contact_id, max(at) as at from touches
      where workspace_id = ${ctx.workspaceId} and deleted_at is null group by contact_id
    )
    select c.id as "contactId", c.owner_id as "ownerId", (t.at at time zone ${timeZone})::date::text as "lastTouch",
      (c.created_at at time zone ${timeZone})::date::text as "knownSince"
    from contacts c left join touched t on t.contact_id = c.id
    where c.workspace_id = ${ctx.workspaceId} and c.deleted_at is null and c.status = 'donor' and c.deceased_on is null
      and not c.do_not_contact and ${whose}
      and (coalesce(t.at, c.created_at) at time zone ${timeZone})::date <= ${addDays(today, -NOT_CONTACTED_DAYS)}
    order by coalesce(t.at, c.created_at), c.id`)
  return rows.flatMap(({ lastTouch, knownSince, ...row }) => {
    const donor = { status: 'donor', deceased: false, doNotContact: false, lastTouch, knownSince }
    const days = daysNotContacted(donor, today)
    return days === null ? [] : [{ ...row, sinceOn: lastTouch ?? knownSince, days }]
  })
}
