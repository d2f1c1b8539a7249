import { canonicalUrl, photoUrls } from '../page/clean-url'
import { identify } from '../page/identify-advert'
import type { Reading } from '../page/judge-items'
import { asCurrency, asMinorUnits, fixedPrice, priceWithout } from '../page/read-amount'
import { asArray, asDigits, asObject, asText, at, type JsonObject } from '../page/read-json'
import { asUtcFromWarsaw } from '../page/read-time'
import { stripHtml } from '../page/strip-html'
import type { Attribute, Item, Price } from '../source'

/** An advert of a result page. */
export function mapItem(value: unknown, base: string): Reading {
  const advert = asObject(value) ?? {}
  const externalId = asDigits(advert.id)
  const title = asText(advert.title)
  const slug = asText(advert.slug)
  const url = slug === null ? null : canonicalUrl(`/pl/oferta/${encodeURIComponent(slug)}`, base)
  const identity = identify(externalId, title, url)
  if ('rejected' in identity) return identity
  const price = readPrice(advert)
  // A whole investment has no price, only those of its flats.
  const priceRead = price.kind !== 'unknown' || asText(advert.investmentState) !== null
  return { item: { ...identity, price, ...restOf(advert, base) }, priceRead }
}

/** Developers may hide their price; the rent and the price of a square metre are never taken for it. */
function readPrice(advert: JsonObject): Price {
  const currency = asCurrency(at(advert.totalPrice, 'currency'))
  const amount = currency ? asMinorUnits(at(advert.totalPrice, 'value'), currency) : null
  if (currency && amount !== null) return fixedPrice(amount, currency, false)
  return priceWithout(advert.hidePrice === true ? 'on_request' : 'unknown')
}

function restOf(advert: JsonObject, base: string): Omit<Item, 'externalId' | 'url' | 'title' | 'price'> {
  const images = asArray(advert.images) ?? []
  return {
    description: stripHtml(advert.shortDescription),
    seller: sellerOf(advert),
    promoted: typeof advert.isPromoted === 'boolean' ? advert.isPromoted : null,
    place: placeOf(advert.location),
    coordinates: null,
    photos: photoUrls(
      images.map((image) => at(image, 'large') ?? at(image, 'medium')),
      base,
    ),
    // `dateCreated` moves with every bump; the first one does not. Both are what a clock in Warsaw showed.
    postedAt: asUtcFromWarsaw(advert.dateCreatedFirst),
    refreshedAt: asUtcFromWarsaw(advert.dateCreated),
    attributes: attributesOf(advert),
  }
}

function sellerOf(advert: JsonObject): Item['seller'] {
  const agency = asObject(advert.agency)
  const kind = agency ? 'business' : advert.isPrivateOwner === true ? 'private' : 'unknown'
  return { kind, id: asDigits(agency?.id), name: asText(agency?.name) }
}

/** The district stands only in the full name of the innermost place: "Jasień, Gdańsk, pomorskie". */
function placeOf(location: unknown): Item['place'] {
  const city = asText(at(location, 'address', 'city', 'name'))
  const region = asText(at(location, 'address', 'province', 'name'))
  const inner = asText(at((asArray(at(location, 'reverseGeocoding', 'locations')) ?? []).at(-1), 'fullName'))
  const [district, within] = inner?.split(', ') ?? []
  if (!city && !region) return null
  return { city, district: district && within === city && district !== city ? district : null, region }
}

const ROOMS: readonly string[] = ['ONE', 'TWO', 'THREE', 'FOUR', 'FIVE', 'SIX', 'SEVEN', 'EIGHT', 'NINE', 'TEN']

function attributesOf(advert: JsonObject): readonly Attribute[] {
  const rooms = ROOMS.indexOf(asText(advert.roomsNumber) ?? '') + 1
  const pairs: readonly (readonly [string, unknown])[] = [
    ['estate', advert.estate],
    ['transaction', advert.transaction],
    ['area', withUnit(advert.areaInSquareMeters, 'm²')],
    ['terrain_area', withUnit(advert.terrainAreaInSquareMeters, 'm²')],
    ['rooms_num', rooms > 0 ? String(rooms) : advert.roomsNumber],
    [
      'price_per_m',
      withUnit(at(advert.pricePerSquareMeter, 'value'), asText(at(advert.pricePerSquareMeter, 'currency'))),
    ],
    ['rent', withUnit(at(advert.rentPrice, 'value'), asText(at(advert.rentPrice, 'currency')))],
  ]
  return pairs.flatMap(([key, value]) => {
    const text = asText(value)
    return text ? [{ key, label: key, value: text }] : []
  })
}

function withUnit(value: unknown, unit: string | null): string | null {
  return typeof value === 'number' && Number.isFinite(value) && value > 0 ? `${value} ${unit ?? ''}`.trim() : null
}
