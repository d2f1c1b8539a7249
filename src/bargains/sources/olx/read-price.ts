import { asCurrency, asMinorUnits, fixedPrice, priceWithout } from '../page/read-amount'
import { asArray, asObject, asText, at, type JsonObject } from '../page/read-json'
import type { Price } from '../source'

export type ReadPrice = { readonly price: Price; readonly priceRead: boolean }

const UNREAD: ReadPrice = { price: priceWithout('unknown'), priceRead: false }
const ON_REQUEST: ReadPrice = { price: priceWithout('on_request'), priceRead: true }

/**
 * The price of an advert in the page's state. Swap and giveaway have flags; an advert without an amount whose shown text
 * has no digits ("price to be agreed") is `on_request`, as are jobs, whose pay is no price.
 */
export function readStatePrice(ad: JsonObject): ReadPrice {
  if (ad.isJob === true) return ON_REQUEST
  const price = asObject(ad.price)
  if (!price) return UNREAD
  const regular = asObject(price.regularPrice)
  const fixed = regular && fixedOf(regular.value, regular.currencyCode, regular.negotiable === true)
  return fixed ?? flagged(price) ?? (saysOnRequest(price) ? ON_REQUEST : UNREAD)
}

function saysOnRequest(price: JsonObject): boolean {
  return price.regularPrice === null && typeof price.displayValue === 'string' && !/\d/.test(price.displayValue)
}

function fixedOf(value: unknown, code: unknown, negotiable: boolean): ReadPrice | null {
  const currency = asCurrency(code)
  const amount = currency ? asMinorUnits(value, currency) : null
  return currency && amount !== null ? { price: fixedPrice(amount, currency, negotiable), priceRead: true } : null
}

function flagged(price: JsonObject): ReadPrice | null {
  if (price.free === true) return { price: priceWithout('free'), priceRead: true }
  if (price.exchange === true) return { price: priceWithout('exchange'), priceRead: true }
  return null
}

/** The price of an advert of the JSON API, which keeps it among the parameters. `arranged` with an amount is negotiable. */
export function readApiPrice(offer: JsonObject): ReadPrice {
  const params = (asArray(offer.params) ?? []).map(asObject)
  const price = asObject(params.find((param) => param?.key === 'price')?.value)
  if (!price) return isJob(offer, params) ? ON_REQUEST : UNREAD
  const arranged = price.arranged === true || price.type === 'arranged'
  const fixed = fixedOf(price.value, price.currency, arranged || price.negotiable === true)
  return fixed ?? flagged(flagsOf(price)) ?? (arranged ? ON_REQUEST : UNREAD)
}

function flagsOf(price: JsonObject): JsonObject {
  return { free: price.type === 'free' || price.free, exchange: price.type === 'exchange' || price.exchange }
}

function isJob(offer: JsonObject, params: readonly (JsonObject | null)[]): boolean {
  return /^jobs?$/.test(asText(at(offer, 'category', 'type')) ?? '') || params.some((param) => param?.key === 'salary')
}
