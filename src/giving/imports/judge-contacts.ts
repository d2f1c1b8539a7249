import { sql } from 'drizzle-orm'
import type { Ctx } from '@/accounts/context'
import { newId } from '@/kernel/ids'
import { fold } from '@/kernel/text'
import { cut, sortName } from '../contacts/rules-names'
import { visibleContacts } from '../contacts/visible-contacts'
import { countryOf, foldEmail, foldPhone } from '../contacts/write-points'
import { failed } from './judge-gifts'
import { type ContactEntry, readContactRow } from './rules-contact-row'
import type { FileRow } from './rules-file'
import {
  type ContactRow,
  judgeContact,
  newPeople,
  orderRows,
  type People,
  type Person,
  type Point,
} from './rules-match'
import type { JudgedRow } from './write-rows'

/** The verdict of every row of a file of contacts, in the order in which they are to be committed. Writes nothing. */
export async function judgeContacts(ctx: Ctx, rows: Iterable<FileRow>): Promise<JudgedRow[]> {
  const { read, broken } = readRows(rows, await countryOf(ctx))
  const people = await findPeople(ctx, read)
  const judged = orderRows(read).map((row): JudgedRow => {
    const { verdict, person } = judgeContact(people, row, newId)
    const twinId = verdict === 'new' || person.line !== null ? null : person.id
    const twinLine = verdict === 'new' ? null : person.line
    const { line, cells } = row
    const nothing = { reason: null, field: null, occurrence: null, entry: null }
    return { line, cells, verdict, twinId, twinLine, contactId: person.id, ...nothing }
  })
  return [...broken, ...judged]
}

export type ReadContact = ContactRow & FileRow

export function readRows(rows: Iterable<FileRow>, country: string | null) {
  const [read, broken]: [ReadContact[], JudgedRow[]] = [[], []]
  for (const row of rows) {
    const entry = row.crooked ? { reason: 'crooked', field: null } : readContactRow(row.cells)
    if ('reason' in entry) broken.push(failed(row, entry.reason, entry.field))
    else read.push({ ...row, entry, points: pointsOf(entry, country) })
  }
  return { read, broken }
}

function pointsOf({ email, phone, address }: ContactEntry, country: string | null): Point[] {
  const points: Point[] = []
  if (email) points.push({ kind: 'email', value: email, folded: foldEmail(email), address: null })
  if (phone) points.push({ kind: 'phone', value: phone, folded: foldPhone(phone, country), address: null })
  if (address) {
    const place = [address.postalCode, address.city].filter(Boolean).join(' ')
    const value = [address.street, place, address.region, address.country].filter(Boolean).join(', ')
    points.push({ kind: 'address', value, folded: cut(fold(value)), address })
  }
  return points
}

type Known = Omit<Person, 'line' | 'added' | 'changed' | 'points'> & { readonly points: Person['points'] | null }

/** Everybody whom one of these rows may mean. */
export async function findPeople(ctx: Ctx, rows: readonly ContactRow[]): Promise<People> {
  const points = rows.flatMap((row) => row.points).filter(({ kind }) => kind !== 'address')
  const folded = (kind: Point['kind']) =>
    sql.param([...new Set(points.filter((one) => one.kind === kind).map((one) => one.folded))])
  const names = sql.param([...new Set(rows.map(({ entry }) => sortName(entry)))])
  const known = await ctx.db.execute<Known>(sql`
    select contacts.id, contacts.kind, first_name as "firstName", last_name as "lastName", name, notes, p.points
    from contacts left join lateral (
      select json_agg(json_build_object('kind', kind, 'folded', folded)) as points from contact_points p
      where p.workspace_id = contacts.workspace_id and p.contact_id = contacts.id) p on true
    where ${visibleContacts(ctx)} and contacts.id in (
      select contact_id from contact_points where kind = 'email' and folded = any(${folded('email')}::text[])
      union all select contact_id from contact_points where kind = 'phone' and folded = any(${folded('phone')}::text[])
      union all select id from contacts where sort_name = any(${names}::text[]))
    order by contacts.created_at, contacts.id`)
  return newPeople(known.map((one) => ({ ...one, points: one.points ?? [], line: null, added: [], changed: false })))
}
