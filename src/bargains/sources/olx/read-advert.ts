import { canonicalUrl } from '../page/clean-url'
import type { Reading } from '../page/judge-items'
import { asDigits, asText, type JsonObject } from '../page/read-json'
import type { Item } from '../source'
import type { ReadPrice } from './read-price'

type Rest = Omit<Item, 'externalId' | 'url' | 'title' | 'price'>

/** An advert with its required fields checked; the rest is only asked for when they are there. */
export function readAdvert(
  ad: JsonObject | null,
  base: string,
  readPrice: ReadPrice | null,
  rest: () => Rest,
): Reading {
  const externalId = asDigits(ad?.id)
  const url = canonicalUrl(ad?.url, base)
  const title = asText(ad?.title)
  if (!externalId) return { rejected: { reason: 'no id', externalId: null } }
  if (!title) return { rejected: { reason: 'no title', externalId } }
  if (!url || !readPrice) return { rejected: { reason: 'no address', externalId } }
  const { price, priceRead } = readPrice
  return { item: { externalId, url, title, price, ...rest() }, priceRead }
}

export function readSeller(business: unknown, user: JsonObject | null): Item['seller'] {
  const kind = business === true ? 'business' : business === false ? 'private' : 'unknown'
  return { kind, id: asDigits(user?.id), name: asText(user?.name) ?? asText(user?.company_name) }
}

/** The map's point; `exact` where the seller shows the very place. Nought/nought is a missing point, not the sea. */
export function readCoordinates(map: JsonObject | null): Item['coordinates'] {
  const lat = map?.lat
  const lon = map?.lon
  if (typeof lat !== 'number' || typeof lon !== 'number' || (lat === 0 && lon === 0)) return null
  if (Math.abs(lat) > 90 || Math.abs(lon) > 180) return null
  return { lat, lon, exact: map?.show_detailed === true }
}

export function readPlace(city: unknown, district: unknown, region: unknown): Item['place'] {
  const place = { city: asText(city), district: asText(district), region: asText(region) }
  return place.city || place.district || place.region ? place : null
}
