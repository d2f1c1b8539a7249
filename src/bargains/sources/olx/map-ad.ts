import { photoUrls } from '../page/clean-url'
import type { Reading } from '../page/judge-items'
import { asArray, asObject, asText, type JsonObject } from '../page/read-json'
import { asUtc } from '../page/read-time'
import { stripHtml } from '../page/strip-html'
import type { Attribute, Item } from '../source'
import { readAdvert, readCoordinates, readPlace, readSeller } from './read-advert'
import { readStatePrice } from './read-price'

/** An advert of the page's state, in a list or on its own page, 2023 to 2026. `promoted` is the list's word, if any. */
export function mapAd(value: unknown, base: string, promoted: boolean | null): Reading {
  const ad = asObject(value)
  return readAdvert(ad, base, ad && readStatePrice(ad), () => restOf(ad ?? {}, base, promoted))
}

function restOf(
  ad: JsonObject,
  base: string,
  promoted: boolean | null,
): Omit<Item, 'externalId' | 'url' | 'title' | 'price'> {
  const location = asObject(ad.location)
  return {
    description: stripHtml(ad.description),
    seller: readSeller(ad.isBusiness, asObject(ad.user)),
    promoted: promotedOf(ad, promoted),
    place: readPlace(location?.cityName, location?.districtName, location?.regionName),
    coordinates: readCoordinates(asObject(ad.map)),
    photos: photoUrls(asArray(ad.photos) ?? [], base),
    postedAt: asUtc(ad.createdTime),
    refreshedAt: asUtc(ad.lastRefreshTime),
    attributes: [...(asArray(ad.params) ?? []).flatMap(attributeOf), ...salaryOf(ad.salary)],
  }
}

/** The place in the list counts: a paid advert may also stand where it belongs by date, and is then organic. */
function promotedOf(ad: JsonObject, listed: boolean | null): boolean | null {
  if (ad.searchReason === 'promoted') return true
  if (ad.searchReason === 'organic') return false
  return listed ?? (typeof ad.isPromoted === 'boolean' ? ad.isPromoted : null)
}

function attributeOf(value: unknown): readonly Attribute[] {
  const param = asObject(value)
  const key = asText(param?.key)
  const text = asText(param?.value) ?? asText(param?.normalizedValue)
  return key && text ? [{ key, label: asText(param?.name) ?? key, value: text }] : []
}

/** Pay is shown with the advert but is no price: 30 zł an hour and 6,000 zł a month cannot be compared. */
function salaryOf(value: unknown): readonly Attribute[] {
  const salary = asObject(value)
  const bounds = [salary?.from, salary?.to].filter((bound) => typeof bound === 'number' && bound > 0)
  const unit = [salary?.currencySymbol ?? salary?.currencyCode, salary?.period].map(asText).filter(Boolean)
  if (bounds.length === 0) return []
  return [{ key: 'salary', label: 'salary', value: [bounds.join('–'), ...unit].join(' ') }]
}
