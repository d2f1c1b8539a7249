import fc from 'fast-check'
import { expect, test } from 'vitest'
import { currencyIn, readMachineAmount, readPriceText } from './read-price-text'

const amount = (text: string, currency: string | null = null) => {
  const price = readPriceText(text, currency)
  return price.kind === 'fixed' ? `${price.amount} ${price.currency}${price.negotiable ? ' vb' : ''}` : price.kind
}

test.each([
  ['1 200,50 zł', '120050 PLN'],
  ['1\u00a0200 zł', '120000 PLN'],
  ['1\u202f234\u202f567,89 PLN', '123456789 PLN'],
  ['€1.200,-', '120000 EUR'],
  ['€ 1.200,--', '120000 EUR'],
  ['1.600 €', '160000 EUR'],
  ['2.600 € VB', '260000 EUR vb'],
  ['€ 12,5', '1250 EUR'],
  ['$1,234.56', '123456 USD'],
  ['US $ 99.99', '9999 USD'],
  ['R$ 1.500', '150000 BRL'],
  ["1'200.00 CHF", '120000 CHF'],
  ['1’200.– Fr.', '120000 CHF'],
  ['54,99 zł', '5499 PLN'],
  ['od 449 zł', '44900 PLN'],
  ['ab € 213.000', '21300000 EUR'],
  ['111 - 222 zł', '11100 PLN'],
  ['100–200 €', '10000 EUR'],
  ['from $5 to $10', '500 USD'],
  ['30 000 грн.', '3000000 UAH'],
  ['12 990 Kč', '1299000 CZK'],
  ['350 zł do negocjacji', '35000 PLN vb'],
])('%s is %s', (text, expected) => {
  expect(amount(text)).toBe(expected)
})

test.each([
  ['Free', 'free'],
  ['za darmo', 'free'],
  ['Zu verschenken', 'free'],
  ['Gratis', 'free'],
  ['Zamienię', 'exchange'],
  ['VB', 'on_request'],
  ['Preis auf Anfrage', 'on_request'],
  ['Bieden', 'on_request'],
  ['Free shipping', 'unknown'],
  ['0 zł', 'unknown'],
  ['0,00 €', 'unknown'],
  ['-5 €', 'unknown'],
  ['-20 % €', 'unknown'],
  ['1.249 € 1.290 €', 'unknown'],
  ['1200', 'unknown'],
  ['1,2345 €', 'unknown'],
  ['0.123 €', 'unknown'],
  ['1.2.3 €', 'unknown'],
  ['5 € 10 $', 'unknown'],
  ['500 kr', 'unknown'],
  ['', 'unknown'],
  ['zł', 'unknown'],
])('%j is %s, never a number', (text, expected) => {
  expect(amount(text)).toBe(expected)
})

test('without a currency of its own a text has that of its site', () => {
  expect(amount('1 200', 'PLN')).toBe('120000 PLN')
  expect(amount('1.200 €', 'PLN')).toBe('120000 EUR')
})

test('a currency is named by its sign or its code, and two are none', () => {
  expect(['5 zł', '5 EUR', '5 eur', 'EUR 5 / $ 6', 'neuro 5', '5'].map(currencyIn)).toEqual([
    'PLN',
    'EUR',
    'EUR',
    null,
    null,
    null,
  ])
})

test('an amount for machines is decimal with a point; what may mean two things is not read', () => {
  const read = (value: unknown) => readMachineAmount(value, 'EUR')?.toString() ?? null
  expect(
    ['59', '59.9', 59.9, '1299.000', '1299.0000', '1.299', '1,299.00', '1 299,00 €', '0', '', null, 'x'].map(read),
  ).toEqual([...['5900', '5990', '5990', '129900', '129900'], ...[null, '129900', '129900', null, null, null, null]])
})

test('every amount that a person can write in our ways comes back exactly', () => {
  const styles = [
    { group: ' ', point: ',' },
    { group: '.', point: ',' },
    { group: ',', point: '.' },
    { group: '\u00a0', point: ',' },
    { group: '’', point: '.' },
    { group: '', point: ',' },
  ]
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 999_999_999 }), fc.constantFrom(...styles), (cents, { group, point }) => {
      const whole = String(Math.floor(cents / 100)).replace(/\B(?=(\d{3})+$)/g, group)
      const text = `${whole}${point}${String(cents % 100).padStart(2, '0')} zł`
      expect(amount(text)).toBe(`${cents} PLN`)
    }),
  )
})

test('any text at all gives a price that is unknown, or above nought', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[\d .,€zł-]{0,30}$/)), (text) => {
      const price = readPriceText(text, 'EUR')
      expect(price.kind === 'fixed').toBe(price.amount !== null && price.amount > 0n)
    }),
    { numRuns: 3000 },
  )
})
