import { sortName } from '../contacts/rules-names'

/** Who gave, as a row names them. */
export type Giver = { readonly email: string; readonly firstName: string; readonly lastName: string }

/** Somebody who is there. */
export type KnownGiver = { readonly id: string; readonly sortName: string; readonly emails: readonly string[] }

/** Somebody who is made by the import. */
export type NewGiver = Giver & { readonly id: string }

export type Resolved = { readonly contactId: string; readonly made: NewGiver | null } | { readonly reason: string }

/** By which rows of one giver are told. */
export function giverKey(giver: Giver): string {
  return `${giver.email.toLowerCase()}\n${giverName(giver)}`
}

/** Folded, as contacts are ordered by. */
export function giverName({ firstName, lastName }: Giver): string {
  return sortName({ kind: 'person', firstName, lastName, name: '' })
}

type Index = { readonly byEmail: Map<string, KnownGiver[]>; readonly byName: Map<string, KnownGiver[]> }

/**
 * Who each row means: by e-mail; where several share it by their names too; without one by a name that only one bears.
 * Whoever is not known is made, once. In whatever order the rows come the answer is the same.
 */
export function resolveGivers(
  givers: readonly Giver[],
  known: readonly KnownGiver[],
  mint: (giver: Giver) => string,
): ReadonlyMap<string, Resolved> {
  const index = indexOf(known)
  const distinct = new Map(givers.map((giver) => [giverKey(giver), giver]))
  // Those with an e-mail first, and of one e-mail those with a name: the others may mean them.
  const sorted = [...distinct].sort(([a, one], [b, other]) => rank(one) - rank(other) || (a < b ? -1 : 1))
  return new Map(sorted.map(([key, giver]) => [key, resolve(index, giver, mint)]))
}

function rank(giver: Giver): number {
  return (giver.email === '' ? 2 : 0) + (giverName(giver) === '' ? 1 : 0)
}

function resolve(index: Index, giver: Giver, mint: (giver: Giver) => string): Resolved {
  const [email, name] = [giver.email.toLowerCase(), giverName(giver)]
  const found = email ? (index.byEmail.get(email) ?? []) : (index.byName.get(name) ?? [])
  const named = email && found.length > 1 ? found.filter((one) => one.sortName === name) : found
  const [only, second] = named
  if (only && !second) return { contactId: only.id, made: null }
  if (found.length > 0) return { reason: email ? 'manyOfEmail' : 'manyOfName' }
  return make(index, giver, mint)
}

function make(index: Index, giver: Giver, mint: (giver: Giver) => string): Resolved {
  const nameless = giver.firstName === '' && giver.lastName === ''
  const made = { ...giver, lastName: nameless ? giver.email : giver.lastName, id: mint(giver) }
  add(index, { id: made.id, sortName: giverName(made), emails: made.email ? [made.email.toLowerCase()] : [] })
  return { contactId: made.id, made }
}

function indexOf(known: readonly KnownGiver[]): Index {
  const index: Index = { byEmail: new Map(), byName: new Map() }
  for (const one of known) add(index, one)
  return index
}

function add({ byEmail, byName }: Index, one: KnownGiver): void {
  for (const email of one.emails) byEmail.set(email, [...(byEmail.get(email) ?? []), one])
  byName.set(one.sortName, [...(byName.get(one.sortName) ?? []), one])
}
