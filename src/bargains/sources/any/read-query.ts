import type { SearchFacts } from '../source'

/** How search forms call what was typed. */
const QUERY = ['q', 'query', 'search', 's', 'keyword', 'keywords', 'text', 'search_text', 'szukaj', 'fraza']

/** The little that an address of an unknown site says: its host, and the words that were searched. */
export function readQuery(url: URL): SearchFacts {
  const query = QUERY.map((name) => url.searchParams.get(name)?.trim()).find(Boolean) ?? null
  const none = { place: null, distance: null, priceFrom: null, priceTo: null, others: 0 }
  return { ...none, category: [], query: query?.slice(0, 200) ?? null, currency: 'EUR' }
}

/** The host as people say it. */
export function hostName(url: URL): string {
  return url.hostname.replace(/^www\./, '')
}
