import type { Price } from '../source'
import { asMinorUnits, fixedPrice, priceWithout } from './read-amount'

/** How people write a currency beside a number. `kr` is Danish, Norwegian or Swedish, `¥` two others: those say nothing. */
const CURRENCIES: readonly (readonly [RegExp, string])[] = [
  [/zł|\bzl\b/i, 'PLN'],
  [/€|\beuro?\b/i, 'EUR'],
  [/R\$/, 'BRL'],
  [/(?:US ?)?\$/, 'USD'],
  [/£/, 'GBP'],
  [/Kč/i, 'CZK'],
  [/\bFt\b/, 'HUF'],
  [/\bFr\.|\bsFr\b/, 'CHF'],
  [/₴|грн/i, 'UAH'],
  [/\blei\b/i, 'RON'],
  [/сўм|\bso['’ʻ]m\b/i, 'UZS'],
]
const CODES =
  /(?:^|[^a-z])(PLN|EUR|USD|GBP|CZK|HUF|CHF|UAH|RON|BRL|SEK|NOK|DKK|BGN|UZS|KZT|TRY|ILS|CAD|AUD|JPY)(?![a-z])/i

const FREE =
  /^(free|gratis|za darmo|oddam( za darmo)?|bezpłatnie|zu verschenken|kostenlos|te geef|gratuit|zadarmo|zdarma)$/i
const EXCHANGE = /^(zamienię|zamiana|wymiana|zu tauschen|tausch|ruilen|te ruil|swap|exchange|échange)$/i
const ON_REQUEST =
  /^(vb|verhandlungsbasis|(preis )?auf anfrage|(prijs )?op aanvraag|n\.?o\.?t\.?k\.?|bieden|zie omschrijving|(price )?on request|(cena )?do (uzgodnienia|negocjacji)|zapytaj o cenę|na zapytanie)$/i
const NEGOTIABLE =
  /\bvb\b|verhandlungsbasis|do negocjacji|do uzgodnienia|negotiable|\bo\.?n\.?o\b|\bo\.?b\.?o\b|bieden vanaf/i

/** Digits with their groups and their decimals; a dash for "no cents" may follow (`1.200,-`). */
const NUMBER = /\d+(?:[ .,'’]\d+)*(?:[.,](?:-{1,2}|–|—))?/g
const BETWEEN = /^[^\d]{0,12}(?:[-–—]|\b(?:do|bis|to|tot|à)\b)[^\d]{0,12}$/i

/**
 * A price as a person writes it: `1 200,50 zł`, `€ 1.200,-`, `1'200.00 CHF`, `from $5`, `VB`, `za darmo`. A range gives its
 * lower end, as "from" does. `currency` is what the site counts in where the text names none. What can be read in two
 * ways (two amounts, no currency, `1,2345`) is `unknown`, and nought is never a price.
 */
export function readPriceText(text: string, currency: string | null): Price {
  const words = text
    .slice(0, 200)
    .replace(/[\s\u00a0\u202f\u2009]+/g, ' ')
    .trim()
  const bare = words.replace(/[!.:;,\s]+$/, '')
  if (FREE.test(bare)) return priceWithout('free')
  if (EXCHANGE.test(bare)) return priceWithout('exchange')
  if (ON_REQUEST.test(bare)) return priceWithout('on_request', NEGOTIABLE.test(bare) || /bieden/i.test(bare))
  const counted = currencyIn(words) ?? currency
  const number = counted === null ? null : onlyNumber(words)
  const amount = number === null || counted === null ? null : asMinorUnits(asDecimal(number), counted)
  return amount === null || counted === null
    ? priceWithout('unknown')
    : fixedPrice(amount, counted, NEGOTIABLE.test(words))
}

/** The one currency that a text names; null where it names none, or several. */
export function currencyIn(text: string): string | null {
  const code = CODES.exec(text)?.[1]?.toUpperCase()
  const named = CURRENCIES.filter(([sign]) => sign.test(text)).map(([, known]) => known)
  // A Brazilian real carries the dollar's sign as well.
  const signs = named.includes('BRL') ? named.filter((known) => known !== 'USD') : named
  const all = new Set(code ? [code, ...signs] : signs)
  return all.size === 1 ? ([...all][0] ?? null) : null
}

/** The number of a text that has one, or the lower of a range. */
function onlyNumber(words: string): string | null {
  if (/\d\s*%|[-−–]\s*\d+\s*%/.test(words) || /^\s*[-−–]\s*\d/.test(words)) return null
  const found = [...words.matchAll(NUMBER)]
  const [first, second] = found
  if (!first || found.length > 2) return null
  if (!second) return first[0]
  const between = words.slice(first.index + first[0].length, second.index)
  return BETWEEN.test(between) ? first[0] : null
}

/**
 * `1.200,50`, `1 200`, `12,5`, `1,234.56` → decimal text. One separator with three digits behind it groups thousands; one
 * with one or two is the decimal sign. Null for what is neither.
 */
export function asDecimal(number: string): string | null {
  const text = number.replace(/[.,](?:-{1,2}|–|—)$/, '')
  const plain = /^\d+$/.test(text) ? text : null
  if (plain) return plain
  const grouped = /^\d{1,3}([ .,'’])\d{3}(?:\1\d{3})*(?:([.,])(\d{1,2}))?$/.exec(text)
  if (grouped && grouped[1] !== grouped[2] && !text.startsWith('0')) return joinGroups(text, grouped[3])
  const decimal = /^(\d+)[.,](\d{1,2})$/.exec(text)
  return decimal ? `${decimal[1]}.${decimal[2]}` : null
}

function joinGroups(text: string, decimals: string | undefined): string {
  const whole = decimals === undefined ? text : text.slice(0, -decimals.length - 1)
  const digits = whole.replace(/\D/g, '')
  return decimals === undefined ? digits : `${digits}.${decimals}`
}

/**
 * A price that is meant for machines: schema.org writes digits with a point. What breaks that rule is read as a person's;
 * `1.200` may be either, so it is null.
 */
export function readMachineAmount(value: unknown, currency: string): bigint | null {
  if (typeof value === 'number') return asMinorUnits(value, currency)
  const text = typeof value === 'string' ? value.trim() : ''
  if (/^\d{1,3}\.\d{3}$/.test(text)) return null
  if (/^\d+(\.\d+)?$/.test(text)) return asMinorUnits(text.replace(/(\.\d*?)0+$/, '$1').replace(/\.$/, ''), currency)
  const { amount, currency: read } = readPriceText(text, currency)
  return read === currency ? amount : null
}
