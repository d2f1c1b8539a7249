import { RE2JS } from 're2js'
import { fold } from '@/kernel/text'
import type { Condition, Filter, PriceCondition, TextCondition, TextField } from './rules'

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
 * `not` as false ("without the word, or unknown").
 */
export function evaluateFilter(filter: Filter, subject: Subject): Evaluation {
  const reasons: Reason[] = []
  const truth = truthOf(filter, readerOf(subject), false, reasons)
  return { passes: truth === 'yes', truth, reasons }
}

/** Every part is asked, also when the answer is clear already: the reasons are shown whole. */
function truthOf(filter: Filter, subject: FoldedSubject, negated: boolean, reasons: Reason[]): Truth {
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

function conditionTruth(condition: Condition, subject: FoldedSubject, negated: boolean, reasons: Reason[]): Truth {
  const found = condition.on === 'price' ? priceTruth(condition, subject) : textTruth(condition, subject)
  reasons.push({ condition, truth: found, negated })
  if (found !== 'unknown' || !condition.orUnknown) return found
  return negated ? 'no' : 'yes'
}

/** "Free" costs nothing in any currency; another currency, or no figure, is unknown, for there are no rates. */
function priceTruth(condition: PriceCondition, { price }: FoldedSubject): Truth {
  if (price.kind === 'free') return yesNo(condition.is === 'at_most' || condition.amount === '0')
  if (price.amount === null || price.currency !== condition.currency) return 'unknown'
  const bound = BigInt(condition.amount)
  return yesNo(condition.is === 'at_most' ? price.amount <= bound : price.amount >= bound)
}

function textTruth(condition: TextCondition, subject: FoldedSubject): Truth {
  const text = subject.text(condition.on, condition.exact ?? false)
  if (text === null) return 'unknown'
  const pattern = patternOf(condition)
  if (pattern === null) return 'unknown'
  const raw = condition.is === 'regex' ? subject.text(condition.on, true) : text
  return yesNo(pattern(text) || (raw !== text && raw !== null && pattern(raw)))
}

function yesNo(yes: boolean): Truth {
  return yes ? 'yes' : 'no'
}

type FoldedSubject = {
  readonly price: Subject['price']
  readonly text: (field: TextField, exact: boolean) => string | null
}

const folded = new WeakMap<Subject, FoldedSubject>()

/** Folding costs more than comparing, and one listing is held against many filters. */
function readerOf(subject: Subject): FoldedSubject {
  const known = folded.get(subject)
  if (known) return known
  const kept = new Map<TextField, string | null>()
  const fresh: FoldedSubject = {
    price: subject.price,
    text: (field, exact) => {
      const raw = subject[field]
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
  if (is === 'regex') return compileRegex(value, exact)
  return occurrence(exact ? value.trim() : fold(value), is !== 'prefix')
}

/** RE2: linear in the text, whatever was typed. Null when it is no regular expression. */
function compileRegex(value: string, exact: boolean): Pattern | null {
  try {
    const compiled = RE2JS.compile(value, exact ? 0 : RE2JS.CASE_INSENSITIVE)
    return (text) => compiled.matcher(text).find()
  } catch {
    return null
  }
}

const LETTER_BEFORE = /[\p{L}\p{N}]$/u
const LETTER_AFTER = /^[\p{L}\p{N}]/u

/** `wanted` where no letter or digit stands before it, and for whole words none behind it. */
function occurrence(wanted: string, whole: boolean): Pattern | null {
  if (wanted === '') return null
  return (text) => {
    for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + 1)) {
      const end = at + wanted.length
      const begins = !LETTER_BEFORE.test(text.slice(Math.max(0, at - 2), at)) || !LETTER_AFTER.test(wanted)
      const ends = !whole || !LETTER_AFTER.test(text.slice(end, end + 2)) || !LETTER_BEFORE.test(wanted)
      if (begins && ends) return true
    }
    return false
  }
}

/** The first regular expression of a filter that RE2 does not take, or null. Ask `filterProblem` first. */
export function badRegex(filter: Filter): string | null {
  if ('on' in filter) {
    const bad = filter.on !== 'price' && filter.is === 'regex' && compileRegex(filter.value, true) === null
    return bad ? filter.value : null
  }
  if ('not' in filter) return badRegex(filter.not)
  for (const part of 'all' in filter ? filter.all : filter.any) {
    const bad = badRegex(part)
    if (bad !== null) return bad
  }
  return null
}
