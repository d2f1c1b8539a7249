import { fold } from '@/kernel/text'
import type { Condition, Filter, PriceCondition, TextCondition, TextField } from './rules'
import { isRegex, lettersFor, MOST_LETTERS, programOf, type RegexCondition } from './rules-regex'

/** A listing as far as filters ask. Null: the page does not say. */
export type Subject = {
  readonly title: string
  readonly description: string | null
  readonly place: string | null
  readonly seller: string | null
  readonly price: {
    readonly kind: 'fixed' | 'free' | 'exchange' | 'on_request' | 'unknown'
    readonly amount: bigint | null
    readonly currency: string | null
  }
}

export type Truth = 'yes' | 'no' | 'unknown'

/** One condition and what the listing answered; `negated` under an odd number of `not`. */
export type Reason = { readonly condition: Condition; readonly truth: Truth; readonly negated: boolean }

export type Evaluation = { readonly passes: boolean; readonly truth: Truth; readonly reasons: readonly Reason[] }

/**
 * Whether a listing passes. Three-valued (Kleene): a missing field makes a condition `unknown`, and an unknown tree does
 * not pass. `orUnknown` speaks for the listing: an unknown condition then counts as true, and under an odd number of
 * `not` as false ("without the word, or unknown"). Of a long text the first 10,000 letters are read, by regular
 * expressions the first 5,000 or fewer (`REGEX_LIMITS`): the site's own limit is 9,000.
 */
export function evaluateFilter(filter: Filter, subject: Subject): Evaluation {
  const reasons: Reason[] = []
  const truth = truthOf(filter, { ...readerOf(subject), letters: lettersFor(filter) }, false, reasons)
  return { passes: truth === 'yes', truth, reasons }
}

/** Every part is asked, also when the answer is clear already: the reasons are shown whole. */
function truthOf(filter: Filter, subject: Asked, negated: boolean, reasons: Reason[]): Truth {
  if ('on' in filter) return conditionTruth(filter, subject, negated, reasons)
  if ('not' in filter) return opposite(truthOf(filter.not, subject, !negated, reasons))
  const parts = 'all' in filter ? filter.all : filter.any
  const truths = parts.map((part) => truthOf(part, subject, negated, reasons))
  return 'all' in filter ? weakest(truths) : strongest(truths)
}

function weakest(truths: readonly Truth[]): Truth {
  if (truths.includes('no')) return 'no'
  return truths.includes('unknown') ? 'unknown' : 'yes'
}

function strongest(truths: readonly Truth[]): Truth {
  if (truths.includes('yes')) return 'yes'
  return truths.includes('unknown') ? 'unknown' : 'no'
}

function opposite(truth: Truth): Truth {
  if (truth === 'unknown') return 'unknown'
  return truth === 'yes' ? 'no' : 'yes'
}

function conditionTruth(condition: Condition, subject: Asked, negated: boolean, reasons: Reason[]): Truth {
  const found = condition.on === 'price' ? priceTruth(condition, subject) : textTruth(condition, subject)
  reasons.push({ condition, truth: found, negated })
  if (found !== 'unknown' || !condition.orUnknown) return found
  return negated ? 'no' : 'yes'
}

/** "Free" costs nothing in any currency; another currency, or no figure, is unknown, for there are no rates. */
function priceTruth(condition: PriceCondition, { price }: Asked): Truth {
  if (price.kind === 'free') return yesNo(condition.is === 'at_most' || condition.amount === '0')
  if (price.amount === null || price.currency !== condition.currency) return 'unknown'
  const bound = BigInt(condition.amount)
  return yesNo(condition.is === 'at_most' ? price.amount <= bound : price.amount >= bound)
}

function textTruth(condition: TextCondition, subject: Asked): Truth {
  if (isRegex(condition)) return regexTruth(condition, subject)
  const text = subject.text(condition.on, condition.exact ?? false)
  const pattern = patternOf(condition)
  return text === null || pattern === null ? 'unknown' : yesNo(pattern(text))
}

