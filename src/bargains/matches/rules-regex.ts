import { RE2JS } from 're2js'
import { branchesOf, type Condition, type Filter } from './rules'

/**
 * RE2 reads a text once, but asks its whole program at each letter: about 0.1 µs a step, one letter with one instruction.
 * Each figure bounds what a filter may cost, whatever was typed and whatever an advert says.
 */
export const REGEX_LIMITS = {
  /** Instructions of one expression, and of all in a filter. */
  instructions: 200,
  together: 500,
  /** Letters of a field that an expression reads. */
  letters: 5000,
  /** Steps for one listing, 20 ms: many or large expressions read less of a long text, at least 200 letters. */
  steps: 200_000,
  /** Steps for many listings in one go, 4 s; so many are always judged. */
  stepsAtOnce: 40_000_000,
  leastAtOnce: 300,
} as const

/** Letters of a field that any other condition reads; the sites allow no longer descriptions. */
export const MOST_LETTERS = 10_000

export type RegexCondition = Exclude<Condition, { readonly on: 'price' }> & { readonly is: 'regex' }
export type RegexProblem = { readonly reason: 'filter.badRegex' | 'filter.heavyRegex'; readonly text: string }

type Program = { readonly size: number; readonly finds: (text: string) => boolean }

/** Compiled expressions; dropped all at once when there are many, for filters are edited and forgotten. */
const programs = new Map<string, Program | 'bad' | 'heavy'>()
const MOST_PROGRAMS = 10_000

/** `bad`: RE2 does not take it. `heavy`: it compiles to more than is allowed. */
export function programOf({ value, exact = false }: RegexCondition): Program | 'bad' | 'heavy' {
  const key = `${exact}:${value}`
  const known = programs.get(key)
  if (known !== undefined) return known
  if (programs.size >= MOST_PROGRAMS) programs.clear()
  const program = compile(value, exact)
  programs.set(key, program)
  return program
}

function compile(value: string, exact: boolean): Program | 'bad' | 'heavy' {
  try {
    const compiled = RE2JS.compile(value, exact ? 0 : RE2JS.CASE_INSENSITIVE)
    const size = compiled.programSize()
    if (size > REGEX_LIMITS.instructions) return 'heavy'
    return { size, finds: (text) => compiled.matcher(text).find() }
  } catch {
    return 'bad'
  }
}

/** The first regular expression of a filter that cannot be taken, or null. Ask `filterProblem` first. */
export function regexProblem(filter: Filter): RegexProblem | null {
  let together = 0
  for (const condition of regexesOf(filter)) {
    const program = programOf(condition)
    if (program === 'bad') return { reason: 'filter.badRegex', text: condition.value }
    together += program === 'heavy' ? Number.POSITIVE_INFINITY : program.size
    if (together > REGEX_LIMITS.together) return { reason: 'filter.heavyRegex', text: condition.value }
  }
  return null
}

function regexesOf(filter: Filter): readonly RegexCondition[] {
  if (isRegex(filter)) return [filter]
  return branchesOf(filter).flatMap(regexesOf)
}

export function isRegex(filter: Filter): filter is RegexCondition {
  return 'on' in filter && filter.on !== 'price' && filter.is === 'regex'
}

const weights = new WeakMap<Filter, number>()

/** Steps of all its expressions for one letter: what is not exact is asked twice, with and without diacritics. */
function weightOf(filter: Filter): number {
  const known = weights.get(filter)
  if (known !== undefined) return known
  const weight = regexesOf(filter).reduce((sum, condition) => sum + weightOfOne(condition), 0)
  weights.set(filter, weight)
  return weight
}

function weightOfOne(condition: RegexCondition): number {
  const program = programOf(condition)
  return typeof program === 'string' ? 0 : program.size * (condition.exact ? 1 : 2)
}

/** How many letters of a field the filter's expressions read. */
export function lettersFor(filter: Filter): number {
  const weight = weightOf(filter)
  return weight === 0 ? REGEX_LIMITS.letters : Math.min(REGEX_LIMITS.letters, Math.floor(REGEX_LIMITS.steps / weight))
}

type Texts = { readonly title: string; readonly description: string | null }

/** As many of these, from the first on, as the filter can judge in one go. */
export function affordable<T extends Texts>(filter: Filter, listings: readonly T[]): readonly T[] {
  const [weight, letters] = [weightOf(filter), lettersFor(filter)]
  let steps = 0
  const end = listings.findIndex(({ title, description }, n) => {
    steps += weight * Math.min(letters, Math.max(title.length, description?.length ?? 0))
    return n >= REGEX_LIMITS.leastAtOnce && steps > REGEX_LIMITS.stepsAtOnce
  })
  return end < 0 ? listings : listings.slice(0, end)
}
