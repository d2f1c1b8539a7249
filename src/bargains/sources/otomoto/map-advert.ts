import { canonicalUrl, photoUrls } from '../page/clean-url'
import type { Reading } from '../page/judge-items'
import { asCurrency, asMinorUnits, fixedPrice, priceWithout } from '../page/read-amount'
import { asArray, asDigits, asObject, asText, at, type JsonObject } from '../page/read-json'
import { asUtcFromWarsaw } from '../page/read-time'
import { stripHtml } from '../page/strip-html'
import type { Attribute, Item, Price, SellerKind } from '../source'

/** An advert's own page. Its price is flat and its seller named otherwise than in a list. */
export function mapAdvert(value: unknown, base: string): Reading {
  const advert = asObject(value) ?? {}
  const externalId = asDigits(advert.id)
  const title = asText(advert.title)
  const url = canonicalUrl(advert.url ?? base, base)
  if (!externalId || !title || !url)
    return { rejected: { reason: externalId ? 'no title or address' : 'no id', externalId } }
  const price = readPrice(advert.price)
  return { item: { externalId, url, title, price, ...restOf(advert, base) }, priceRead: price.kind === 'fixed' }
}

function readPrice(value: unknown): Price {
  const currency = asCurrency(at(value, 'currency'))
  const amount = currency ? asMinorUnits(withoutBlanks(at(value, 'value')), currency) : null
  return currency && amount !== null ? fixedPrice(amount, currency, false) : priceWithout('unknown')
}

/** "59 900" and "59 900,50" as a person writes them. */
function withoutBlanks(value: unknown): unknown {
  return typeof value === 'string' ? value.replace(/\s/g, '').replace(',', '.') : value
}

function restOf(advert: JsonObject, base: string): Omit<Item, 'externalId' | 'url' | 'title' | 'price'> {
  const photos = (asArray(at(advert, 'images', 'photos')) ?? []).map((photo) => at(photo, 'url'))
  return {
    description: stripHtml(advert.description),
    seller: {
      kind: sellerKind(at(advert, 'seller', 'type')),
      id: asDigits(at(advert, 'seller', 'id')),
      name: asText(at(advert, 'seller', 'name')),
    },
    promoted: null,
    place: null,
    coordinates: null,
    photos: photoUrls(photos, base),
    postedAt: asUtcFromWarsaw(advert.createdAt),
    refreshedAt: null,
    attributes: (asArray(advert.details) ?? []).flatMap(attributeOf),
  }
}

function sellerKind(type: unknown): SellerKind {
  return type === 'PRIVATE' ? 'private' : asText(type) ? 'business' : 'unknown'
}

function attributeOf(value: unknown): readonly Attribute[] {
  const detail = asObject(value)
  const label = asText(detail?.label)
  const text = asText(detail?.value)
  return label && text ? [{ key: asText(detail?.key) ?? label, label, value: text }] : []
}
