import { judgeList, whyNoAdverts } from '../page/judge-items'
import { makePage } from '../page/make-page'
import { asObject } from '../page/read-json'
import type { PageInput, ParsedPage } from '../source'
import type { FoundAds } from './find-ads'
import { mapAd } from './map-ad'

const VARIANT = 'next-2026'

/** A result page. Between its adverts stand places for banners, which are no adverts that could not be read. */
export function parseListing(found: FoundAds, page: PageInput): ParsedPage {
  const ads = found.ads.filter((ad) => !isBanner(ad))
  const known = { variant: VARIANT, total: found.total, answered: answeredOf(found, page.url) }
  if (ads.length === 0) return emptyPage(found, known)
  const judged = judgeList(ads, (ad) => mapAd(ad, page.url))
  return makePage('olx-br', 'result', judged.verdict, { ...judged, ...known, next: nextOf(found, page.url) })
}

function isBanner(value: unknown): boolean {
  const ad = asObject(value)
  return ad !== null && 'advertisingId' in ad && !('listId' in ad) && !('subject' in ad)
}

function emptyPage({ total }: FoundAds, known: Partial<ParsedPage>): ParsedPage {
  if (total === 0) return makePage('olx-br', 'result', 'empty', known)
  return makePage('olx-br', 'result', 'changed', { ...known, reason: whyNoAdverts(total) })
}

/** The address without its order, where the newest were asked for and the page says that it sorts otherwise. */
function answeredOf({ order }: FoundAds, url: string): string | null {
  const asked = URL.canParse(url) ? new URL(url) : null
  if (asked?.searchParams.get('sf') !== '1' || order === null || order === 'date') return null
  asked.searchParams.delete('sf')
  return asked.href
}

/** The page that was asked is `o`; a site that answers another one has no next. */
function nextOf({ total, page, pageSize }: FoundAds, url: string): string | null {
  if (!URL.canParse(url) || !page || !pageSize || total === null || page * pageSize >= total) return null
  const next = new URL(url)
  if (Number(next.searchParams.get('o') ?? 1) !== page) return null
  next.searchParams.set('o', String(page + 1))
  next.hash = ''
  return next.href
}
