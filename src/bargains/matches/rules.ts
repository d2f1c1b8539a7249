type TextField = 'title' | 'description' | 'place' | 'seller'

type TextCondition = {
  readonly on: TextField
  readonly is: 'word' | 'phrase' | 'prefix' | 'regex'
  readonly value: string
  /** Compare without folding case and diacritics. */
  readonly exact?: boolean
  readonly orUnknown?: boolean
}

type PriceCondition = {
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
