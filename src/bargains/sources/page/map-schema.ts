import type { Attribute, Item } from '../source'
import { photoUrls } from './clean-url'
import { collectSchema, type SchemaNode, typesOf } from './collect-schema'
import { pageAddress } from './page-address'
import { asArray, asObject, asText, at, type JsonObject } from './read-json'
import { asUtc } from './read-time'
import { offersOf, schemaPrice } from './schema-price'
import { stripHtml } from './strip-html'

/** An advert of schema.org before it has an identity. */
export type SchemaAdvert = Omit<Item, 'externalId' | 'title' | 'url'> & {
  readonly title: string | null
  readonly url: string | null
  /** Its number in its shop, and its `@id` where that is an address of its own. */
  readonly sku: string | null
  readonly iri: string | null
  readonly listed: boolean
}

/** Reads a node. `base` is what its addresses are relative to, `page` the page's own address. */
export function mapSchema({ node, listed, link }: SchemaNode, base: string): SchemaAdvert {
  const offered = asObject(node.itemOffered) ?? {}
  const offers = offersOf(node)
  const [offer = {}] = offers
  const iri = pageAddress(node['@id'], base)
  return {
    title: nameOf(node.name) ?? nameOf(offered.name) ?? nameOf(node.headline),
    url: urlOf(
      [node.url, offer.url, offered.url, link, at(node.mainEntityOfPage, '@id') ?? node.mainEntityOfPage],
      base,
    ),
    sku: codeOf(node.sku) ?? codeOf(node.productID) ?? codeOf(offered.sku),
    iri: iri !== null && iri !== pageAddress(base, base) ? iri : null,
    listed,
    description: stripHtml(first(node.description) ?? offered.description),
    price: schemaPrice(node),
    seller: sellerOf(offer.seller ?? node.seller),
    promoted: null,
    place: placeOf([at(offer.availableAtOrFrom, 'address'), node.address, offered.address, offer.areaServed]),
    coordinates: coordinatesOf(node.geo ?? at(offer.availableAtOrFrom, 'geo') ?? offered.geo),
    photos: photoUrls(imagesOf(node.image ?? offered.image), base),
    postedAt: asUtc(node.datePosted ?? node.datePublished),
    refreshedAt: null,
    attributes: attributesOf(node, offer),
  }
}

function first(value: unknown): unknown {
  return asArray(value)?.[0] ?? value
}

function nameOf(value: unknown): string | null {
  const text = asText(first(value)) ?? asText(at(first(value), '@value'))
  return text === null ? null : (stripHtml(text)?.replace(/\s+/g, ' ') ?? null)
}

function codeOf(value: unknown): string | null {
  const one = first(value)
  const text = typeof one === 'number' ? String(one) : asText(one)
  return text !== null && text.length <= 100 ? text : null
}

function urlOf(values: readonly unknown[], base: string): string | null {
  for (const value of values) {
    const url = pageAddress(first(value), base)
    if (url !== null) return url
  }
  return null
}

function sellerOf(value: unknown): Item['seller'] {
  const seller = asObject(first(value))
  const types = seller ? typesOf(seller) : []
  const kind = types.includes('Person') ? 'private' : types.length > 0 ? 'business' : 'unknown'
  return { kind, id: null, name: seller ? nameOf(seller.name) : null }
}

function placeOf(values: readonly unknown[]): Item['place'] {
  for (const value of values) {
    const city = asText(at(first(value), 'addressLocality')) ?? asText(at(first(value), 'name'))
    const region = asText(at(first(value), 'addressRegion'))
    if (city || region) return { city, district: null, region }
  }
  return null
}

function coordinatesOf(value: unknown): Item['coordinates'] {
  const [lat, lon] = [Number(at(value, 'latitude') ?? Number.NaN), Number(at(value, 'longitude') ?? Number.NaN)]
  const known = Math.abs(lat) <= 90 && Math.abs(lon) <= 180 && (lat !== 0 || lon !== 0)
  return known ? { lat, lon, exact: false } : null
}

function imagesOf(value: unknown): readonly unknown[] {
  return (asArray(value) ?? [value]).slice(0, 100).map((image) => at(image, 'contentUrl') ?? at(image, 'url') ?? image)
}

function attributesOf(node: JsonObject, offer: JsonObject): readonly Attribute[] {
  const told = [
    ['brand', nameOf(at(first(node.brand), 'name') ?? node.brand)],
    ['category', asText(first(node.category))],
    ['condition', bare(node.itemCondition ?? offer.itemCondition)],
    ['availability', bare(offer.availability ?? node.availability)],
  ] as const
  return told.flatMap(([key, value]) => (value ? [{ key, label: key, value }] : []))
}

/** `https://schema.org/UsedCondition` → `UsedCondition`. */
function bare(value: unknown): string | null {
  return asText(first(value))?.replace(/^.*[/#]/, '') ?? null
}

/** The adverts among values of JSON-LD or microdata, with whether a list of them is there and empty. */
export function mapAllSchema(values: readonly unknown[], base: string) {
  const { nodes, emptyList } = collectSchema(values)
  return { adverts: nodes.map((node) => mapSchema(node, base)), emptyList }
}
