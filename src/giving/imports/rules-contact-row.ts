import { fold, inert } from '@/kernel/text'
import { type Address, CONTACT_KINDS, type ContactKind } from '../contacts/rules'
import { pointProblem } from '../contacts/rules-points'
import type { Cells, RowProblem } from './rules'
import { line } from './rules-gift-row'

export type ContactEntry = {
  readonly kind: ContactKind
  readonly firstName: string
  readonly lastName: string
  /** Of a household or an organisation. */
  readonly name: string
  readonly email: string
  readonly phone: string
  readonly address: Address | null
  readonly notes: string
}

const MOST: Readonly<Record<string, number>> = {
  first_name: 120,
  last_name: 120,
  email: 320,
  phone: 320,
  street_address: 200,
  city: 100,
  state: 100,
  postal_code: 20,
}
const MOST_NOTES = 20_000

/** What a row says, or what is wrong with it. */
export function readContactRow(cells: Cells): ContactEntry | RowProblem {
  const kind = readKind(cells.kind)
  if (!kind) return { reason: 'badKind', field: 'kind' }
  const long = Object.keys(MOST).find((field) => line(cells[field]).length > (MOST[field] ?? 0))
  if (long) return { reason: 'long', field: long }
  const notes = inert(cells.notes ?? '').trim()
  if (notes.length > MOST_NOTES) return { reason: 'long', field: 'notes' }
  const points = readPoints(cells)
  if ('reason' in points) return points
  const names = readNames(kind, cells)
  const named = names.firstName + names.lastName + names.name !== ''
  return named ? { kind, ...names, ...points, notes } : { reason: 'noName', field: 'last_name' }
}

function readKind(text: string | undefined): ContactKind | undefined {
  const wanted = fold(text ?? '') || 'person'
  return CONTACT_KINDS.find((kind) => kind === wanted || (kind === 'organisation' && wanted === 'organization'))
}

function readNames(kind: ContactKind, cells: Cells): Pick<ContactEntry, 'firstName' | 'lastName' | 'name'> {
  const [firstName, lastName] = [line(cells.first_name), line(cells.last_name)]
  if (kind === 'person') return { firstName, lastName, name: '' }
  return { firstName: '', lastName: '', name: [firstName, lastName].filter(Boolean).join(' ') }
}

function readPoints(cells: Cells): Pick<ContactEntry, 'email' | 'phone' | 'address'> | RowProblem {
  const [email, phone] = [line(cells.email), line(cells.phone)]
  if (email && pointProblem('email', email)) return { reason: 'badEmail', field: 'email' }
  if (phone && pointProblem('phone', phone)) return { reason: 'badPhone', field: 'phone' }
  const country = readCountry(line(cells.country))
  if (country === null) return { reason: 'badCountry', field: 'country' }
  const [street, city] = [line(cells.street_address), line(cells.city)]
  const [region, postalCode] = [line(cells.state), line(cells.postal_code)]
  const address = { street, city, region, postalCode, country }
  return { email, phone, address: Object.values(address).some(Boolean) ? address : null }
}

const names = new Map<string, string>()

/** ISO 3166-1 alpha-2 of "PL", "Poland" or "Polska"; null for no country. */
function readCountry(text: string): string | null {
  if (text === '') return ''
  if (names.size === 0) nameCountries()
  return names.get(fold(text)) ?? null
}

const LETTERS = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ']

function nameCountries(): void {
  const languages = ['en', 'pl'].map((code) => new Intl.DisplayNames(code, { type: 'region', fallback: 'none' }))
  for (const code of LETTERS.flatMap((a) => LETTERS.map((b) => a + b))) {
    const known = languages.flatMap((language) => language.of(code) ?? [])
    for (const name of known.length > 0 ? [code, ...known] : []) names.set(fold(name), code)
  }
  for (const [short, code] of [
    ['usa', 'US'],
    ['uk', 'GB'],
  ] as const)
    names.set(short, code)
}
