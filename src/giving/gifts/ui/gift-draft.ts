import { isPlainDate, type PlainDate } from '@/kernel/dates'
import { toDecimal } from '@/kernel/money'
import { type AmountProblem, readAmount } from '@/kernel/money-input'
import { type GiftType, type Method, MOST_AMOUNT } from '../rules'
import type { ShownGift } from '../schema'

type Chosen = { readonly id: string; readonly name: string } | null

/** Who brought the gift about, and how much of it. */
export type CreditDraft = { readonly contact: Chosen; readonly amount: string }

/** A gift as somebody types it. */
export type GiftDraft = {
  readonly contact: Chosen
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
  readonly credits: readonly CreditDraft[]
}

/** Keys of the `errors` texts, by the path of the field. */
export type DraftErrors = Readonly<Record<string, string>>

export function emptyDraft(today: PlainDate, currency: string): GiftDraft {
  return {
    ...{ contact: null, givenOn: today, amount: '', currency, method: 'transfer', fundId: null, type: 'one_off' },
    ...{ note: '', externalId: '', anonymous: false, extra: false, credits: [] },
  }
}

/** The next slip of the pile: what slips have in common stays. */
export function nextDraft(draft: GiftDraft): GiftDraft {
  const empty = { contact: null, amount: '', note: '', externalId: '', anonymous: false, extra: false, credits: [] }
  return { ...draft, ...empty }
}

export function draftOf(gift: ShownGift, locale: string): GiftDraft {
  const { givenOn, currency, method, fundId, type, note, anonymous, extra } = gift
  return {
    ...{ givenOn, currency, method, fundId, type, note, anonymous, extra },
    contact: { id: gift.contactId, name: gift.contactName },
    amount: toAmountText(gift.amount, currency, locale),
    externalId: gift.externalId ?? '',
    credits: gift.softCredits.map((credit) => ({
      contact: { id: credit.contactId, name: credit.contactName },
      amount: toAmountText(credit.amount, currency, locale),
    })),
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
  const { contact, amount: typed, externalId, credits, ...rest } = draft
  const credited = readCredits(credits, draft.currency)
  const read = readGiftAmount(typed, draft.currency)
  const errors: DraftErrors = {
    ...(contact === null && { contactId: 'gift.noContact' }),
    ...('reason' in read && { amount: read.reason }),
    ...(!isPlainDate(draft.givenOn) && { givenOn: 'gift.badDate' }),
    ...(isPlainDate(draft.givenOn) && draft.givenOn > today && { givenOn: 'gift.future' }),
    ...credited.errors,
  }
  if (contact === null || 'reason' in read || Object.keys(errors).length > 0) return { errors }
  const { softCredits } = credited
  const input = {
    ...rest,
    contactId: contact.id,
    amount: read.amount,
    externalId: externalId.trim() || null,
    softCredits,
  }
  return { input }
}

/** Lines without a contact and an amount are none. */
function readCredits(credits: readonly CreditDraft[], currency: string) {
  const errors: Record<string, string> = {}
  const softCredits = credits.flatMap(({ contact, amount: typed }, at) => {
    if (contact === null && typed.trim() === '') return []
    const read = readGiftAmount(typed, currency)
    if (contact === null) errors[`softCredits.${at}.contactId`] = 'gift.noContact'
    if ('reason' in read) errors[`softCredits.${at}.amount`] = read.reason
    return contact === null || 'reason' in read ? [] : [{ contactId: contact.id, amount: read.amount }]
  })
  return { softCredits, errors }
}

export type GiftInput = NonNullable<Extract<ReturnType<typeof readDraft>, { input: unknown }>['input']>
