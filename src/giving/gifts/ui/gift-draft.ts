import { isPlainDate, type PlainDate } from '@/kernel/dates'
import { toDecimal } from '@/kernel/money'
import { type AmountProblem, readAmount } from '@/kernel/money-input'
import { type GiftType, type Method, MOST_AMOUNT } from '../rules'
import type { ListedGift } from '../schema'

/** A gift as somebody types it. */
export type GiftDraft = {
  readonly contact: { readonly id: string; readonly name: string } | null
  readonly givenOn: string
  readonly amount: string
  readonly currency: string
  readonly method: Method
  readonly fundId: string | null
  readonly type: GiftType
  readonly note: string
  readonly externalId: string
  readonly anonymous: boolean
  readonly extra: boolean
}

export type DraftField = 'contactId' | 'givenOn' | 'amount'
/** Keys of the `errors` texts, by the field. */
export type DraftErrors = Partial<Record<DraftField, string>>

export function emptyDraft(today: PlainDate, currency: string): GiftDraft {
  return {
    ...{ contact: null, givenOn: today, amount: '', currency, method: 'transfer', fundId: null, type: 'one_off' },
    ...{ note: '', externalId: '', anonymous: false, extra: false },
  }
}

/** The next slip of the pile: what slips have in common stays. */
export function nextDraft(draft: GiftDraft): GiftDraft {
  return { ...draft, contact: null, amount: '', note: '', externalId: '', anonymous: false, extra: false }
}

export function draftOf(gift: ListedGift, locale: string): GiftDraft {
  const { givenOn, currency, method, fundId, type, note, anonymous, extra } = gift
  return {
    ...{ givenOn, currency, method, fundId, type, note, anonymous, extra },
    contact: { id: gift.contactId, name: gift.contactName },
    amount: toAmountText(gift.amount, currency, locale),
    externalId: gift.externalId ?? '',
  }
}

/** Minor units as a reader types them: a comma in Polish, no zeros behind a whole amount. */
export function toAmountText(amount: string, currency: string, locale: string): string {
  const decimal = toDecimal({ amount: BigInt(amount), currency }).replace(/\.0+$/, '')
  return locale === 'pl' ? decimal.replace('.', ',') : decimal
}

const AMOUNT_REASONS: Readonly<Record<AmountProblem, string>> = {
  empty: 'fields.required',
  unreadable: 'gift.badAmount',
  negative: 'gift.badAmount',
  decimals: 'gift.decimals',
}

/** Minor units as text, or why it is no amount of a gift. */
export function readGiftAmount(text: string, currency: string): { amount: string } | { reason: string } {
  const read = readAmount(text, currency)
  if ('problem' in read) return { reason: AMOUNT_REASONS[read.problem] }
  if (read.amount === 0n) return { reason: 'gift.zeroAmount' }
  return read.amount > MOST_AMOUNT ? { reason: 'gift.hugeAmount' } : { amount: read.amount.toString() }
}

/** What the server takes of a draft, or what is wrong and where. */
export function readDraft(draft: GiftDraft, today: PlainDate) {
  const { contact, amount: typed, externalId, ...rest } = draft
  const read = readGiftAmount(typed, draft.currency)
  const errors: DraftErrors = {
    ...(contact === null && { contactId: 'gift.noContact' }),
    ...('reason' in read && { amount: read.reason }),
    ...(!isPlainDate(draft.givenOn) && { givenOn: 'gift.badDate' }),
    ...(isPlainDate(draft.givenOn) && draft.givenOn > today && { givenOn: 'gift.future' }),
  }
  if (contact === null || 'reason' in read || Object.keys(errors).length > 0) return { errors }
  return { input: { ...rest, contactId: contact.id, amount: read.amount, externalId: externalId.trim() || null } }
}

export type GiftInput = NonNullable<Extract<ReturnType<typeof readDraft>, { input: unknown }>['input']>
