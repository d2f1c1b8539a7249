import type { Price } from '../source'
import { asCurrency, fixedPrice, priceWithout } from './read-amount'
import { asArray, asObjects, asText, type JsonObject } from './read-json'
import { currencyIn, readMachineAmount } from './read-price-text'

/** A crossed-out price beside the real one. */
const CROSSED_OUT = /ListPrice|StrikethroughPrice|MSRP|SRP/
const MOST_OFFERS = 200

/** What a node of schema.org costs: the lowest of its offers. Nought, and what has no currency, is unknown. */
export function schemaPrice(node: JsonObject): Price {
  const prices = offersOf(node).flatMap((offer) => priceOf(offer) ?? [])
  const [first] = prices
  if (!first) return priceWithout('unknown')
  const same = prices.filter(({ currency }) => currency === first.currency)
  return same.reduce((low, price) => ((price.amount ?? 0n) < (low.amount ?? 0n) ? price : low), first)
}

/** The offers of a product, or the node itself where it is one. */
export function offersOf(node: JsonObject): readonly JsonObject[] {
  const list = asObjects(node.offers, MOST_OFFERS)
  return list.length > 0 ? list : [node]
}

function priceOf(offer: JsonObject): Price | null {
  for (const place of [offer, ...specificationsOf(offer), ...asObjects(offer.offers, MOST_OFFERS)]) {
    const value = amountOf(place.price) ?? amountOf(place.lowPrice) ?? amountOf(place.minPrice)
    if (value === null) continue
    const named = asCurrency(place.priceCurrency) ?? asCurrency(offer.priceCurrency)
    const currency = named ?? (typeof value === 'string' ? currencyIn(value) : null)
    const amount = currency ? readMachineAmount(value, currency) : null
    if (currency && amount !== null) return fixedPrice(amount, currency, false)
  }
  return null
}

function amountOf(value: unknown): string | number | null {
  const one = asArray(value)?.[0] ?? value
  return typeof one === 'number' ? one : asText(one)
}

function specificationsOf(offer: JsonObject): readonly JsonObject[] {
  const given = asObjects(offer.priceSpecification, MOST_OFFERS)
  return given.filter((one) => !CROSSED_OUT.test(asText(one.priceType) ?? ''))
}
