import { createHash } from 'node:crypto'
import type { Reading } from '../page/judge-items'
import type { SchemaAdvert } from '../page/map-schema'

/**
 * Gives each advert of a page its identity: its number in its shop, else the `@id` that is an address, else its own
 * address; always under its host, for all hosts share one source. A number that two addresses of the page carry is no
 * number. An advert that stands on the page twice is given once.
 */
export function identifyAdverts(adverts: readonly SchemaAdvert[], pageUrl: string): readonly Reading[] {
  const shared = sharedNumbers(adverts)
  const seen = new Set<string>()
  return adverts.flatMap((advert): readonly Reading[] => {
    const { listed: _listed, sku, iri, ...rest } = advert
    const url = advert.url ?? (adverts.length === 1 ? pageUrl : iri)
    const host = url === null ? '' : new URL(url).hostname.replace(/^www\./, '')
    const number = sku !== null && !shared.has(sku) ? sku : null
    const externalId = url === null ? null : identityOf(host, number, iri ?? url)
    if (externalId !== null && seen.has(externalId)) return []
    if (externalId !== null) seen.add(externalId)
    if (!rest.title) return [{ rejected: { reason: 'no title', externalId } }]
    if (!externalId || !url) return [{ rejected: { reason: 'no address', externalId } }]
    // A page that nobody knows need not say a price.
    return [{ item: { ...rest, externalId, url, title: rest.title }, priceRead: true }]
  })
}

/** `example.org:4711`, or the host with a hash of the address: 96 bits, for a long address is no key. */
export function identityOf(host: string, number: string | null, address: string): string {
  if (number !== null && /^[\w./-]{1,64}$/.test(number)) return `${host}:${number}`
  return `${host}:${createHash('sha256').update(address).digest('hex').slice(0, 24)}`
}

function sharedNumbers(adverts: readonly SchemaAdvert[]): ReadonlySet<string> {
  const urls = new Map<string, string | null>()
  const shared = new Set<string>()
  for (const { sku, url } of adverts) {
    if (sku === null) continue
    if (urls.has(sku) && urls.get(sku) !== url) shared.add(sku)
    urls.set(sku, url)
  }
  return shared
}
