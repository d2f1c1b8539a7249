import { addressOf, cleanParams, countFilters, type Param, segmentsOf, withOrder } from '../page/clean-params'
import { asMinorText } from '../page/read-amount'
import type { Recognised, SearchFacts } from '../source'

/** One software and one API under many names; the currency is that of the country. */
const COUNTRIES: Readonly<Record<string, string>> = {
  'vinted.at': 'EUR',
  'vinted.be': 'EUR',
  'vinted.co.uk': 'GBP',
  'vinted.cz': 'CZK',
  'vinted.de': 'EUR',
  'vinted.es': 'EUR',
  'vinted.fr': 'EUR',
  'vinted.hu': 'HUF',
  'vinted.it': 'EUR',
  'vinted.lt': 'EUR',
  'vinted.nl': 'EUR',
  'vinted.pl': 'PLN',
  'vinted.pt': 'EUR',
  'vinted.ro': 'RON',
  'vinted.sk': 'EUR',
}

export const HOSTS: readonly string[] = Object.keys(COUNTRIES).flatMap((host) => [`www.${host}`, host])

/** The site's own lists (`brand_ids[]=1&brand_ids[]=2`) are one value with commas in its API. */
const LISTS = /^(catalog|brand_ids|color_ids|size_ids|material_ids|status_ids)(_ids)?\[\d*\]$/

/** What an address of Vinted is: a search in its pages is asked of its API, whose answer is what is read. */
export function recogniseVinted(url: URL): Recognised | null {
  const currency = COUNTRIES[url.hostname.replace(/^www\./, '')]
  if (!currency) return null
  const origin = `https://www.${url.hostname.replace(/^www\./, '')}`
  const segments = segmentsOf(url.pathname)
  const item = segments[0] === 'items' ? /^(\d+)/.exec(segments[1] ?? '')?.[1] : undefined
  if (item) return { kind: 'offer', externalId: item, url: origin + url.pathname }
  const category = categoryOf(segments)
  if (category === null) return { kind: 'other' }
  const params = apiParams(url.searchParams, category)
  const path = '/api/v2/catalog/items'
  return {
    kind: 'result',
    key: addressOf(origin, path, params),
    url: addressOf(origin, path, withOrder(params, 'order', 'newest_first')),
    says: tellFacts(params, segments, currency),
  }
}

/** The number of the category in `/catalog/5-men`; empty for the whole catalogue, null for another page. */
function categoryOf(segments: readonly string[]): string | null {
  if (segments.join('/') === 'api/v2/catalog/items') return ''
  return segments[0] === 'catalog' && segments.length <= 2 ? (/^\d+/.exec(segments[1] ?? '')?.[0] ?? '') : null
}

function apiParams(given: URLSearchParams, category: string): readonly Param[] {
  const params = cleanParams(given, /^(order|time|search_id|per_page|disposal.*)$/)
  const lists = new Map<string, string[]>(category === '' ? [] : [['catalog_ids', [category]]])
  const plain: [string, string][] = []
  for (const [name, value] of params) {
    const list = LISTS.exec(name)?.[1]
    const key = list === 'catalog' ? 'catalog_ids' : (list ?? name)
    if (list || key === 'catalog_ids') lists.set(key, [...(lists.get(key) ?? []), ...value.split(',')])
    else plain.push([name, value])
  }
  const joined = [...lists].map(([name, values]) => [name, [...new Set(values)].sort().join(',')] as const)
  return cleanParams(new URLSearchParams([...plain, ...joined].map(([name, value]) => [name, value])), /^$/)
}

function tellFacts(params: readonly Param[], segments: readonly string[], currency: string): SearchFacts {
  const value = (name: string) => params.find(([key]) => key === name)?.[1] ?? null
  const category = segments[0] === 'catalog' ? segments.slice(1).map((slug) => slug.replace(/^\d+-?/, '')) : []
  return {
    category: category.filter(Boolean),
    place: null,
    distance: null,
    query: value('search_text'),
    priceFrom: asMinorText(value('price_from'), currency),
    priceTo: asMinorText(value('price_to'), currency),
    currency,
    others: countFilters(params, /^(search_text|price_from|price_to|currency)$/),
  }
}
