import { AppError } from './app-error'

/** An amount in minor units (grosze, cents) of one currency (ISO 4217, upper case). Never a float. */
export type Money = { readonly amount: bigint; readonly currency: string }

/** ISO 4217 exponents that are not 2. Source: ISO 4217:2015 list one. */
const EXPONENTS: Readonly<Record<string, number>> = {
  BHD: 3,
  BIF: 0,
  CLF: 4,
  CLP: 0,
  DJF: 0,
  GNF: 0,
  IQD: 3,
  ISK: 0,
  JOD: 3,
  JPY: 0,
  KMF: 0,
  KRW: 0,
  KWD: 3,
  LYD: 3,
  OMR: 3,
  PYG: 0,
  RWF: 0,
  TND: 3,
  UGX: 0,
  UYI: 0,
  UYW: 4,
  VND: 0,
  VUV: 0,
  XAF: 0,
  XOF: 0,
  XPF: 0,
}

/** How many decimal digits the minor unit of `currency` has; 2 where ISO 4217 says nothing else. */
export function exponentOf(currency: string): number {
  return EXPONENTS[currency] ?? 2
}

export function money(amount: bigint, currency: string): Money {
  return { amount, currency }
}

/** Throws when the currencies differ: two currencies are never added or compared. */
export function assertSameCurrency(a: Money, b: Money): void {
  if (a.currency !== b.currency) throw new AppError('internal', `${a.currency} and ${b.currency} cannot be combined`)
}

export function addMoney(a: Money, b: Money): Money {
  assertSameCurrency(a, b)
  return { amount: a.amount + b.amount, currency: a.currency }
}

/** Negative when a < b, 0 when equal, positive when a > b. */
export function compareMoney(a: Money, b: Money): number {
  assertSameCurrency(a, b)
  return a.amount < b.amount ? -1 : a.amount > b.amount ? 1 : 0
}

const DECIMAL = /^([+-]?)(\d+)(?:\.(\d+))?$/

/**
 * A plain decimal with a dot ("1234.5", "-3", "0.005") → minor units, or null when the text is no decimal. Digits beyond
 * the currency's exponent are rounded half to even.
 */
export function parseDecimal(text: string, currency: string): bigint | null {
  const parts = DECIMAL.exec(text.trim())
  if (!parts) return null
  const [, sign, whole = '0', fraction = ''] = parts
  const digits = exponentOf(currency)
  const kept = BigInt(whole + fraction.slice(0, digits).padEnd(digits, '0'))
  const rounded = kept + roundUp(fraction.slice(digits), kept)
  return sign === '-' ? -rounded : rounded
}

function roundUp(rest: string, kept: bigint): bigint {
  const first = rest.charCodeAt(0) - 48
  if (!rest || first < 5) return 0n
  if (first > 5 || /[1-9]/.test(rest.slice(1))) return 1n
  return kept % 2n
}

/** Minor units → the plain decimal that `parseDecimal` reads back: 12345n PLN → "123.45". */
export function toDecimal({ amount, currency }: Money): string {
  const digits = exponentOf(currency)
  const text = (amount < 0n ? -amount : amount).toString().padStart(digits + 1, '0')
  const cut = text.length - digits
  const sign = amount < 0n ? '-' : ''
  return digits === 0 ? sign + text : `${sign}${text.slice(0, cut)}.${text.slice(cut)}`
}

/**
 * Currencies whose sign is a word of their own, written after the amount in every language ("650 zł"): English as CLDR has
 * it would say "PLN 650". Not those whose sign several share (kr, $): there the code stays.
 */
const WORDED: ReadonlySet<string> = new Set(['PLN', 'CZK', 'HUF'])

/**
 * Shown to people: Intl in the reader's locale; a whole amount loses its zeros ("650 zł", "1 234,50 zł"). Thousands are
 * always parted: Polish as CLDR has it parts them from 10 000 on only, and a column of prices would stand uneven.
 */
export function formatMoney(value: Money, locale: string): string {
  const decimal = toDecimal(value)
  const whole = /\.0+$/.test(decimal) || !decimal.includes('.')
  const digits = whole ? 0 : exponentOf(value.currency)
  const parts = currencyFormat(value.currency, locale, digits).formatToParts(decimal as Intl.StringNumericLiteral)
  return WORDED.has(value.currency) ? signLast(parts) : textOf(parts)
}

/** How `formatMoney` writes a currency, beside a box for an amount: "zł", "€", "KWD". */
export function currencySign(currency: string, locale: string): string {
  const parts = currencyFormat(currency, locale, 0).formatToParts(0)
  return textOf(parts.filter(({ type }) => type === 'currency'))
}

function currencyFormat(currency: string, locale: string, digits: number): Intl.NumberFormat {
  return new Intl.NumberFormat(locale, {
    style: 'currency',
    currency,
    currencyDisplay: WORDED.has(currency) ? 'narrowSymbol' : 'symbol',
    useGrouping: 'always',
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  })
}

function signLast(parts: readonly Intl.NumberFormatPart[]): string {
  const number = parts.filter(({ type }) => type !== 'currency' && type !== 'literal')
  return `${textOf(number)}\u00A0${textOf(parts.filter(({ type }) => type === 'currency'))}`
}

function textOf(parts: readonly Intl.NumberFormatPart[]): string {
  return parts.map(({ value }) => value).join('')
}

/** Percent by which `now` lies under `before`, as a whole number rounded half to even; negative for a rise, 0 from nothing. */
export function percentDrop(before: Money, now: Money): number {
  assertSameCurrency(before, now)
  if (before.amount <= 0n) return 0
  return Number(divideHalfEven((before.amount - now.amount) * 100n, before.amount))
}

/** Integer division rounded half to even. Throws unless the divisor is positive. */
export function divideHalfEven(dividend: bigint, divisor: bigint): bigint {
  if (divisor <= 0n) throw new AppError('internal', `${divisor} is no divisor`)
  const negative = dividend < 0n
  const size = negative ? -dividend : dividend
  const floor = size / divisor
  const twice = (size % divisor) * 2n
  const up = twice > divisor || (twice === divisor && floor % 2n === 1n)
  const rounded = up ? floor + 1n : floor
  return negative ? -rounded : rounded
}
