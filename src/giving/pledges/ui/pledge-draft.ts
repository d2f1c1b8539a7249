import { isPlainDate, type PlainDate } from '@/kernel/dates'
import { readGiftAmount } from '../../gifts/ui/gift-draft'
import type { Frequency } from '../rules'

/** A pledge as somebody types it; an empty end is none. */
export type PromiseDraft = {
  readonly contact: { readonly id: string; readonly name: string } | null
  readonly amount: string
  readonly currency: string
  readonly frequency: Frequency
  readonly startOn: string
  readonly endOn: string
  readonly firstAfterPeriod: boolean
  readonly fundId: string | null
  readonly note: string
}

/** Keys of the `errors` texts, by the field. */
type Errors = Readonly<Partial<Record<'contactId' | 'amount' | 'startOn' | 'endOn', string>>>

export function emptyPromise(today: PlainDate, currency: string): PromiseDraft {
  return {
    ...{ contact: null, amount: '', currency, frequency: 'monthly', startOn: today, endOn: '' },
    ...{ firstAfterPeriod: false, fundId: null, note: '' },
  }
}

/** What the server takes of a draft, or what is wrong and where. */
export function readPromise({ contact, amount: typed, endOn, ...rest }: PromiseDraft) {
  const read = readGiftAmount(typed, rest.currency)
  const errors: Errors = {
    ...(contact === null && { contactId: 'gift.noContact' }),
    ...('reason' in read && { amount: read.reason }),
    ...(!isPlainDate(rest.startOn) && { startOn: 'gift.badDate' }),
    ...(endOn !== '' && !isPlainDate(endOn) && { endOn: 'gift.badDate' }),
    ...(isPlainDate(endOn) && endOn < rest.startOn && { endOn: 'pledge.endsBeforeStart' }),
  }
  if (contact === null || 'reason' in read || Object.keys(errors).length > 0) return { errors }
  return { input: { ...rest, contactId: contact.id, amount: read.amount, endOn: endOn || null } }
}
