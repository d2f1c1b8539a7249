import { asMinorUnits, fixedPrice, priceWithout } from '../page/read-amount'
import type { PriceKind } from '../source'
import type { ReadPrice } from './read-price'

/** Currencies as the sites' cards write them. A sign that no capture showed is none: a wrong currency is a wrong price. */
const SIGNS: Readonly<Record<string, string>> = {
  zł: 'PLN',
  грн: 'UAH',
  $: 'USD',
  '€': 'EUR',
  сум: 'UZS',
  'so’m': 'UZS',
  'у.е': 'USD',
}

const WORDS: readonly (readonly [RegExp, Exclude<PriceKind, 'fixed'>])[] = [
  [/^(za darmo|безкоштовно|бесплатно)$/i, 'free'],
  [/^(zamienię|обмін|обмен)$/i, 'exchange'],
]

/**
 * The price of a card: its own text ("1 234,50 zł") and the words beside it, of which a word without digits says
 * "negotiable" in the site's language. Other text than a price is no price that was not read, only none that is known.
 */
export function readShownPrice(text: string, besides: readonly string[]): ReadPrice {
  const [, digits = '', sign = ''] = /^(\d[\d\s]*(?:[.,]\d{1,2})?)\s*([^\d\s]+?)\.?$/.exec(text) ?? []
  const currency = Object.hasOwn(SIGNS, sign) ? SIGNS[sign] : undefined
  const amount = currency ? asMinorUnits(digits.replace(/\s/g, '').replace(',', '.'), currency) : null
  const negotiable = besides.some((word) => /^\p{L}[\p{L}\s]+$/u.test(word))
  if (currency && amount !== null) return { price: fixedPrice(amount, currency, negotiable), priceRead: true }
  const kind = WORDS.find(([word]) => word.test(text))?.[1] ?? 'unknown'
  return { price: priceWithout(kind), priceRead: text !== '' && !/\d/.test(text) }
}
