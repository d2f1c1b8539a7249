import { refusalOf } from '@/http/rules-address'
import { AppError } from '@/kernel/app-error'
import { marketplaces, recogniseUrl } from '../sources/registry'
import type { SearchFacts, Source } from '../sources/source'

/** A pasted link that is a search of a marketplace we read. */
export type PastedSearch = {
  /** As it was pasted. */
  readonly pasted: string
  readonly source: Source
  readonly key: string
  readonly url: string
  readonly host: string
  readonly says: SearchFacts
}

const MOST_SHOWN = 200

/** The links in pasted text, as they stand there: whatever is divided by blanks and looks like an address. */
export function linksIn(text: string): readonly string[] {
  return text.split(/[\s<>"']+/).filter((part) => /^[a-z]+:\/\//i.test(part) || /^[^/]+\.[a-z]{2,}(\/|$)/i.test(part))
}

/** What a pasted link is. Throws an AppError that says what it is instead, and what works. */
export function recogniseSearch(pasted: string): PastedSearch {
  const found = recogniseUrl(pasted)
  if (!found) throw strangeLink(pasted)
  const { source, recognised } = found
  const values = { source: source.name, example: source.example }
  if (recognised.kind === 'offer') {
    throw new AppError('bad_input', 'an advert, not a search', { reason: 'watch.offerPage', values })
  }
  if (recognised.kind === 'other') {
    throw new AppError('bad_input', 'neither a search nor an advert', { reason: 'watch.notASearch', values })
  }
  const { key, url, says } = recognised
  return { pasted, source, key, url, host: new URL(url).hostname, says }
}

/** A page that was looked at and lists nothing, or an address that is no page. */
export function unreadSite({ host }: Pick<PastedSearch, 'host'>): AppError {
  const values = { host: host.slice(0, MOST_SHOWN), works: namesOfMarketplaces() }
  return new AppError('bad_input', `unknown site ${values.host}`, { reason: 'watch.unknownSite', values })
}

export function namesOfMarketplaces(): string {
  return marketplaces.map((source) => source.name).join(', ')
}

function strangeLink(pasted: string): AppError {
  const works = namesOfMarketplaces()
  const hasScheme = /^[a-z]+:/i.test(pasted)
  const address = hasScheme ? pasted : `https://${pasted}`
  if (!URL.canParse(address) || !(hasScheme || pasted.includes('.'))) {
    return new AppError('bad_input', 'no link', { reason: 'watch.noLink', values: { works } })
  }
  const url = new URL(address)
  const host = url.hostname.slice(0, MOST_SHOWN)
  if (refusalOf(url) !== null) {
    return new AppError('bad_input', `refused ${host}`, { reason: 'watch.privateAddress', values: { works } })
  }
  return unreadSite({ host })
}

/** Each search once, in the order they were pasted. */
export function recogniseSearches(urls: readonly string[]): readonly PastedSearch[] {
  const found = urls.map(recogniseSearch)
  return [...new Map(found.map((search) => [`${search.source.id} ${search.key}`, search])).values()]
}
