import { isPlainDate } from '@/kernel/dates'
import { isUuid } from '@/kernel/ids'
import { oneOf, type Param } from '@/ui/address'
import { METHODS } from '../rules'

export const PERIODS = ['all', 'month', 'year', 'lastYear'] as const
export const SHOWN = ['counted', 'unthanked', 'refunds', 'voided'] as const

const id: Param<string | null> = { read: (typed) => (isUuid(typed) ? typed : null), write: String, fallback: null }
const day: Param<string | null> = {
  read: (typed) => (isPlainDate(typed) ? typed : null),
  write: String,
  fallback: null,
}

const currency: Param<string | null> = {
  read: (typed) => (/^[A-Z]{3}$/.test(typed) ? typed : null),
  write: String,
  fallback: null,
}

/** What a list of gifts keeps in its address; `gift` is the one that is open beside it. */
export const giftListParams = {
  show: oneOf(SHOWN, 'counted'),
  period: oneOf(PERIODS, 'all'),
  method: oneOf(METHODS, null),
  fund: id,
  contact: id,
  import: id,
  currency,
  whose: oneOf(['mine', 'all'] as const, 'all'),
  from: day,
  to: day,
  gift: id,
}
