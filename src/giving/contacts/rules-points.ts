import type { PointKind } from './rules'
import { digitsOf } from './rules-phones'

/** What HTML takes for an address, with letters of any alphabet. */
const EMAIL = /^[^\s@"(),:;<>[\]\\]+@[^\s@"(),:;<>[\]\\.]+(\.[^\s@"(),:;<>[\]\\.]+)+$/
const LEAST_DIGITS = 3
const MOST_DIGITS = 20

/** What is wrong with what was typed, as a key of the `errors` texts; null where nothing is. */
export function pointProblem(
  kind: PointKind,
  typed: string,
): 'contact.badEmail' | 'contact.badPhone' | 'contact.noAddress' | null {
  switch (kind) {
    case 'email':
      return EMAIL.test(typed) ? null : 'contact.badEmail'
    case 'phone':
      return isPhone(typed) ? null : 'contact.badPhone'
    case 'address':
      return typed === '' ? 'contact.noAddress' : null
  }
}

function isPhone(typed: string): boolean {
  const { length } = digitsOf(typed)
  return length >= LEAST_DIGITS && length <= MOST_DIGITS && !/[^\d\s+()./x-]/i.test(typed)
}
