import { createParser, parseAsString, parseAsStringLiteral } from 'nuqs/server'
import { isUuid } from '@/kernel/ids'

export const SHOWN_STATES = ['all', 'new', 'favourite', 'ignored'] as const
export const SORTS = ['newest', 'cheapest', 'dearest'] as const

/** An id; what is none is as if it were not there. */
const parseAsId = createParser({ parse: (text) => (isUuid(text) ? text : null), serialize: (id: string) => id })

/** What a list of matches keeps in its address; `match` is the one that is open beside it. */
export const matchListParams = {
  state: parseAsStringLiteral(SHOWN_STATES).withDefault('all'),
  sort: parseAsStringLiteral(SORTS).withDefault('newest'),
  source: parseAsString,
  watch: parseAsId,
  match: parseAsId,
}
