import { describe, expect, it } from 'vitest'
import { draftOf, emptyDraft, nextDraft, readDraft } from './gift-draft'

const TODAY = '2026-11-22'
const draft = { ...emptyDraft(TODAY, 'PLN'), contact: { id: 'a', name: 'Anna' }, amount: '12,50' }

describe('a gift as it is typed', () => {
  it('is read as it is meant: 12,50 is 1250 grosze', () => {
    expect(readDraft(draft, TODAY)).toMatchObject({ input: { contactId: 'a', amount: '1250', externalId: null } })
  })

  it('says at each field what is wrong', () => {
    const errorsOf = (change: object) => readDraft({ ...draft, ...change }, TODAY).errors
    expect(errorsOf({ contact: null, amount: '' })).toEqual({ contactId: 'gift.noContact', amount: 'fields.required' })
    expect(errorsOf({ amount: '-5' })).toEqual({ amount: 'gift.badAmount' })
    expect(errorsOf({ amount: '1.234' })).toEqual({ amount: 'gift.decimals' })
    expect(errorsOf({ amount: '0' })).toEqual({ amount: 'gift.zeroAmount' })
    expect(errorsOf({ amount: '99999999999999' })).toEqual({ amount: 'gift.hugeAmount' })
    expect(errorsOf({ givenOn: '2026-11-23' })).toEqual({ givenOn: 'gift.future' })
    expect(errorsOf({ givenOn: '20255-01-01' })).toEqual({ givenOn: 'gift.badDate' })
  })

  it('says who brought it about, and at which line that cannot be read', () => {
    const jan = { contact: { id: 'b', name: 'Jan' }, amount: '5' }
    const nobody = { contact: null, amount: '' }
    const credited = (...credits: object[]) => readDraft({ ...draft, credits: credits as typeof draft.credits }, TODAY)
    expect(credited(jan, nobody).input?.softCredits).toEqual([{ contactId: 'b', amount: '500' }])
    expect(credited(jan, { ...nobody, amount: '-1' }).errors).toEqual({
      ...{ 'softCredits.1.contactId': 'gift.noContact', 'softCredits.1.amount': 'gift.badAmount' },
    })
  })

  it('leaves to the next what slips of a pile have in common', () => {
    const before = { ...draft, method: 'cash' as const, givenOn: '2026-11-01', note: 'for Anna' }
    expect(nextDraft(before)).toMatchObject({
      contact: null,
      amount: '',
      note: '',
      method: 'cash',
      givenOn: '2026-11-01',
    })
  })

  it('shows the amount of one that is there as its reader writes it', () => {
    const shown = { ...readDraft(draft, TODAY).input, contactId: 'a', contactName: 'Anna', amount: '123450' }
    const softCredits = [{ contactId: 'b', contactName: 'Jan', amount: '50' }]
    const gift = { ...shown, softCredits }
    const typed = (locale: string) => draftOf(gift as unknown as Parameters<typeof draftOf>[0], locale)
    expect([typed('pl').amount, typed('en').amount]).toEqual(['1234,50', '1234.50'])
    expect(typed('pl').credits).toEqual([{ contact: { id: 'b', name: 'Jan' }, amount: '0,50' }])
  })
})
