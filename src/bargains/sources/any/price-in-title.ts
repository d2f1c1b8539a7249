import { priceWithout } from '../page/read-amount'
import { readPriceText } from '../page/read-price-text'
import type { Price } from '../source'

const SIGN = '(?:zł|PLN|€|EUR|US ?\\$|R\\$|\\$|USD|£|GBP|Kč|CZK|CHF)'
const AMOUNT = '\\d[\\d .,\\u00a0]{0,14}\\d|\\d'
const BEFORE = new RegExp(`${SIGN}\\s?(?:${AMOUNT})(?:[.,]-)?`, 'giu')
const AFTER = new RegExp(`(?:${AMOUNT})(?:[.,]-)?\\s?${SIGN}(?![\\p{L}\\d])`, 'giu')

/** Then the amount is what is saved, or what must be spent. */
const NOT_THE_PRICE =
  /\b(off|save|rebate|coupon|cash ?back|discount|gift card|over|orders?)\b|rabat|taniej|zniżk|gutschein|sparen|korting/i

/** The price in a feed's title, where it names exactly one amount with its currency, and nothing says that it is another. */
export function priceInTitle(title: string): Price {
  const text = title.slice(0, 500)
  if (NOT_THE_PRICE.test(text)) return priceWithout('unknown')
  const found = [...text.matchAll(BEFORE), ...text.matchAll(AFTER)]
  const [only, second] = found
  return only && !second ? readPriceText(only[0], null) : priceWithout('unknown')
}
