import { isUuid } from '@/kernel/ids'
import { oneOf, type Param, text } from '@/ui/address'

export const SHOWN_STATES = ['all', 'new', 'cheaper', 'favourite', 'ignored'] as const
export const SORTS = ['newest', 'cheapest', 'dearest'] as const

/** An id; what is none is as if it were not there. */
const id: Param<string | null> = { read: (typed) => (isUuid(typed) ? typed : null), write: String, fallback: null }

/** What a list of matches keeps in its address; `match` is the one that is open beside it. */
export const matchListParams = {
  state: oneOf(SHOWN_STATES, 'all'),
  sort: oneOf(SORTS, 'newest'),
  source: text(null),
  watch: id,
  match: id,
}
