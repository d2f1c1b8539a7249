import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  addMoney,
  compareMoney,
  currencySign,
  divideHalfEven,
  exponentOf,
  formatMoney,
  money,
  parseDecimal,
  percentDrop,
  toDecimal,
} from './money'

/** One currency for each number of digits that ISO 4217 knows. */
const CURRENCIES = ['JPY', 'PLN', 'KWD', 'CLF'] as const
const currency = fc.constantFrom(...CURRENCIES)
/** Far beyond 2^53, where a JavaScript number loses the grosze. */
const amount = fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n })

/** A no-break space, as Intl puts it between digits and before the sign. */
const shown = (text: string) => text.replaceAll(' ', '\u00A0')

describe('decimals', () => {
  it('a decimal is read into minor units of its currency: yen have none, dinars three', () => {
    expect(parseDecimal('1234.5', 'PLN')).toBe(123450n)
    expect(parseDecimal('1234', 'JPY')).toBe(1234n)
    expect(parseDecimal('1.234', 'KWD')).toBe(1234n)
    expect(parseDecimal('0.0001', 'CLF')).toBe(1n)
    expect(parseDecimal(' -3 ', 'PLN')).toBe(-300n)
    expect(parseDecimal('+0.07', 'PLN')).toBe(7n)
    expect(CURRENCIES.map(exponentOf)).toEqual([0, 2, 3, 4])
  })

  it('digits beyond the minor unit are rounded once, half to even, on both sides of nought', () => {
    const read = ['0.005', '0.015', '0.0050001', '0.025', '-0.005', '-0.015', '2.675'].map((t) =>
      parseDecimal(t, 'PLN'),
    )
    expect(read).toEqual([0n, 2n, 1n, 2n, 0n, -2n, 268n])
    expect(['0.5', '1.5', '2.5', '2.51'].map((text) => parseDecimal(text, 'JPY'))).toEqual([0n, 2n, 2n, 3n])
  })

  it('an amount beyond 2^53 keeps its last grosz', () => {
    expect(parseDecimal('90071992547409.93', 'PLN')).toBe(9007199254740993n)
    expect(toDecimal(money(9007199254740993n, 'PLN'))).toBe('90071992547409.93')
    expect(toDecimal(money(-5n, 'PLN'))).toBe('-0.05')
    expect(toDecimal(money(0n, 'KWD'))).toBe('0.000')
  })

  it('what is no plain decimal is nothing, never a part of it', () => {
    const texts = [
      '',
      ' ',
      '-',
      '.5',
      '5.',
      '1,5',
      '1 000',
      '1e3',
      '0x10',
      'NaN',
      'Infinity',
      '1.2.3',
      '--1',
      '１２',
      '5\u0000',
    ]
    expect(texts.map((text) => parseDecimal(text, 'PLN'))).toEqual(texts.map(() => null))
  })

  it('what is written is read back, whatever the amount and the currency', () => {
    fc.assert(
      fc.property(amount, currency, (minor, code) => {
        expect(parseDecimal(toDecimal(money(minor, code)), code)).toBe(minor)
      }),
    )
  })

  it('a decimal of any length is rounded as a fraction would be', () => {
    const digits = fc.stringMatching(/^\d{1,30}$/)
    fc.assert(
      fc.property(digits, digits, fc.boolean(), currency, (whole, fraction, negative, code) => {
        const exact = BigInt(whole + fraction) * 10n ** BigInt(exponentOf(code))
        const size = nearestEven(exact, 10n ** BigInt(fraction.length))
        expect(parseDecimal(`${negative ? '-' : ''}${whole}.${fraction}`, code)).toBe(negative ? -size : size)
      }),
    )
  })
})

/** The model: of the two whole neighbours the nearer one, and of equally near ones the even one. */
function nearestEven(dividend: bigint, divisor: bigint): bigint {
  const low = dividend / divisor - (dividend % divisor < 0n ? 1n : 0n)
  const [below, above] = [dividend - low * divisor, (low + 1n) * divisor - dividend]
  if (below !== above) return below < above ? low : low + 1n
  return low % 2n === 0n ? low : low + 1n
}

describe('division', () => {
  it('halves go to the even neighbour, and signs mirror each other', () => {
    const halves = [1n, 3n, 5n, -1n, -3n, -5n].map((dividend) => divideHalfEven(dividend, 2n))
    expect(halves).toEqual([0n, 2n, 2n, 0n, -2n, -2n])
    expect(divideHalfEven(200n, 3n)).toBe(67n)
  })

  it('agrees with the naive rational model', () => {
    fc.assert(
      fc.property(amount, fc.bigInt({ min: 1n, max: 10n ** 12n }), (dividend, divisor) => {
        expect(divideHalfEven(dividend, divisor)).toBe(nearestEven(dividend, divisor))
      }),
    )
  })

  it('nothing is divided by nought or by less', () => {
    for (const divisor of [0n, -2n]) expect(() => divideHalfEven(1n, divisor)).toThrow('is no divisor')
  })
})

