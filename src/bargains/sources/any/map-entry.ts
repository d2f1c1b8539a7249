import { absoluteUrl, photoUrls } from '../page/clean-url'
import type { Reading } from '../page/judge-items'
import { pageAddress } from '../page/page-address'
import { priceWithout } from '../page/read-amount'
import { readPriceText } from '../page/read-price-text'
import { stripHtml } from '../page/strip-html'
import type { Item, Price } from '../source'
import { identityOf } from './identify-adverts'
import { priceInTitle } from './price-in-title'
import { readFeedTime } from './read-feed-time'
import { attribute, elements, firstText, linkTo } from './read-xml'

/** An entry of a feed: RSS's `item`, or Atom's `entry`. */
export function mapEntry(entry: unknown, base: string): Reading {
  const title = stripHtml(firstText(entry, 'title', 'dc:title'))?.replace(/\s+/g, ' ') ?? null
  const url = urlOf(entry, base)
  const own = firstText(entry, 'guid', 'id') ?? attribute(entry, 'rdf:about')
  const host = url === null ? new URL(base).hostname : new URL(url).hostname
  const externalId = (own ?? url) ? identityOf(host.replace(/^www\./, ''), null, own ?? url ?? '') : null
  if (externalId === null) return { rejected: { reason: 'no id', externalId } }
  if (title === null) return { rejected: { reason: 'no title', externalId } }
  if (url === null) return { rejected: { reason: 'no address', externalId } }
  const html = firstText(entry, 'content:encoded', 'description', 'content', 'summary', 'dc:description')
  const item = { externalId, url, title, price: priceOf(entry, title), ...restOf(entry, html, base) }
  return { item, priceRead: true }
}

/** A feed's server may put its own counting address in front of the real one, and say the real one beside it. */
function urlOf(entry: unknown, base: string): string | null {
  const guid = elements(entry, 'guid').find((one) => attribute(one, 'isPermaLink') !== 'false')
  const named = guid === undefined ? null : firstText({ guid }, 'guid')
  const permalink = /^https?:/i.test(named ?? '') ? named : null
  const given = [
    firstText(entry, 'feedburner:origLink'),
    linkTo(entry, 'alternate'),
    firstText(entry, 'link'),
    permalink,
  ]
  for (const value of given) {
    const url = value === null || /\s/.test(value) ? null : pageAddress(value, base)
    if (url !== null) return url
  }
  return null
}

function priceOf(entry: unknown, title: string): Price {
  const said = firstText(entry, 'g:sale_price', 'g:price', 'price', 'sale_price')
  const price = said === null ? priceWithout('unknown') : readPriceText(said, null)
  return price.kind === 'unknown' ? priceInTitle(title) : price
}

function restOf(
  entry: unknown,
  html: string | null,
  base: string,
): Omit<Item, 'externalId' | 'url' | 'title' | 'price'> {
  return {
    description: stripHtml(html),
    seller: { kind: 'unknown', id: null, name: null },
    promoted: null,
    place: null,
    coordinates: coordinatesOf(entry),
    photos: photoUrls(imagesOf(entry, html), base).filter((url) => absoluteUrl(url, base) !== null),
    postedAt: readFeedTime(firstText(entry, 'pubDate', 'published', 'dc:date', 'date')),
    refreshedAt: readFeedTime(firstText(entry, 'updated', 'atom:updated')),
    attributes: elements(entry, 'category').flatMap((category) => {
      const value = firstText({ category }, 'category') ?? attribute(category, 'term')
      return value === null ? [] : [{ key: 'category', label: 'category', value }]
    }),
  }
}

function imagesOf(entry: unknown, html: string | null): readonly (string | null)[] {
  const enclosed = elements(entry, 'enclosure').filter((one) => attribute(one, 'type')?.startsWith('image/'))
  const group = elements(entry, 'media:group')[0] ?? entry
  const media = [...elements(entry, 'media:content'), ...elements(group, 'media:content')].filter(
    (one) => attribute(one, 'medium') === 'image' || attribute(one, 'type')?.startsWith('image/'),
  )
  const thumbs = [...elements(entry, 'media:thumbnail'), ...elements(group, 'media:thumbnail')]
  const named = [...enclosed, ...media, ...thumbs].map((one) => attribute(one, 'url'))
  const linked = firstText(entry, 'g:image_link')
  const found = linked === null ? named : [linked, ...named]
  return found.some((url) => url !== null) ? found : [imageIn(html)]
}

/** The first picture of a description; one dot wide it only counts its readers. */
function imageIn(html: string | null): string | null {
  for (const [tag] of (html ?? '').slice(0, 50_000).matchAll(/<img\s[^<>]{1,2000}>/gi)) {
    if (/(?:width|height)\s*=\s*["']?1["'\s>]/i.test(tag)) continue
    const src = /\ssrc\s*=\s*["']([^"']{1,1500})["']/i.exec(tag)?.[1]
    if (src !== undefined) return src
  }
  return null
}

function coordinatesOf(entry: unknown): Item['coordinates'] {
  const point = firstText(entry, 'georss:point') ?? `${firstText(entry, 'geo:lat')} ${firstText(entry, 'geo:long')}`
  const [, lat, lon] = /^(-?\d{1,2}(?:\.\d+)?)[\s,]+(-?\d{1,3}(?:\.\d+)?)$/.exec(point.trim()) ?? []
  return lat && lon ? { lat: Number(lat), lon: Number(lon), exact: false } : null
}
