import { exponentOf, parseDecimal } from './money'

/** Why a text is no amount. `decimals`: more of them than the currency has, or a mark that might also part thousands. */
export type AmountProblem = 'empty' | 'unreadable' | 'decimals' | 'negative'
export type ReadAmount = { readonly amount: bigint } | { readonly problem: AmountProblem }

const BLANKS = /[\s\u00a0\u202f_']/g
const SIGNS = /^(zł|pln|eur|€|usd|\$|gbp|£|kč|czk|chf)|(zł|pln|eur|€|usd|\$|gbp|£|kč|czk|chf)$/gi

/**
 * An amount as people type it, in minor units: "12,50", "1 200,50 zł", "1,234.56", "1.234,56". The last mark divides the
 * fraction. What can be read in two ways is not guessed: one mark with three digits behind it is refused, unless the
 * currency has three ("1,234" is no zł; write 1234 or 1,23).
 */
export function readAmount(text: string, currency: string): ReadAmount {
  const bare = text.replace(BLANKS, '').replace(SIGNS, '')
  if (bare === '') return { problem: 'empty' }
  if (/^[-−–]/.test(bare)) return { problem: 'negative' }
  if (!/^\d[\d.,]*$/.test(bare)) return { problem: 'unreadable' }
  const parts = splitFraction(bare)
  if (!parts) return { problem: 'unreadable' }
  if (parts.fraction.length > exponentOf(currency)) return { problem: 'decimals' }
  const amount = parseDecimal(`${parts.whole}${parts.fraction && `.${parts.fraction}`}`, currency)
  return amount === null ? { problem: 'unreadable' } : { amount }
}

type Parts = { readonly whole: string; readonly fraction: string }

function splitFraction(bare: string): Parts | null {
  const marks = bare.match(/[.,]/g) ?? []
  const last = marks.at(-1)
  // None, or the same one several times: they part thousands.
  if (!last || (marks.length > 1 && marks.every((mark) => mark === last))) return groups(bare, last, '')
  const at = bare.lastIndexOf(last)
  return groups(bare.slice(0, at), last === ',' ? '.' : ',', bare.slice(at + 1))
}

function groups(whole: string, mark: string | undefined, fraction: string): Parts | null {
  const pieces = mark ? whole.split(mark) : [whole]
  const [first = '', ...rest] = pieces
  const fits = rest.length === 0 || (first.length <= 3 && rest.every((piece) => piece.length === 3))
  return fits && pieces.every((piece) => /^\d+$/.test(piece)) ? { whole: pieces.join(''), fraction } : null
}
