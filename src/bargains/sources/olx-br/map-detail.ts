import { canonicalUrl, photoUrls } from '../page/clean-url'
import { identify } from '../page/identify-advert'
import type { Reading } from '../page/judge-items'
import { asArray, asDigits, asObject, asText, at, type JsonObject } from '../page/read-json'
import { asUtc } from '../page/read-time'
import { stripHtml } from '../page/strip-html'
import type { Item } from '../source'
import { attributesOf, isFeatured, placeOf, readReais, sellerKind } from './read-ad'

/** An advert's own page, 2026. `listId` is its identity, as in lists; `adId` is another number. */
export function mapDetail(value: unknown, base: string): Reading {
  const ad = asObject(value) ?? {}
  const externalId = asDigits(ad.listId)
  const title = asText(ad.subject)
  const url = canonicalUrl(ad.friendlyUrl ?? ad.canonicalUrl, base)
  const identity = identify(externalId, title, url)
  if ('rejected' in identity) return identity
  const price = readReais(ad)
  return { item: { ...identity, price, ...restOf(ad, base) }, priceRead: price.kind !== 'unknown' }
}

function restOf(ad: JsonObject, base: string): Omit<Item, 'externalId' | 'url' | 'title' | 'price'> {
  const images = (asArray(ad.images) ?? []).map((image) => at(image, 'original'))
  return {
    description: stripHtml(ad.description ?? ad.body),
    seller: { kind: sellerKind(ad), id: asDigits(at(ad.user, 'userId')), name: asText(at(ad.user, 'name')) },
    promoted: isFeatured(ad),
    place: placeOf(ad.location),
    coordinates: coordinatesOf(ad.location),
    photos: photoUrls(images, base),
    // The page does not say whether the advert was put up again since.
    postedAt: null,
    refreshedAt: asUtc(ad.listTime),
    attributes: attributesOf(ad.properties),
  }
}

/** Nought/nought is a missing point, not the sea; how exact a point is the page does not say. */
function coordinatesOf(location: unknown): Item['coordinates'] {
  const [lat, lon] = [at(location, 'mapLati'), at(location, 'mapLong')]
  if (typeof lat !== 'number' || typeof lon !== 'number' || (lat === 0 && lon === 0)) return null
  if (Math.abs(lat) > 90 || Math.abs(lon) > 180) return null
  return { lat, lon, exact: false }
}
