import { fold } from '@/kernel/text'

export type TextField = 'title' | 'description' | 'place' | 'seller'

export type TextCondition = {
  readonly on: TextField
  readonly is: 'word' | 'phrase' | 'prefix' | 'regex'
  readonly value: string
  /** Compare without folding case and diacritics. */
  readonly exact?: boolean
  readonly orUnknown?: boolean
}

export type PriceCondition = {
  readonly on: 'price'
  readonly is: 'at_most' | 'at_least'
  /** Minor units as text, for JSON has no bigint. */
  readonly amount: string
  readonly currency: string
  readonly orUnknown?: boolean
}

export type Condition = TextCondition | PriceCondition

/** RULES "Filter": a tree of all / any / not over conditions. An empty `all` passes everything. */
export type Filter =
  | { readonly all: readonly Filter[] }
  | { readonly any: readonly Filter[] }
  | { readonly not: Filter }
  | Condition

export const FILTER_LIMITS = { levels: 10, conditions: 100, characters: 200 } as const

export type FilterProblem = 'too_deep' | 'too_many' | 'too_long'

/** The parts of a branch; none for a condition. */
export function branchesOf(filter: Filter): readonly Filter[] {
  if ('all' in filter) return filter.all
  if ('any' in filter) return filter.any
  return 'not' in filter ? [filter.not] : []
}

/** Which limit a filter exceeds, or null: at most 10 levels, 100 conditions, 200 characters a value. */
export function filterProblem(filter: Filter): FilterProblem | null {
  const conditions: Condition[] = []
  // Level by level, so that a hostile depth costs no stack.
  let level: readonly Filter[] = [filter]
  for (let depth = 1; level.length > 0; depth++) {
    if (depth > FILTER_LIMITS.levels) return 'too_deep'
    conditions.push(...level.filter((part): part is Condition => 'on' in part))
    if (conditions.length > FILTER_LIMITS.conditions) return 'too_many'
    level = level.flatMap(branchesOf)
  }
  return conditions.some((condition) => textOf(condition).length > FILTER_LIMITS.characters) ? 'too_long' : null
}

function textOf(condition: Condition): string {
  return condition.on === 'price' ? condition.amount : condition.value
}

/** What the simple form asks. Prices are minor units as text; each entry of `words` is a word, a phrase or `begin*`. */
export type FilterForm = {
  readonly priceFrom: string | null
  readonly priceTo: string | null
  readonly currency: string
  /** Every one must stand in the title or the description. */
  readonly words: readonly string[]
  /** None may. */
  readonly notWords: readonly string[]
}

/** The filter tree of the simple form. A description that the page does not show speaks for the listing. */
export function filterFromForm(form: FilterForm): Filter {
  return {
    all: [
      ...priceBound('at_least', form.priceFrom, form.currency),
      ...priceBound('at_most', form.priceTo, form.currency),
      ...form.words.flatMap(entry).map((text) => ({ any: inWords(text, false) })),
      ...form.notWords.flatMap(entry).map((text) => ({ not: { any: inWords(text, true) } })),
    ],
  }
}

function priceBound(is: PriceCondition['is'], amount: string | null, currency: string): readonly PriceCondition[] {
  return amount === null ? [] : [{ on: 'price', is, amount, currency }]
}

type Entry = Pick<TextCondition, 'is' | 'value'>

function entry(text: string): readonly Entry[] {
  const value = text.trim().replace(/\s+/g, ' ')
  const stem = value.replace(/\*+$/, '').trim()
  if (fold(stem) === '') return []
  if (stem !== value) return [{ is: 'prefix', value: stem }]
  return [{ is: value.includes(' ') ? 'phrase' : 'word', value }]
}

function inWords(text: Entry, orUnknown: boolean): readonly TextCondition[] {
  return [
    { on: 'title', ...text },
    { on: 'description', ...text, ...(orUnknown ? { orUnknown } : {}) },
  ]
}

/** The form that makes this very filter, or null for a tree that the form cannot show. */
export function formFromFilter(filter: Filter, currency: string): FilterForm | null {
  if (!('all' in filter)) return null
  const price = (is: PriceCondition['is']) =>
    filter.all.find((part) => 'on' in part && part.on === 'price' && part.is === is)
  const [from, to] = [price('at_least'), price('at_most')]
  const form: FilterForm = {
    priceFrom: from ? amountOf(from) : null,
    priceTo: to ? amountOf(to) : null,
    currency: currencyOf(from) ?? currencyOf(to) ?? currency,
    words: filter.all.flatMap((part) => ('any' in part ? shown(part.any[0]) : [])),
    notWords: filter.all.flatMap((part) => ('not' in part ? shown(branchesOf(part.not)[0]) : [])),
  }
  return canonical(filterFromForm(form)) === canonical(filter) ? form : null
}

/** The database keeps no order of keys. */
function canonical(filter: Filter): string {
  return JSON.stringify(filter, (_key, part: unknown) =>
    part === null || typeof part !== 'object' || Array.isArray(part)
      ? part
      : Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1))),
  )
}

function amountOf(part: Filter): string | null {
  return 'on' in part && part.on === 'price' ? part.amount : null
}

function currencyOf(part: Filter | undefined): string | undefined {
  return part && 'on' in part && part.on === 'price' ? part.currency : undefined
}

function shown(part: Filter | undefined): readonly string[] {
  if (!part || !('on' in part) || part.on === 'price') return []
  return [part.is === 'prefix' ? `${part.value}*` : part.value]
}
