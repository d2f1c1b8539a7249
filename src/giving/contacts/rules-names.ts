import { fold } from '@/kernel/text'
import type { ContactKind } from './rules'

export type Names = {
  readonly kind: ContactKind
  readonly firstName: string
  readonly lastName: string
  readonly name: string
}

/** What lists and messages call a contact: "Jan Kowalski", "Kowalscy", "Bakery Ltd". */
export function displayName({ kind, firstName, lastName, name }: Names): string {
  return kind === 'person' ? [firstName, lastName].filter(Boolean).join(' ') : name
}

/** The names that its kind has; the others are emptied, so that search finds nobody by them. */
export function ownNames({ kind, firstName, lastName, name }: Names): Omit<Names, 'kind'> {
  return kind === 'person' ? { firstName, lastName, name: '' } : { firstName: '', lastName: '', name }
}

/** An index holds no longer text; one letter may fold to eighteen. */
const MOST_FOLDED = 200

/** By what lists are ordered: folded, a person's last name first. */
export function sortName({ kind, firstName, lastName, name }: Names): string {
  return cut(fold(kind === 'person' ? `${lastName} ${firstName}` : name))
}

/** Folded text that fits an index, not ended in half a character. */
export function cut(folded: string): string {
  return folded.slice(0, MOST_FOLDED).toWellFormed()
}
