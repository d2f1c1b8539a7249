import { canonicalUrl, photoUrls } from '../page/clean-url'
import { identify } from '../page/identify-advert'
import type { Reading } from '../page/judge-items'
import { asCurrency, asMinorUnits, fixedPrice, priceWithout } from '../page/read-amount'
import { asArray, asDigits, asObject, asText, at, type JsonObject } from '../page/read-json'
import { asUtc } from '../page/read-time'
import { stripHtml } from '../page/strip-html'
import type { Attribute, Item, Price, SellerKind } from '../source'

/** An advert's own page: `pageProps.ad`. Its price is one of its characteristics. */
export function mapAd(ad: JsonObject, base: string): Reading {
  const externalId = asDigits(ad.id)
  const title = asText(ad.title)
  const url = canonicalUrl(ad.url ?? base, base)
  const identity = identify(externalId, title, url)
  if ('rejected' in identity) return identity
  const price = readPrice(ad)
  return { item: { ...identity, price, ...restOf(ad, base) }, priceRead: price.kind !== 'unknown' }
}

function readPrice(ad: JsonObject): Price {
  const price = characteristics(ad).find((one) => one.key === 'price')
  const currency = asCurrency(price?.currency)
  const amount = currency ? asMinorUnits(price?.value, currency) : null
  if (currency && amount !== null) return fixedPrice(amount, currency, false)
  const hidden = String(at(ad.target, 'hidePrice') ?? '') === '1'
  return priceWithout(hidden ? 'on_request' : 'unknown')
}

function characteristics(ad: JsonObject): readonly JsonObject[] {
  return (asArray(ad.characteristics) ?? []).map(asObject).filter((one) => one !== null)
}

function restOf(ad: JsonObject, base: string): Omit<Item, 'externalId' | 'url' | 'title' | 'price'> {
  const images = asArray(ad.images) ?? []
  return {
    description: stripHtml(ad.description),
    seller: {
      kind: sellerKind(ad.advertiserType),
      id: asDigits(at(ad.agency, 'id') ?? at(ad.owner, 'id')),
      name: asText(at(ad.agency, 'name')) ?? asText(at(ad.owner, 'name')),
    },
    promoted: null,
    place: placeOf(at(ad.location, 'address')),
    coordinates: coordinatesOf(ad.location),
    photos: photoUrls(
      images.map((image) => at(image, 'large') ?? at(image, 'medium')),
      base,
    ),
    postedAt: asUtc(ad.createdAt),
    refreshedAt: asUtc(ad.modifiedAt),
    attributes: characteristics(ad).flatMap(attributeOf),
  }
}

function sellerKind(type: unknown): SellerKind {
  return type === 'business' || type === 'private' ? type : 'unknown'
}

function placeOf(address: unknown): Item['place'] {
  const [city, district, region] = ['city', 'district', 'province'].map((name) => asText(at(address, name, 'name')))
  return city || district || region ? { city: city ?? null, district: district ?? null, region: region ?? null } : null
}

/** A circle without a radius is the very place. */
function coordinatesOf(location: unknown): Item['coordinates'] {
  const [lat, lon] = [at(location, 'coordinates', 'latitude'), at(location, 'coordinates', 'longitude')]
  if (typeof lat !== 'number' || typeof lon !== 'number' || (lat === 0 && lon === 0)) return null
  if (Math.abs(lat) > 90 || Math.abs(lon) > 180) return null
  return { lat, lon, exact: at(location, 'mapDetails', 'radius') === 0 }
}

function attributeOf(one: JsonObject): readonly Attribute[] {
  const key = asText(one.key)
  const value = asText(one.localizedValue) ?? asText(one.value)
  return key && value && key !== 'price' ? [{ key, label: asText(one.label) ?? key, value }] : []
}
