import { canonicalUrl, photoUrls } from '../page/clean-url'
import { identify } from '../page/identify-advert'
import type { Reading } from '../page/judge-items'
import { asCurrency, asMinorUnits, fixedPrice, priceWithout } from '../page/read-amount'
import { asDigits, asObject, asText, at, type JsonObject } from '../page/read-json'
import type { Attribute, Item, Price } from '../source'

/** An item of the catalogue API, 2025. Its price is without the buyer's fee, as the site's cards have it. */
export function mapItem(value: unknown, base: string): Reading {
  const item = asObject(value) ?? {}
  const externalId = asDigits(item.id)
  const title = asText(item.title)
  const url = canonicalUrl(item.url ?? item.path, base)
  const identity = identify(externalId, title, url)
  if ('rejected' in identity) return identity
  const price = readPrice(item.price)
  return { item: { ...identity, price, ...restOf(item, base) }, priceRead: price.kind === 'fixed' }
}

function readPrice(value: unknown): Price {
  const currency = asCurrency(at(value, 'currency_code'))
  const amount = currency ? asMinorUnits(at(value, 'amount'), currency) : null
  return currency && amount !== null ? fixedPrice(amount, currency, false) : priceWithout('unknown')
}

/** No time: the only one in the answer is when the picture was stored. */
function restOf(item: JsonObject, base: string): Omit<Item, 'externalId' | 'url' | 'title' | 'price'> {
  const business = at(item, 'user', 'business')
  return {
    description: null,
    seller: {
      kind: typeof business === 'boolean' ? (business ? 'business' : 'private') : 'unknown',
      id: asDigits(at(item, 'user', 'id')),
      name: asText(at(item, 'user', 'login')),
    },
    promoted: typeof item.promoted === 'boolean' ? item.promoted : null,
    place: null,
    coordinates: null,
    photos: photoUrls([at(item, 'photo', 'full_size_url') ?? at(item, 'photo', 'url')], base),
    postedAt: null,
    refreshedAt: null,
    attributes: attributesOf(item),
  }
}

function attributesOf(item: JsonObject): readonly Attribute[] {
  const told = [
    ['brand', asText(item.brand_title)],
    ['size', asText(item.size_title)],
    ['condition', asText(item.status)],
    ['total_price', withFee(item.total_item_price)],
  ] as const
  return told.flatMap(([key, value]) => (value === null ? [] : [{ key, label: key, value }]))
}

/** What a buyer pays with the fee, as the site counts it. */
function withFee(value: unknown): string | null {
  const [amount, currency] = [asText(at(value, 'amount')), asText(at(value, 'currency_code'))]
  return amount && currency ? `${amount} ${currency}` : null
}
