import { judgeList, whyNoAdverts } from '../page/judge-items'
import { makePage, withPage } from '../page/make-page'
import { asArray, asCount, at } from '../page/read-json'
import type { PageInput, ParsedPage } from '../source'
import { mapItem } from './map-item'

const VARIANT = 'next-2023'

/** A result page from `data.searchAds`. What the site shows beside it (`searchAdsRandomPromoted`) answers no search. */
export function parseSearch(value: unknown, page: PageInput): ParsedPage {
  const items = asArray(at(value, 'items'))
  const total = asCount(at(value, 'pagination', 'totalResults'))
  const known = { variant: VARIANT, total }
  if (!items) return makePage('otodom', 'result', 'changed', { ...known, reason: 'the state has no list of adverts' })
  if (items.length === 0) return emptyPage(value, known)
  const judged = judgeList(items, (item) => mapItem(item, page.url))
  return makePage('otodom', 'result', judged.verdict, { ...judged, ...known, next: nextOf(value, page.url) })
}

/** No adverts are "nothing found" where the site counts none, and behind its last page. */
function emptyPage(search: unknown, known: Partial<ParsedPage>): ParsedPage {
  const [number, pages] = [at(search, 'pagination', 'page'), at(search, 'pagination', 'totalPages')].map(asCount)
  const beyond = typeof number === 'number' && typeof pages === 'number' && number > 1 && number > pages
  if (known.total === 0 || beyond) return makePage('otodom', 'result', 'empty', known)
  return makePage('otodom', 'result', 'changed', { ...known, reason: whyNoAdverts(known.total ?? null) })
}

function nextOf(search: unknown, url: string): string | null {
  const [number, pages] = [at(search, 'pagination', 'page'), at(search, 'pagination', 'totalPages')].map(asCount)
  return typeof number === 'number' && typeof pages === 'number' && number < pages ? withPage(url, number + 1) : null
}
