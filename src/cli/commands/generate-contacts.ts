import { sql } from 'drizzle-orm'
import type { Ctx } from '@/accounts/context'
import { type Address, POINT_KINDS } from '@/giving/contacts/rules'
import { insertPoints, writeWordsOf } from '@/giving/imports/insert-contacts'
import { addDays, type PlainDate } from '@/kernel/dates'
import { newId } from '@/kernel/ids'
import { fold } from '@/kernel/text'
import type { Person } from './generate-people'

/** Whom to write: `since` is their first gift, null for who never gave. */
export type NewPerson = { readonly id: string; readonly person: Person; readonly since: PlainDate | null }

/** Members of a group, of each hundred contacts. */
const GROUPS: Readonly<Record<string, number>> = { Newsletter: 40, Parish: 12, Friends: 6, Runners: 3, Board: 1 }

type Desk = { readonly today: PlainDate; readonly memberIds: readonly string[] }

/** Rows of contacts, their points and words, and when somebody spoke to them: a handful of statements for thousands. */
export async function writePeople(ctx: Ctx, { today, memberIds }: Desk, people: readonly NewPerson[]): Promise<void> {
  const rows = people.map(({ id, person, since }) => ({
    ...person,
    id,
    status: since === null ? person.status : 'donor',
    ownerId: memberIds[Math.floor(person.owner * (memberIds.length + 0.1 * memberIds.length))] ?? null,
    created: `${addDays(since ?? today, -person.knownDays)}T09:00:00Z`,
    touched: person.touchedDays === null ? null : `${addDays(today, -1 - person.touchedDays)}T10:00:00Z`,
    touchId: newId(),
  }))
  await ctx.db.execute(sql`
    with people as (
      select * from json_to_recordset(${JSON.stringify(rows)}::json) r (id uuid, kind text, "ownerId" uuid, status text,
        "firstName" text, "lastName" text, name text, display text, sort text, birthday date, "deceasedOn" date,
        "doNotContact" boolean, created timestamptz, touched timestamptz, "touchId" uuid)),
    written as (
      insert into contacts (id, workspace_id, kind, owner_id, status, first_name, last_name, name, display_name, sort_name,
        birthday, deceased_on, do_not_contact, created_at, updated_at)
      select id, ${ctx.workspaceId}, kind, "ownerId", status, "firstName", "lastName", name, display, sort, birthday,
        "deceasedOn", "doNotContact", created, created from people returning id)
    insert into touches (id, workspace_id, contact_id, member_id, kind, at, created_at, created_by)
    select "touchId", ${ctx.workspaceId}, p.id, "ownerId", 'call', touched, touched, 'job:generate'
    from people p join written w on w.id = p.id where touched is not null`)
  const reached = people.map(({ id, person }) => ({ id, added: pointsOf(person) }))
  await insertPoints(ctx, reached)
  await writeWordsOf(ctx, [...reached.map(({ id }) => id)])
}

function pointsOf({ email, phone, address }: Person) {
  const line = address ? `${address.street}, ${address.postalCode} ${address.city}, ${address.country}` : null
  const values = { email, phone, address: line }
  return POINT_KINDS.flatMap((kind) => {
    const value = values[kind]
    if (value === null) return []
    const own: Address | null = kind === 'address' ? address : null
    return [{ kind, value, folded: kind === 'address' ? fold(value) : value, address: own }]
  })
}

/** Shared groups, each with its share of all contacts. */
export async function writeGroups(ctx: Ctx): Promise<void> {
  for (const [name, share] of Object.entries(GROUPS)) {
    await ctx.db.execute(sql`
      with made as (
        insert into groups (id, workspace_id, name, folded) values (${newId()}, ${ctx.workspaceId}, ${name}, ${fold(name)})
        on conflict do nothing returning id)
      insert into group_members (workspace_id, group_id, contact_id)
      select ${ctx.workspaceId}, made.id, c.id from made, contacts c
      where abs(hashtext(${name} || c.sort_name || c.created_at::text)) % 100 < ${share}`)
  }
}

/** Something to do with one contact in twenty: a fifth of it open, due about now. */
export async function writeTasks(ctx: Ctx, { today, memberIds }: Desk): Promise<void> {
  const members = sql`${sql.param([...memberIds])}::uuid[]`
  await ctx.db.execute(sql`
    insert into tasks (id, workspace_id, contact_id, assignee_id, kind, title, due_on, done_at, created_at, created_by)
    select gen_random_uuid(), ${ctx.workspaceId}, c.id, (${members})[1 + n % ${memberIds.length}], 'call', 'Call ' || c.display_name,
      ${today}::date + (n % 60)::int - 20, case when n % 5 <> 0 then now() - n % 400 * interval '1 day' end,
      now() - n % 500 * interval '1 day', 'job:generate'
    from (select *, row_number() over (order by sort_name, id) as n from contacts) c where n % 20 = 0`)
}
