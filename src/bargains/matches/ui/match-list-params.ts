import { parseAsString, parseAsStringLiteral } from 'nuqs/server'

export const SHOWN_STATES = ['all', 'new', 'favourite', 'ignored'] as const
export const SORTS = ['newest', 'cheapest', 'dearest'] as const

/** What a list of matches keeps in its address; `match` is the one that is open beside it. */
export const matchListParams = {
  state: parseAsStringLiteral(SHOWN_STATES).withDefault('all'),
  sort: parseAsStringLiteral(SORTS).withDefault('newest'),
  source: parseAsString,
  watch: parseAsString,
  match: parseAsString,
}
