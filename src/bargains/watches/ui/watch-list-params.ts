import { oneOf, type Param, text } from '@/ui/address'
import type { Sort } from '@/ui/data-table-model'

export const SHOWN = ['all', 'running', 'paused', 'trouble'] as const
export type Shown = (typeof SHOWN)[number]

/** A sort in the address: `name` upwards, `-name` downwards. */
const sort: Param<Sort | null> = {
  read: (typed) => (/^-?[a-z]{1,20}$/.test(typed) ? { id: typed.replace('-', ''), desc: typed.startsWith('-') } : null),
  write: (value) => (value ? `${value.desc ? '-' : ''}${value.id}` : ''),
  fallback: null,
}

/** What the list of watches keeps in its address. */
export const watchListParams = {
  q: text(''),
  show: oneOf(SHOWN, 'all'),
  sort,
}
