import { canonicalUrl, photoUrls } from '../page/clean-url'
import { identify } from '../page/identify-advert'
import type { Reading } from '../page/judge-items'
import { asArray, asDigits, asObject, asText, at, type JsonObject } from '../page/read-json'
import type { Item } from '../source'
import { attributesOf, isFeatured, placeOf, readReais, sellerKind } from './read-ad'
import { asUtcFromSeconds } from './read-seconds'

/** An advert of a result page, 2026. */
export function mapAd(value: unknown, base: string): Reading {
  const ad = asObject(value) ?? {}
  const externalId = asDigits(ad.listId)
  const title = asText(ad.title) ?? asText(ad.subject)
  const url = canonicalUrl(ad.url ?? ad.friendlyUrl, base)
  const identity = identify(externalId, title, url)
  if ('rejected' in identity) return identity
  const price = readReais(ad)
  return { item: { ...identity, price, ...restOf(ad, base) }, priceRead: price.kind !== 'unknown' }
}

function restOf(ad: JsonObject, base: string): Omit<Item, 'externalId' | 'url' | 'title' | 'price'> {
  const images = (asArray(ad.images) ?? []).map((image) => at(image, 'original'))
  const listed = asUtcFromSeconds(ad.origListTime)
  return {
    description: null,
    seller: { kind: sellerKind(ad), id: null, name: null },
    promoted: isFeatured(ad),
    place: placeOf(ad.locationDetails),
    coordinates: null,
    photos: photoUrls(images, base),
    // The time of an advert that was put up again is that of the last time; when it first was, the page does not say.
    postedAt: wasBumped(ad) ? null : listed,
    refreshedAt: listed,
    attributes: attributesOf(ad.properties),
  }
}

function wasBumped(ad: JsonObject): boolean {
  return /^[1-9]\d*$/.test(String(ad.lastBumpAgeSecs ?? ''))
}
