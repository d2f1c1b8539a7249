import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readPriceText, toPriceText } from './price-text'

test.each([
  ['900', '90000'],
  ['1 200,50', '120050'],
  ['1,200', '120000'],
  ['1.200,5', '120050'],
  ['1,200.50', '120050'],
  ['900 zł', '90000'],
  ['1\u00a0000', '100000'],
  ['', null],
  ['  ', null],
  ['cheap', undefined],
  ['-5', undefined],
  ['99999999999999999', undefined],
])('a price typed as "%s" is read as people mean it', (text, amount) => {
  expect(readPriceText(text, 'PLN')).toBe(amount)
})

test('what is shown in the field is read back as the same amount, in both languages', () => {
  fc.assert(
    fc.property(fc.bigInt(0n, 10n ** 14n), fc.constantFrom('en', 'pl'), (amount, locale) => {
      expect(readPriceText(toPriceText(amount.toString(), 'PLN', locale), 'PLN')).toBe(amount.toString())
    }),
  )
})
