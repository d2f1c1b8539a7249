import { type ReadAmount, readAmount } from '@/kernel/money-input'
import type { Sniffer } from './rules-dates'

export const DECIMAL_MARKS = [',', '.'] as const
export type DecimalMark = (typeof DECIMAL_MARKS)[number]

/** A mark with three digits behind it at the end and no other mark: thousands, or thousandths. */
const BOTH_WAYS = /^[^.,]*\d{1,3}[.,]\d{3}[^.,\d]*$/
const ENDS = /([.,])(\d+)[^.,\d]*$/

/**
 * Which mark divides the fraction in a column of amounts, told by amounts that can be read in one way only: "12,50",
 * "1.234,56". Null where it need not be known, `undecided` where "1,234" stands beside nothing that tells. `written` is the
 * mark of whoever wrote the file, where that is known: "1.234" is then told by it, "1,234" is not.
 */
export function sniffDecimalMark(written: DecimalMark | null): Sniffer<DecimalMark> {
  const seen = new Set<DecimalMark>()
  const open = new Set<DecimalMark>()
  return {
    see: (text) => {
      const mark = decimalOf(text)
      if (mark) seen.add(mark)
      if (BOTH_WAYS.test(text)) open.add(text.includes(',') ? ',' : '.')
    },
    tell: () => {
      const [only, other] = seen
      if (only && !other) return only
      if (open.size === 0) return null
      return open.size === 1 && written !== null && open.has(written) ? written : 'undecided'
    },
  }
}

/** The fraction's mark of one amount; null where it has none, or could be read both ways. */
function decimalOf(text: string): DecimalMark | null {
  const [, last, digits = ''] = ENDS.exec(text) ?? []
  if (last === undefined) return null
  const marks = text.match(/[.,]/g) ?? []
  const same = marks.filter((mark) => mark === last).length
  const other: DecimalMark = last === ',' ? '.' : ','
  // "1,234,567": it parts thousands, so the other one divides fractions.
  if (same > 1) return other
  if (marks.length > 1 || digits.length !== 3) return last === ',' ? ',' : '.'
  return null
}

/** An amount in minor units by the column's mark; "1,234" is 1234 where the column writes its fractions with a point. */
export function readColumnAmount(text: string, currency: string, mark: DecimalMark | null): ReadAmount {
  const thousands = mark === ',' ? '.' : ','
  if (mark !== null && BOTH_WAYS.test(text) && text.includes(thousands)) {
    return readAmount(text.replace(thousands, ''), currency)
  }
  return readAmount(text, currency)
}
