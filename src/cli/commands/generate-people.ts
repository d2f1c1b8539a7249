import type { ContactKind, ContactStatus } from '@/giving/contacts/rules'
import { displayName, sortName } from '@/giving/contacts/rules-names'
import { addDays, type PlainDate } from '@/kernel/dates'
import { type Draws, drawsOf } from './generate-draws'
import { ENGLISH, type Nation, ORGANISATIONS, POLISH } from './generate-names'

const SALT = 11

/** Somebody made up, as the tables of contacts keep them. */
export type Person = {
  readonly kind: ContactKind
  readonly firstName: string
  readonly lastName: string
  readonly name: string
  readonly display: string
  readonly sort: string
  readonly birthday: PlainDate | null
  readonly deceasedOn: PlainDate | null
  readonly doNotContact: boolean
  readonly email: string | null
  /** E.164. */
  readonly phone: string | null
  readonly address: Readonly<Record<'street' | 'postalCode' | 'city' | 'region' | 'country', string>> | null
  /** From 0 to 1, for whoever looks after them. */
  readonly owner: number
  /** Of those who never gave. */
  readonly status: ContactStatus
  /** Days before the first gift, or before today, on which they came to the desk. */
  readonly knownDays: number
  /** Days since somebody spoke to them; null: nobody ever did. */
  readonly touchedDays: number | null
}

export function personOf(seed: number, at: number, today: PlainDate): Person {
  const draws = drawsOf(seed, at, SALT)
  const nation = draws.chance(0.85) ? POLISH : ENGLISH
  const names = namesOf(draws, nation)
  const living = !draws.chance(0.01)
  return {
    ...names,
    ...{ display: displayName(names), sort: sortName(names) },
    birthday: names.kind === 'person' && draws.chance(0.4) ? addDays('1940-01-01', draws.whole(0, 23_000)) : null,
    deceasedOn: living ? null : addDays(today, -draws.whole(10, 900)),
    doNotContact: draws.chance(0.02),
    ...{ email: emailOf(draws, names, at), phone: phoneOf(draws, nation, at), address: addressOf(draws, nation) },
    owner: draws.next(),
    status: draws.pick<ContactStatus>(['prospect', 'prospect', 'prospect', 'asked', 'declined']),
    knownDays: draws.whole(1, 300),
    touchedDays: draws.chance(0.75) ? Math.floor(-Math.log(1 - draws.next()) * 40) : null,
  }
}

function namesOf(draws: Draws, nation: Nation) {
  const family = draws.pick(nation.family)
  const kind = draws.chance(0.9) ? 'person' : draws.pick<ContactKind>(['household', 'organisation'])
  const none = { firstName: '', lastName: '', name: '' }
  if (kind === 'person') return { ...none, kind, firstName: draws.pick(nation.given), lastName: family }
  return { ...none, kind, name: kind === 'household' ? family : `${draws.pick(ORGANISATIONS)} ${family}` }
}

function emailOf(draws: Draws, { firstName, lastName }: { firstName: string; lastName: string }, at: number) {
  if (!draws.chance(0.8)) return null
  const local = [firstName, lastName].join('.').normalize('NFD').replaceAll('ł', 'l').replaceAll('Ł', 'L')
  return `${local.replace(/[^A-Za-z.]/g, '').toLowerCase()}${at}@example.org`.replace(/^\./, 'office')
}

function phoneOf(draws: Draws, { phone: [code, begins] }: Nation, at: number): string | null {
  const digits = code === '+48' ? 7 : 6
  return draws.chance(0.6) ? `${code}${begins}${String(at % 10 ** digits).padStart(digits, '0')}` : null
}

function addressOf(draws: Draws, { streets, cities, country }: Nation): Person['address'] {
  if (!draws.chance(0.5)) return null
  const [city, postal] = draws.pick(cities)
  const postalCode = country === 'PL' ? `${postal}-${draws.whole(100, 999)}` : `${postal}${draws.whole(1, 9)} 1AA`
  return { street: `${draws.pick(streets)} ${draws.whole(1, 180)}`, postalCode, city, region: '', country }
}
