import type { PlainDate } from '@/kernel/dates'
import type { Values } from '@/ui/address'
import type { Method } from '../rules'
import type { giftListParams } from './gift-list-params'

export type GiftListInput = {
  contactId?: string
  fundId?: string
  importId?: string
  currency?: string
  whose?: 'mine'
  method?: Method
  from?: string
  to?: string
  unthanked?: true
  show: 'counted' | 'refunds' | 'voided'
}

/** What to ask for what stands in the address: key by key the same on the server and in the browser, for the cache. */
export function giftListInput(params: Values<typeof giftListParams>, today: PlainDate): GiftListInput {
  const { show, method, fund, contact, currency, whose } = params
  const { from, to } = daysOf(params, today)
  return {
    ...(contact ? { contactId: contact } : {}),
    ...(fund ? { fundId: fund } : {}),
    ...(params.import ? { importId: params.import } : {}),
    ...(currency ? { currency } : {}),
    ...(whose === 'mine' ? { whose } : {}),
    ...(method ? { method } : {}),
    ...(from ? { from } : {}),
    ...(to ? { to } : {}),
    ...(show === 'unthanked' ? { unthanked: true, show: 'counted' } : { show }),
  }
}

type Days = { readonly from: PlainDate | null; readonly to: PlainDate | null }

/** Days of its own win over a period. */
function daysOf({ period, from, to }: Values<typeof giftListParams>, today: PlainDate): Days {
  if (from !== null || to !== null) return { from, to }
  const year = Number(today.slice(0, 4))
  switch (period) {
    case 'month':
      return { from: `${today.slice(0, 7)}-01`, to: null }
    case 'year':
      return { from: `${year}-01-01`, to: null }
    case 'lastYear':
      return { from: `${year - 1}-01-01`, to: `${year - 1}-12-31` }
    case 'all':
      return { from: null, to: null }
  }
}
