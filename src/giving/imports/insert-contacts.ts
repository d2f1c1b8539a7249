import { sql } from 'drizzle-orm'
import type { Ctx } from '@/accounts/context'
import { newId } from '@/kernel/ids'
import { displayName, sortName } from '../contacts/rules-names'
import { wordsOf } from '../contacts/rules-words'
import type { Person, Point } from './rules-match'

type NewPerson = Pick<Person, 'id' | 'kind' | 'firstName' | 'lastName' | 'name' | 'notes' | 'added'>

/** What `createContact` writes of one, of thousands in a handful of statements: rows, points, words. Theirs is whoever imports. */
export async function insertContacts(ctx: Ctx, persons: readonly NewPerson[]): Promise<void> {
  if (persons.length === 0) return
  const rows = persons.map((one) => ({ ...one, display: displayName(one), sort: sortName(one) }))
  const ownerId = ctx.actor.kind === 'job' ? null : ctx.actor.memberId
  const now = ctx.now.toISOString()
  await ctx.db.execute(sql`
    insert into contacts (id, workspace_id, kind, owner_id, first_name, last_name, name, display_name, sort_name, notes,
      created_at, updated_at)
    select id, ${ctx.workspaceId}, kind, ${ownerId}::uuid, "firstName", "lastName", name, display, sort, notes,
      ${now}::timestamptz, ${now}::timestamptz
    from json_to_recordset(${JSON.stringify(rows)}::json) r (id uuid, kind text, "firstName" text, "lastName" text,
      name text, display text, sort text, notes text)`)
  await insertPoints(ctx, persons)
  await writeWordsOf(
    ctx,
    persons.map(({ id }) => id),
  )
}

/** Points that people did not have; the first of its kind is primary where they have none. Answers their ids by person. */
export async function insertPoints(
  ctx: Ctx,
  persons: readonly { readonly id: string; readonly added: readonly Point[] }[],
): Promise<ReadonlyMap<string, string[]>> {
  const rows = persons.flatMap(({ id, added }) => added.map((point) => ({ ...point, id: newId(), contactId: id })))
  if (rows.length === 0) return new Map()
  await ctx.db.execute(sql`
    insert into contact_points (id, workspace_id, contact_id, kind, value, folded, address, "primary", created_at)
    select r.id, ${ctx.workspaceId}, r."contactId", r.kind, r.value, r.folded, r.address,
      row_number() over (partition by r."contactId", r.kind order by r.id) = 1 and not exists (
        select from contact_points p where p.workspace_id = ${ctx.workspaceId} and p.contact_id = r."contactId"
          and p.kind = r.kind and p."primary"),
      ${ctx.now.toISOString()}::timestamptz
    from json_to_recordset(${JSON.stringify(rows)}::json) r (id uuid, "contactId" uuid, kind text, value text,
      folded text, address jsonb)`)
  const byPerson = Map.groupBy(rows, ({ contactId }) => contactId)
  return new Map([...byPerson].map(([id, points]) => [id, points.map((point) => point.id)]))
}

type Searched = {
  readonly id: string
  readonly names: readonly string[]
  readonly points: readonly Pick<Point, 'kind' | 'value' | 'folded'>[] | null
}

/** The words by which search finds them, made anew. */
export async function writeWordsOf(ctx: Ctx, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  const mine = sql`${sql.param([...ids])}::uuid[]`
  const people = await ctx.db.execute<Searched>(sql`
    select c.id, array[c.first_name, c.last_name, c.name, c.salutation] as names, p.points
    from contacts c left join lateral (
      select json_agg(json_build_object('kind', kind, 'value', value, 'folded', folded)) as points
      from contact_points p where p.workspace_id = c.workspace_id and p.contact_id = c.id) p on true
    where c.id = any(${mine})`)
  const words = people.flatMap(({ id, names, points }) =>
    wordsOf({ names, points: points ?? [] }).map((word) => ({ id, word })),
  )
  await ctx.db.execute(sql`delete from contact_words where contact_id = any(${mine})`)
  await ctx.db.execute(sql`
    insert into contact_words (workspace_id, contact_id, word) select ${ctx.workspaceId}, id, word
    from json_to_recordset(${JSON.stringify(words)}::json) r (id uuid, word text)`)
}
