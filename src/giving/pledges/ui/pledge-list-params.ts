import { isUuid } from '@/kernel/ids'
import { oneOf, type Param, type Values } from '@/ui/address'
import type { PLEDGE_STATES } from '../rules'

export const SHOWN = [
  'all',
  'active',
  'late',
  'paused',
  'upcoming',
  'completed',
  'cancelled',
] as const satisfies readonly ((typeof PLEDGE_STATES)[number] | 'late' | 'all')[]

/** The two parts of monthly support: pages that show these figures lead here. */
export const SUPPORT = ['in_hand', 'promised'] as const

const id: Param<string | null> = { read: (typed) => (isUuid(typed) ? typed : null), write: String, fallback: null }

const currency: Param<string | null> = {
  read: (typed) => (/^[A-Z]{3}$/.test(typed) ? typed : null),
  write: String,
  fallback: null,
}

/** What a list of pledges keeps in its address. */
export const pledgeListParams = {
  show: oneOf([...SHOWN, ...SUPPORT], 'all'),
  fund: id,
  contact: id,
  currency,
  whose: oneOf(['mine', 'all'] as const, 'all'),
}

export type PledgeListInput = {
  contactId?: string
  fundId?: string
  state?: Exclude<(typeof SHOWN)[number] | (typeof SUPPORT)[number], 'all'>
  currency?: string
  whose?: 'mine'
}

/** What to ask for what stands in the address: key by key the same on the server and in the browser, for the cache. */
export function pledgeListInput({
  show,
  fund,
  contact,
  currency,
  whose,
}: Values<typeof pledgeListParams>): PledgeListInput {
  return {
    ...(contact ? { contactId: contact } : {}),
    ...(fund ? { fundId: fund } : {}),
    ...(show === 'all' ? {} : { state: show }),
    ...(currency ? { currency } : {}),
    ...(whose === 'mine' ? { whose } : {}),
  }
}
