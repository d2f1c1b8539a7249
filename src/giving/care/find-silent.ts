import { type SQL, sql } from 'drizzle-orm'
import type { Ctx } from '@/accounts/context'
import { addDays, momentOf, type PlainDate } from '@/kernel/dates'
import type { CareDay } from './read-day'
import { daysNotContacted, NOT_CONTACTED_DAYS } from './rules-contacted'

/** A donor to whom nobody has spoken. */
export type SilentContact = {
  readonly contactId: string
  readonly ownerId: string | null
  readonly sinceOn: PlainDate
  readonly days: number
}

const DONOR = { status: 'donor', deceased: false, doNotContact: false } as const

type Scope = Pick<Ctx, 'db' | 'workspaceId'>
type Day = Pick<CareDay, 'today' | 'timeZone'>

/**
 * Donors without a touch for 60 days, the longest first. `spoken_at` says when the last was, or when they came to the
 * desk; the condition is `daysNotContacted` as an index answers it. `whose`: a condition on `contacts c`.
 */
export async function findSilentContacts(
  ctx: Scope,
  day: Day,
  whose: SQL = sql`true`,
  page: SQL = sql``,
): Promise<readonly SilentContact[]> {
  const rows = await ctx.db.execute<Omit<SilentContact, 'days'>>(sql`
    select c.id as "contactId", c.owner_id as "ownerId", (c.spoken_at at time zone ${day.timeZone})::date::text as "sinceOn"
    from contacts c where ${isSilent(ctx, day)} and ${whose} order by c.spoken_at, c.id ${page}`)
  return rows.flatMap((row) => {
    const days = daysNotContacted({ ...DONOR, lastTouch: row.sinceOn, knownSince: row.sinceOn }, day.today)
    return days === null ? [] : [{ ...row, days }]
  })
}

/** How many there are. */
export async function countSilentContacts(ctx: Scope, day: Day, whose: SQL): Promise<number> {
  const [row] = await ctx.db.execute<{ count: number }>(sql`
    select count(*)::int as count from contacts c where ${isSilent(ctx, day)} and ${whose}`)
  return row?.count ?? 0
}

function isSilent({ workspaceId }: Scope, { today, timeZone }: Day): SQL {
  const before = momentOf(addDays(today, 1 - NOT_CONTACTED_DAYS), 0, timeZone).toISOString()
  return sql`c.workspace_id = ${workspaceId} and c.deleted_at is null and c.status = 'donor' and c.deceased_on is null
    and not c.do_not_contact and c.spoken_at < ${before}::timestamptz`
}
