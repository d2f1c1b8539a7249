import { describe, expect, it } from 'vitest'
import { emptyPromise, readPromise } from './pledge-draft'

const draft = { ...emptyPromise('2026-11-22', 'PLN'), contact: { id: 'a', name: 'Anna' }, amount: '100' }

describe('a pledge as it is typed', () => {
  it('is read as it is meant, without an end where none is typed', () => {
    expect(readPromise(draft).input).toMatchObject({ contactId: 'a', amount: '10000', endOn: null })
  })

  it('says at each field what is wrong', () => {
    const errorsOf = (change: object) => readPromise({ ...draft, ...change }).errors
    expect(errorsOf({ contact: null, amount: 'ten' })).toEqual({
      contactId: 'gift.noContact',
      amount: 'gift.badAmount',
    })
    expect(errorsOf({ endOn: '2026-11-21' })).toEqual({ endOn: 'pledge.endsBeforeStart' })
    expect(errorsOf({ startOn: '20255-01-01' })).toEqual({ startOn: 'gift.badDate' })
  })
})
