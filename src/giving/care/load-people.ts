import { sql } from 'drizzle-orm'
import type { Ctx } from '@/accounts/context'

/** Whom a message is about, and how to reach them. */
export type Person = {
  readonly contactId: string
  readonly name: string
  readonly phone: string | null
  readonly email: string | null
}

/** Names of contacts, and the phone and mailbox that hold now, the primary one first. */
export async function loadPeople(
  { db, workspaceId }: Pick<Ctx, 'db' | 'workspaceId'>,
  contactIds: readonly string[],
): Promise<ReadonlyMap<string, Person>> {
  if (contactIds.length === 0) return new Map()
  const point = (kind: 'phone' | 'email') => sql`(
    select value from contact_points p
    where p.workspace_id = c.workspace_id and p.contact_id = c.id and p.kind = ${kind} and not p.historic
    order by p."primary" desc, p.bounced_at is null desc, p.created_at limit 1)`
  const rows = await db.execute<Person>(sql`
    select c.id as "contactId", c.display_name as name, ${point('phone')} as phone, ${point('email')} as email
    from contacts c
    where c.workspace_id = ${workspaceId} and c.id = any(${sql.param([...new Set(contactIds)])}::uuid[])`)
  return new Map(rows.map((row) => [row.contactId, row]))
}