describe('two amounts', () => {
  it('are added and compared in one currency alone', () => {
    expect(addMoney(money(1n, 'PLN'), money(2n, 'PLN'))).toEqual(money(3n, 'PLN'))
    expect(() => addMoney(money(1n, 'PLN'), money(1n, 'EUR'))).toThrow('PLN and EUR cannot be combined')
    expect(() => compareMoney(money(1n, 'PLN'), money(1n, 'EUR'))).toThrow('cannot be combined')
    expect(() => percentDrop(money(2n, 'PLN'), money(1n, 'EUR'))).toThrow('cannot be combined')
  })

  it('are ordered as their amounts are, beyond 2^53 too', () => {
    expect(compareMoney(money(2n ** 53n, 'PLN'), money(2n ** 53n + 1n, 'PLN'))).toBe(-1)
    fc.assert(
      fc.property(amount, amount, (a, b) => {
        expect(compareMoney(money(a, 'PLN'), money(b, 'PLN'))).toBe(a < b ? -1 : a > b ? 1 : 0)
      }),
    )
  })

  it('750 to 650 is a drop of 13 percent; a rise is negative, and nothing drops from nought', () => {
    const drop = (before: bigint, now: bigint) => percentDrop(money(before, 'PLN'), money(now, 'PLN'))
    expect([drop(75_000n, 65_000n), drop(100n, 100n), drop(100n, 150n), drop(100n, 0n)]).toEqual([13, 0, -50, 100])
    expect([drop(200n, 199n), drop(200n, 197n), drop(1000n, 975n)]).toEqual([0, 2, 2])
    expect([drop(0n, 100n), drop(-100n, 50n)]).toEqual([0, 0])
  })
})

describe('a price for people', () => {
  it('stands as the reader writes it, and a whole amount loses its zeros', () => {
    const pl = (minor: bigint, code = 'PLN') => formatMoney(money(minor, code), 'pl')
    expect([pl(65_000n), pl(123_450n), pl(1_900_00n), pl(-5n)]).toEqual(
      ['650 zł', '1 234,50 zł', '1 900 zł', '-0,05 zł'].map(shown),
    )
    expect(pl(1_234_567_89n)).toBe(shown('1 234 567,89 zł'))
    const en = (minor: bigint, code: string) => formatMoney(money(minor, code), 'en')
    expect([en(123_450n, 'EUR'), en(1_234n, 'JPY'), en(1_500n, 'KWD')]).toEqual([
      '€1,234.50',
      '¥1,234',
      shown('KWD 1.500'),
    ])
  })

  it('złoty, koruny and forints stand after the amount in English too; a sign that several share stays a code', () => {
    const en = (minor: bigint, code: string) => formatMoney(money(minor, code), 'en')
    expect([en(65_000n, 'PLN'), en(4_125_000n, 'PLN'), en(123_450n, 'PLN'), en(-5n, 'PLN')]).toEqual(
      ['650 zł', '41,250 zł', '1,234.50 zł', '-0.05 zł'].map(shown),
    )
    expect([en(190_000n, 'CZK'), en(1_900_000n, 'HUF'), en(65_000n, 'SEK'), en(65_000n, 'CAD')]).toEqual(
      ['1,900 Kč', '19,000 Ft', 'SEK 650', 'CA$650'].map(shown),
    )
    expect(formatMoney(money(65_000n, 'CZK'), 'pl')).toBe(shown('650 Kč'))
    expect(['PLN', 'EUR', 'SEK'].map((code) => currencySign(code, 'en'))).toEqual(['zł', '€', 'SEK'])
  })

  it('keeps every digit, also where a float would not', () => {
    expect(formatMoney(money(9007199254740993n, 'PLN'), 'en')).toBe(shown('90,071,992,547,409.93 zł'))
    fc.assert(
      fc.property(amount, currency, fc.constantFrom('en', 'pl'), (minor, code, locale) => {
        const [whole = '', cents = ''] = toDecimal(money(minor, code)).split('.')
        const digits = /^0*$/.test(cents) ? whole : whole + cents
        expect(formatMoney(money(minor, code), locale).replace(/\D/g, '')).toBe(digits.replace('-', ''))
      }),
    )
  })
})