/** Unless it is exact, it is asked of the text as it stands and of the folded one. */
function regexTruth(condition: RegexCondition, subject: Asked): Truth {
  const raw = subject.text(condition.on, true)
  const program = programOf(condition)
  if (raw === null || typeof program === 'string') return 'unknown'
  const folded = condition.exact ? raw : (subject.text(condition.on, false) ?? raw)
  return yesNo([...new Set([folded, raw])].some((text) => program.finds(beginning(text, subject.letters))))
}

/** A cut is no end: `$` must not be found there. */
function beginning(text: string, letters: number): string {
  return text.length <= letters ? text : `${text.slice(0, letters)}\u0000`
}

function yesNo(yes: boolean): Truth {
  return yes ? 'yes' : 'no'
}

type FoldedSubject = {
  readonly price: Subject['price']
  readonly text: (field: TextField, exact: boolean) => string | null
}

/** A subject with how many letters of it a regular expression reads. */
type Asked = FoldedSubject & { readonly letters: number }

const folded = new WeakMap<Subject, FoldedSubject>()

/** Folding costs more than comparing, and one listing is held against many filters. */
function readerOf(subject: Subject): FoldedSubject {
  const known = folded.get(subject)
  if (known) return known
  const kept = new Map<TextField, string | null>()
  const fresh: FoldedSubject = {
    price: subject.price,
    text: (field, exact) => {
      const raw = subject[field]?.slice(0, MOST_LETTERS) ?? null
      if (exact || raw === null) return raw
      const text = kept.get(field) ?? fold(raw)
      kept.set(field, text)
      return text
    },
  }
  folded.set(subject, fresh)
  return fresh
}

type Pattern = (text: string) => boolean

/** Compiled patterns; dropped all at once when there are many, for filters are edited and forgotten. */
const patterns = new Map<string, Pattern | null>()
const MOST_PATTERNS = 10_000

function patternOf(condition: TextCondition): Pattern | null {
  const key = `${condition.is}:${condition.exact ?? false}:${condition.value}`
  const known = patterns.get(key)
  if (known !== undefined) return known
  if (patterns.size >= MOST_PATTERNS) patterns.clear()
  const pattern = compile(condition)
  patterns.set(key, pattern)
  return pattern
}

function compile({ is, value, exact = false }: TextCondition): Pattern | null {
  return occurrence(exact ? value.trim() : fold(value), is !== 'prefix')
}

const LETTER_BEFORE = /[\p{L}\p{N}]$/u
const LETTER_AFTER = /^[\p{L}\p{N}]/u

/** `wanted` where no letter or digit stands before it, and for whole words none behind it. */
function occurrence(wanted: string, whole: boolean): Pattern | null {
  if (wanted === '') return null
  const [open, closed] = [!LETTER_AFTER.test(wanted), !whole || !LETTER_BEFORE.test(wanted)]
  return (text) => {
    for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + 1)) {
      if ((open || !letterBefore(text, at)) && (closed || !letterAfter(text, at + wanted.length))) return true
    }
    return false
  }
}

/** ASCII is known without cutting the text: a letter may stand there thousands of times. */
function letterBefore(text: string, at: number): boolean {
  return plainLetter(text.charCodeAt(at - 1)) ?? LETTER_BEFORE.test(text.slice(Math.max(0, at - 2), at))
}

function letterAfter(text: string, at: number): boolean {
  return plainLetter(text.charCodeAt(at)) ?? LETTER_AFTER.test(text.slice(at, at + 2))
}

/** Null for what is not ASCII; NaN is the end of the text. */
function plainLetter(code: number): boolean | null {
  if (code >= 128) return null
  return (code >= 97 && code <= 122) || (code >= 48 && code <= 57) || (code >= 65 && code <= 90)
}
