import { canonicalUrl, photoUrls } from '../page/clean-url'
import type { Reading } from '../page/judge-items'
import { asCurrency, asMinorUnits, fixedPrice, priceWithout } from '../page/read-amount'
import { asArray, asDigits, asObject, asText, at, type JsonObject } from '../page/read-json'
import { asUtcFromWarsaw } from '../page/read-time'
import { stripHtml } from '../page/strip-html'
import type { Attribute, Item, Price } from '../source'

/** An edge of `advertSearch.edges`, 2024 to 2026. What is paid for stands on the edge, not on its node. */
export function mapNode(edge: unknown, base: string): Reading {
  const node = asObject(at(edge, 'node')) ?? {}
  const externalId = asDigits(node.id)
  const title = asText(node.title)
  const url = canonicalUrl(node.url, base)
  if (!externalId) return { rejected: { reason: 'no id', externalId: null } }
  if (!title) return { rejected: { reason: 'no title', externalId } }
  if (!url) return { rejected: { reason: 'no address', externalId } }
  const price = readPrice(at(node, 'price', 'amount'))
  return { item: { externalId, url, title, price, ...restOf(node, edge, base) }, priceRead: price.kind === 'fixed' }
}

/** Money as text, else as whole units with billionths; `units` alone drops the grosze. */
function readPrice(money: unknown): Price {
  const currency = asCurrency(at(money, 'currencyCode'))
  if (!currency) return priceWithout('unknown')
  const amount = asMinorUnits(at(money, 'value') ?? withNanos(money), currency)
  return amount === null ? priceWithout('unknown') : fixedPrice(amount, currency, false)
}

function withNanos(money: unknown): string | null {
  const [units, nanos] = [at(money, 'units'), at(money, 'nanos') ?? 0]
  if (typeof units !== 'number' || !Number.isSafeInteger(units)) return null
  if (typeof nanos !== 'number' || !Number.isSafeInteger(nanos) || nanos < 0 || nanos > 999_999_999) return null
  return `${units}.${String(nanos).padStart(9, '0')}`
}

function restOf(node: JsonObject, edge: unknown, base: string): Omit<Item, 'externalId' | 'url' | 'title' | 'price'> {
  const vas = asObject(at(edge, 'vas'))
  const city = asText(at(node, 'location', 'city', 'name'))
  const region = asText(at(node, 'location', 'region', 'name'))
  return {
    description: stripHtml(node.shortDescription),
    seller: sellerOf(node.sellerLink),
    promoted: typeof vas?.isPromoted === 'boolean' ? vas.isPromoted : null,
    place: city || region ? { city, district: null, region } : null,
    coordinates: null,
    photos: photosOf(node, base),
    postedAt: asUtcFromWarsaw(node.createdAt),
    refreshedAt: asUtcFromWarsaw(vas?.bumpDate),
    attributes: (asArray(node.parameters) ?? []).flatMap(attributeOf),
  }
}

/** Dealers have a name or a page of their own, private sellers neither. */
function sellerOf(value: unknown): Item['seller'] {
  const link = asObject(value)
  if (!link) return { kind: 'unknown', id: null, name: null }
  const name = asText(link.name)
  const known = 'name' in link || 'websiteUrl' in link
  const kind = name || asText(link.websiteUrl) ? 'business' : known ? 'private' : 'unknown'
  return { kind, id: asDigits(link.id), name }
}

/** Dealers show several pictures in the list; of everybody else there is the cover alone, in two sizes. */
function photosOf(node: JsonObject, base: string): readonly string[] {
  const shown = (asArray(at(node, 'dealer4thPackage', 'photos', 'nodes')) ?? []).map((photo) => at(photo, 'url'))
  const cover = at(node, 'thumbnail', 'x2') ?? at(node, 'thumbnail', 'x1')
  return photoUrls([cover, ...shown], base)
}

function attributeOf(value: unknown): readonly Attribute[] {
  const parameter = asObject(value)
  const key = asText(parameter?.key)
  const text = asText(parameter?.displayValue) ?? asText(parameter?.value)
  return key && text ? [{ key, label: asText(parameter?.label) ?? key, value: text }] : []
}
