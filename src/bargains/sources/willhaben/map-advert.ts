import { canonicalUrl, photoUrls } from '../page/clean-url'
import { identify } from '../page/identify-advert'
import type { Reading } from '../page/judge-items'
import { asMinorUnits, fixedPrice } from '../page/read-amount'
import { asArray, asDigits, asObject, asText, at } from '../page/read-json'
import { readPriceText } from '../page/read-price-text'
import { asUtc } from '../page/read-time'
import { stripHtml } from '../page/strip-html'
import type { Attribute, Item, Price } from '../source'

type Named = (name: string) => string | null

/** An advert of `advertSummary`, 2026: nearly all of it stands in a list of names with their values. */
export function mapAdvert(value: unknown): Reading {
  const advert = asObject(value) ?? {}
  const attributes = readAttributes(advert.attributes)
  const named: Named = (name) => attributes.get(name)?.[0] ?? null
  const externalId = asDigits(advert.id) ?? asDigits(named('ADID'))
  const title = asText(advert.description) ?? named('HEADING')
  const path = named('SEO_URL')
  const url = path === null ? null : canonicalUrl(path.replace(/^\/+/, ''), 'https://www.willhaben.at/iad/')
  const identity = identify(externalId, title, url)
  if ('rejected' in identity) return identity
  const price = readPrice(named)
  const item = { ...identity, price, ...restOf(advert, named), attributes: extrasOf(attributes) }
  return { item, priceRead: price.kind !== 'unknown' }
}

function readAttributes(value: unknown): ReadonlyMap<string, readonly string[]> {
  const pairs = (asArray(at(value, 'attribute')) ?? []).map((entry) => {
    const values = (asArray(at(entry, 'values')) ?? []).map(asText).filter((text) => text !== null)
    return [asText(at(entry, 'name')) ?? '', values] as const
  })
  return new Map(pairs)
}

/** The site's number first; what it shows instead of one ("Zu verschenken") is its own word. */
function readPrice(named: Named): Price {
  const amount = asMinorUnits(named('PRICE') ?? named('PRICE/AMOUNT'), 'EUR')
  return amount === null ? readPriceText(named('PRICE_FOR_DISPLAY') ?? '', 'EUR') : fixedPrice(amount, 'EUR', false)
}

function restOf(advert: unknown, named: Named): Omit<Item, 'externalId' | 'url' | 'title' | 'price' | 'attributes'> {
  const images = asArray(at(advert, 'advertImageList', 'advertImage')) ?? []
  const published = asUtc(named('PUBLISHED_String'))
  const [city, region] = [named('LOCATION'), named('STATE')]
  return {
    description: stripHtml(named('BODY_DYN')),
    seller: { kind: sellerKind(named('ISPRIVATE')), id: named('ORGID'), name: named('ORGNAME') },
    // Out of the order of time, at the top: the site marks it by where a click on it comes from.
    promoted: named('REFERER') === 'pp',
    place: city || region ? { city, district: null, region } : null,
    coordinates: coordinatesOf(named('COORDINATES')),
    photos: photoUrls(
      images.map((image) => at(image, 'mainImageUrl') ?? at(image, 'referenceImageUrl')),
      'https://www.willhaben.at/',
    ),
    // A bump moves the only time that the page says.
    postedAt: named('IS_BUMPED') === null ? published : null,
    refreshedAt: published,
  }
}

function sellerKind(value: string | null): Item['seller']['kind'] {
  return value === '1' ? 'private' : value === '0' ? 'business' : 'unknown'
}

function coordinatesOf(value: string | null): Item['coordinates'] {
  const [, lat, lon] = /^(-?\d{1,2}(?:\.\d+)?),(-?\d{1,3}(?:\.\d+)?)$/.exec(value ?? '') ?? []
  return lat && lon ? { lat: Number(lat), lon: Number(lon), exact: false } : null
}

const EXTRAS: readonly string[] = [
  'PROPERTY_TYPE',
  'NUMBER_OF_ROOMS',
  'ESTATE_SIZE/LIVING_AREA',
  'ESTATE_SIZE',
  'FLOOR',
  'POSTCODE',
  'ADDRESS',
]

function extrasOf(attributes: ReadonlyMap<string, readonly string[]>): readonly Attribute[] {
  return EXTRAS.flatMap((key) => {
    const value = attributes.get(key)?.join(', ')
    return value ? [{ key, label: key, value }] : []
  })
}
