import { isUuid } from '@/kernel/ids'
import { oneOf, type Param, text } from '@/ui/address'
import { CONTACT_KINDS, CONTACT_STATUSES } from '../rules'

export const CONTACT_SORTS = ['name', 'newest'] as const
/** In the address: contacts that nobody looks after. */
export const NOBODY = 'nobody'

function idOr(word: string): Param<string | null> {
  return { read: (typed) => (isUuid(typed) || typed === word ? typed : null), write: String, fallback: null }
}

/** What a list of contacts keeps in its address. */
export const contactListParams = {
  q: text(''),
  status: oneOf(CONTACT_STATUSES, null),
  kind: oneOf(CONTACT_KINDS, null),
  group: idOr(''),
  owner: idOr(NOBODY),
  sort: oneOf(CONTACT_SORTS, 'name'),
}
