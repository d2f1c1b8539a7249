import { toDecimal } from '@/kernel/money'
import { readAmount } from '@/kernel/money-input'
import { inert } from '@/kernel/text'
import { pointProblem } from '../contacts/rules-points'
import { MOST_AMOUNT } from '../gifts/rules'
import type { RowProblem } from './rules'
import type { Giver } from './rules-givers'

/** Who brought a gift about, and with how much of it: minor units of the gift's currency. */
export type Credit = { readonly giver: Giver; readonly amount: bigint }

/** As typed ones. */
const MOST_CREDITS = 10
const MOST_NAME = 120
/** Characters of a cell: what ten credits need with the longest names. */
const MOST_LETTERS = 10_000

/**
 * The soft credits of one cell: a line each, `e-mail|first name|last name|amount`. A `|` or `\` within a part has a `\`
 * before it. Nothing for an empty cell.
 */
export function readCredits(text: string, currency: string): readonly Credit[] | RowProblem {
  if (text.length > MOST_LETTERS) return { reason: 'long', field: 'soft_credits' }
  const lines = text.split(/\r\n|\r|\n/).filter((one) => one.trim() !== '')
  if (lines.length > MOST_CREDITS) return { reason: 'long', field: 'soft_credits' }
  const read = lines.map((one) => readCredit(one, currency))
  const credits = read.filter((one) => one !== null)
  return credits.length === read.length ? credits : { reason: 'badCredit', field: 'soft_credits' }
}

function readCredit(text: string, currency: string): Credit | null {
  const [email, firstName, lastName, worth, ...more] = splitParts(text).map((part) => inert(part).trim())
  if (worth === undefined || more.length > 0) return null
  const giver = { email: email ?? '', firstName: firstName ?? '', lastName: lastName ?? '' }
  if (giver.email !== '' && pointProblem('email', giver.email)) return null
  const name = giver.firstName + giver.lastName
  if (giver.email + name === '' || name.length > MOST_NAME * 2) return null
  const read = readAmount(worth, currency)
  return 'amount' in read && read.amount > 0n && read.amount <= MOST_AMOUNT ? { giver, amount: read.amount } : null
}

/** A letter as it stands, or whatever stands behind a backslash. */
const LETTER = /\\(.)|./gsu

/** At every `|` that no backslash stands before. */
function splitParts(text: string): string[] {
  const parts = ['']
  for (const [whole, guarded] of text.matchAll(LETTER)) {
    if (whole === '|') parts.push('')
    else parts.push(`${parts.pop() ?? ''}${guarded ?? whole}`)
  }
  return parts
}

/** What `readCredits` reads. */
export function writeCredits(credits: readonly Credit[], currency: string): string {
  const guarded = (part: string) => part.replace(/[|\\]/g, '\\$&').replace(/[\r\n]+/g, ' ')
  return credits
    .map(({ giver: { email, firstName, lastName }, amount }) =>
      [email, firstName, lastName, toDecimal({ amount, currency })].map(guarded).join('|'),
    )
    .join('\n')
}
