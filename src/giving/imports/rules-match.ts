import type { ContactKind, PointKind } from '../contacts/rules'
import { sortName } from '../contacts/rules-names'
import type { ContactEntry } from './rules-contact-row'

/** An e-mail address, phone or postal address as it is kept. */
export type Point = {
  readonly kind: PointKind
  readonly value: string
  readonly folded: string
  readonly address: ContactEntry['address']
}

/** Somebody who is there, or was made of a row before. */
export type Person = {
  readonly id: string
  /** The row that made them; null: they were there. */
  readonly line: number | null
  readonly kind: ContactKind
  firstName: string
  lastName: string
  readonly name: string
  notes: string
  readonly points: Pick<Point, 'kind' | 'folded'>[]
  /** What rows have added. */
  readonly added: Point[]
  changed: boolean
}

export type ContactRow = { readonly line: number; readonly entry: ContactEntry; readonly points: readonly Point[] }
export type ContactVerdict = { readonly verdict: 'new' | 'update' | 'duplicate' | 'possible'; readonly person: Person }

/** People by what rows know of them. */
export type People = {
  readonly byPoint: Map<string, Person[]>
  readonly byName: Map<string, Person[]>
}

export function newPeople(persons: readonly Person[]): People {
  const people: People = { byPoint: new Map(), byName: new Map() }
  for (const person of persons) addPerson(people, person)
  return people
}

function addPerson({ byPoint, byName }: People, person: Person): void {
  for (const point of person.points) push(byPoint, pointKey(point), person)
  push(byName, sortName(person), person)
}

function push(map: Map<string, Person[]>, key: string, person: Person): void {
  map.set(key, [...(map.get(key) ?? []), person])
}

function pointKey({ kind, folded }: Pick<Point, 'kind' | 'folded'>): string {
  return `${kind} ${folded}`
}

/** Rows that say more of a person come first, so that a file in another order gives the same. */
export function orderRows<Row extends { readonly entry: ContactEntry }>(rows: readonly Row[]): Row[] {
  return rows.toSorted((a, b) => known(b.entry) - known(a.entry))
}

function known({ email, phone }: ContactEntry): number {
  return (email ? 2 : 0) + (phone ? 1 : 0)
}

/**
 * Who a row is: the same e-mail or phone and no other name is the same person; a name alone makes it possible, unless both
 * have e-mails that differ. What the row adds is put to that person; nothing that is there is replaced.
 */
export function judgeContact(
  people: People,
  row: ContactRow,
  mint: () => string,
  withPossible = false,
): ContactVerdict {
  const same = findSame(people, row)
  if (same) return merge(people, same, row)
  const like = findLike(people, row)
  if (like && addsNothing(like, row) && sortName(like) === sortName(row.entry))
    return { verdict: 'duplicate', person: like }
  if (like && !withPossible) return { verdict: 'possible', person: like }
  const person = makePerson(row, mint())
  addPerson(people, person)
  return { verdict: 'new', person }
}

function findSame({ byPoint }: People, { entry, points }: ContactRow): Person | undefined {
  const name = sortName(entry)
  return points
    .filter(({ kind }) => kind !== 'address')
    .flatMap((point) => byPoint.get(pointKey(point)) ?? [])
    .find((person) => sortName(person) === name)
}

function findLike({ byPoint, byName }: People, { entry, points }: ContactRow): Person | undefined {
  const mail = points.find(({ kind }) => kind === 'email')
  const [sharing] = mail ? (byPoint.get(pointKey(mail)) ?? []) : []
  if (sharing) return sharing
  const named = byName.get(sortName(entry)) ?? []
  return named.find((person) => !mail || !person.points.some(({ kind }) => kind === 'email'))
}

function addsNothing(person: Person, { entry, points }: ContactRow): boolean {
  return newPoints(person, points).length === 0 && person.notes.includes(entry.notes)
}

function newPoints(person: Person, points: readonly Point[]): Point[] {
  return points.filter((point) => !person.points.some((one) => pointKey(one) === pointKey(point)))
}

function merge({ byPoint }: People, person: Person, row: ContactRow): ContactVerdict {
  if (addsNothing(person, row)) return { verdict: 'duplicate', person }
  for (const point of newPoints(person, row.points)) {
    person.points.push(point)
    person.added.push(point)
    push(byPoint, pointKey(point), person)
  }
  if (!person.notes.includes(row.entry.notes)) {
    person.notes = [person.notes, row.entry.notes].filter(Boolean).join('\n')
  }
  person.changed = true
  return { verdict: 'update', person }
}

function makePerson({ line, entry, points }: ContactRow, id: string): Person {
  const { kind, firstName, lastName, name, notes } = entry
  return { id, line, kind, firstName, lastName, name, notes, points: [...points], added: [...points], changed: false }
}
