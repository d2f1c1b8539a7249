import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatMoney } from './money'
import { readAmount } from './money-input'

const read = (text: string, currency = 'PLN') => {
  const result = readAmount(text, currency)
  return 'amount' in result ? result.amount : result.problem
}

describe('an amount as people type it', () => {
  it.each([
    ['12,50', 1250n],
    ['12.50', 1250n],
    ['12,5', 1250n],
    ['1250', 125000n],
    ['1 200,50 zł', 120050n],
    ['1\u00a0200,50', 120050n],
    ['PLN 1,234.56', 123456n],
    ['1.234,56', 123456n],
    ['1.234.567', 123456700n],
    ['1,234,567.89', 123456789n],
    ['0', 0n],
  ])('%s is %s grosze: 12,50 is never 1250 zł', (text, amount) => expect(read(text)).toBe(amount))

  it('is not guessed where it can be read in two ways: 1,234 and 12.505 are refused', () => {
    expect(['1,234', '1.234', '12.505', '0,001'].map((text) => read(text))).toEqual(Array(4).fill('decimals'))
    expect(read('1,234', 'KWD')).toBe(1234n)
    expect(read('1,5', 'JPY')).toBe('decimals')
  })

  it('says what is wrong: nothing, a sign, letters, groups that are none', () => {
    expect([' ', '-5', '−5', 'ten', '1,2,3', '12,34.5.6', ',5', '1e5'].map((text) => read(text))).toEqual([
      'empty',
      ...['negative', 'negative', 'unreadable', 'unreadable', 'unreadable', 'unreadable', 'unreadable'],
    ])
  })

  it('is what the page itself shows, in either language, whatever the currency', () => {
    const shown = fc.tuple(fc.bigInt(0n, 10n ** 12n), fc.constantFrom('PLN', 'EUR', 'JPY'), fc.constantFrom('en', 'pl'))
    fc.assert(
      fc.property(shown, ([amount, currency, locale]) => {
        const text = formatMoney({ amount, currency }, locale).replace(/[^\d.,\s\u00a0\u202f]/g, '')
        const onceParted = /^\d{1,3}[,.]\d{3}$/.test(text)
        expect(read(text, currency)).toBe(onceParted ? 'decimals' : amount)
      }),
    )
  })

  it('never throws, and never answers less than nothing', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const result = readAmount(text, 'PLN')
        expect('problem' in result || result.amount >= 0n).toBe(true)
      }),
    )
  })
})
