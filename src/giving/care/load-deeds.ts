import { sql } from 'drizzle-orm'
import type { Ctx } from '@/accounts/context'
import type { PlainDate } from '@/kernel/dates'
import type { CareDay } from './read-day'

/** What was done about a contact already: so that two people do not call one donor. */
export type Deeds = {
  readonly contactId: string
  /** The day on which somebody spoke to them last. */
  readonly spokenOn: PlainDate | null
  /** The day of the next open task about them. */
  readonly taskOn: PlainDate | null
}

export async function loadDeeds(
  { db, workspaceId }: Pick<Ctx, 'db' | 'workspaceId'>,
  { today, timeZone }: Pick<CareDay, 'today' | 'timeZone'>,
  contactIds: readonly string[],
): Promise<ReadonlyMap<string, Deeds>> {
  if (contactIds.length === 0) return new Map()
  const rows = await db.execute<Deeds>(sql`
    select c.id as "contactId",
      (select (t.at at time zone ${timeZone})::date::text from touches t where t.workspace_id = ${workspaceId}
        and t.contact_id = c.id and t.deleted_at is null order by t.at desc limit 1) as "spokenOn",
      (select min(k.due_on)::text from tasks k where k.workspace_id = ${workspaceId} and k.contact_id = c.id
        and k.done_at is null and k.deleted_at is null and k.due_on >= ${today}) as "taskOn"
    from unnest(${sql.param([...new Set(contactIds)])}::uuid[]) c (id)`)
  return new Map(rows.map((row) => [row.contactId, row]))
}
