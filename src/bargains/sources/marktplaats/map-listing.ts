import { canonicalUrl, photoUrls } from '../page/clean-url'
import { identify } from '../page/identify-advert'
import type { Reading } from '../page/judge-items'
import { asMinorUnits, fixedPrice, priceWithout } from '../page/read-amount'
import { asArray, asDigits, asObject, asText, at } from '../page/read-json'
import { asUtc } from '../page/read-time'
import { stripHtml } from '../page/strip-html'
import type { Attribute, Item, Price, PriceKind } from '../source'

/** Kinds of price that have no amount, as the site names them. A reserved advert shows none. */
const WITHOUT_AMOUNT: Readonly<Record<string, Exclude<PriceKind, 'fixed'>>> = {
  FREE: 'free',
  EXCHANGE: 'exchange',
  FAST_BID: 'on_request',
  NOTK: 'on_request',
  ON_REQUEST: 'on_request',
  SEE_DESCRIPTION: 'on_request',
  RESERVED: 'unknown',
}

/** `m…` of people and dealers, `a…` of advertisers. */
export function idOf(value: unknown): string | null {
  const text = asText(value)
  return text !== null && /^[am]\d{1,18}$/.test(text) ? text : null
}

/** A listing of a result page or the API, 2025 and 2026. */
export function mapListing(value: unknown, base: string): Reading {
  const listing = asObject(value) ?? {}
  const externalId = idOf(listing.itemId)
  const title = asText(listing.title)
  const url = canonicalUrl(listing.vipUrl, base)
  const identity = identify(externalId, title, url)
  if ('rejected' in identity) return identity
  const { price, priceRead } = readPrice(listing.priceInfo)
  const promoted = asText(listing.priorityProduct)
  const item = {
    ...identity,
    price,
    description: stripHtml(listing.description),
    seller: sellerOf(listing),
    promoted: promoted === null ? null : promoted !== 'NONE' || identity.externalId.startsWith('a'),
    ...placeOf(listing.location),
    photos: photosOf(listing, base),
    postedAt: null,
    refreshedAt: null,
    attributes: (asArray(listing.attributes) ?? []).flatMap(attributeOf),
  }
  return { item, priceRead }
}

/** Whole cents. A lowest bid is what the seller asks at least, so its amount may go up. */
export function readPrice(info: unknown): { readonly price: Price; readonly priceRead: boolean } {
  const type = asText(at(info, 'priceType')) ?? ''
  const without = Object.hasOwn(WITHOUT_AMOUNT, type) ? WITHOUT_AMOUNT[type] : undefined
  if (without) return { price: priceWithout(without, type === 'FAST_BID'), priceRead: true }
  const cents = at(info, 'priceCents')
  const whole = typeof cents === 'number' && Number.isSafeInteger(cents) && cents > 0 ? BigInt(cents) : null
  // Through the one rule of what is an amount at all: above nought, and below what any price is.
  const amount = whole === null ? null : asMinorUnits(`${whole / 100n}.${String(whole % 100n).padStart(2, '0')}`, 'EUR')
  const price = amount === null ? priceWithout('unknown') : fixedPrice(amount, 'EUR', type === 'MIN_BID')
  return { price, priceRead: amount !== null }
}

function sellerOf(listing: unknown): Item['seller'] {
  const traits = (asArray(at(listing, 'traits')) ?? []).map(asText)
  const isDealer = traits.some((trait) => trait?.startsWith('DEALER_'))
  const seller = at(listing, 'sellerInformation')
  return {
    kind: isDealer ? 'business' : 'unknown',
    id: asDigits(at(seller, 'sellerId')),
    name: asText(at(seller, 'sellerName')),
  }
}

export function placeOf(value: unknown): Pick<Item, 'place' | 'coordinates'> {
  const [lat, lon, city] = [at(value, 'latitude'), at(value, 'longitude'), asText(at(value, 'cityName'))]
  // 0, 0 is the sea off Africa, and what the site writes for "all of the country".
  const known = typeof lat === 'number' && typeof lon === 'number' && (lat !== 0 || lon !== 0)
  return {
    place: city ? { city, district: null, region: null } : null,
    coordinates: known && Math.abs(lat) <= 90 && Math.abs(lon) <= 180 ? { lat, lon, exact: false } : null,
  }
}

function photosOf(listing: unknown, base: string): readonly string[] {
  const pictures = (asArray(at(listing, 'pictures')) ?? []).map(
    (picture) => at(picture, 'extraExtraLargeUrl') ?? at(picture, 'largeUrl'),
  )
  const usable = pictures.filter((url) => asText(url) !== null)
  return photoUrls(usable.length > 0 ? usable : (asArray(at(listing, 'imageUrls')) ?? []), base)
}

function attributeOf(value: unknown): readonly Attribute[] {
  const [key, text] = [asText(at(value, 'key')), asText(at(value, 'value'))]
  return key && text ? [{ key, label: key, value: text }] : []
}

/** An advert's own page, 2026: `window.__CONFIG__.listing`. */
export function mapOffer(value: unknown, base: string): Reading {
  const listing = asObject(value) ?? {}
  const externalId = idOf(listing.itemId)
  const title = asText(listing.title)
  const url = canonicalUrl(base, base)
  const identity = identify(externalId, title, url)
  if ('rejected' in identity) return identity
  const { price, priceRead } = readPrice(listing.priceInfo)
  const seller = listing.seller
  const type = asText(at(seller, 'sellerType'))
  const item = {
    ...identity,
    price,
    description: stripHtml(listing.description),
    seller: {
      kind: type === 'CONSUMER' ? ('private' as const) : type ? ('business' as const) : ('unknown' as const),
      id: asDigits(at(seller, 'id')),
      name: asText(at(seller, 'name')),
    },
    promoted: null,
    ...placeOf(at(seller, 'location')),
    photos: photoUrls((asArray(at(listing, 'gallery', 'imageUrls')) ?? []).map(largest), base),
    postedAt: asUtc(at(listing, 'stats', 'since')),
    refreshedAt: null,
    attributes: listing.isReserved === true ? [{ key: 'reserved', label: 'reserved', value: 'true' }] : [],
  }
  return { item, priceRead }
}

/** The address of a picture has a `#` for its size; 86 is the largest of the page's own list. */
function largest(url: unknown): unknown {
  return asText(url)?.replace('$_#.', '$_86.')
}
