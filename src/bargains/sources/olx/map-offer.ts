import { photoUrls } from '../page/clean-url'
import type { Reading } from '../page/judge-items'
import { asArray, asObject, asText, at, type JsonObject } from '../page/read-json'
import { asUtc } from '../page/read-time'
import { stripHtml } from '../page/strip-html'
import type { Attribute, Item } from '../source'
import { readAdvert, readCoordinates, readPlace, readSeller } from './read-advert'
import { readApiPrice } from './read-price'

/** An advert of the JSON API (`/api/v1/offers`). `promoted` is the answer's word on its place, if any. */
export function mapOffer(value: unknown, base: string, promoted: boolean | null): Reading {
  const offer = asObject(value)
  return readAdvert(offer, base, offer && readApiPrice(offer), () => restOf(offer ?? {}, base, promoted))
}

function restOf(
  offer: JsonObject,
  base: string,
  promoted: boolean | null,
): Omit<Item, 'externalId' | 'url' | 'title' | 'price'> {
  const topAd = at(offer, 'promotion', 'top_ad')
  return {
    description: stripHtml(offer.description),
    seller: readSeller(offer.business, asObject(offer.user)),
    promoted: promoted ?? (typeof topAd === 'boolean' ? topAd : null),
    place: placeOf(offer.location),
    coordinates: readCoordinates(asObject(offer.map)),
    photos: photoUrls(
      (asArray(offer.photos) ?? []).map((photo) => at(photo, 'link')),
      base,
    ),
    postedAt: asUtc(offer.created_time),
    refreshedAt: asUtc(offer.last_refresh_time),
    attributes: (asArray(offer.params) ?? []).flatMap(attributeOf),
  }
}

function placeOf(location: unknown): Item['place'] {
  return readPlace(at(location, 'city', 'name'), at(location, 'district', 'name'), at(location, 'region', 'name'))
}

function attributeOf(value: unknown): readonly Attribute[] {
  const param = asObject(value)
  const key = asText(param?.key)
  const text = asText(at(param, 'value', 'label')) ?? asText(at(param, 'value', 'key'))
  return key && text && key !== 'price' ? [{ key, label: asText(param?.name) ?? key, value: text }] : []
}
