import { canonicalUrl, photoUrls } from '../page/clean-url'
import { type CardElement, elementsIn, textIn, textOfNode } from '../page/inside-card'
import type { Reading } from '../page/judge-items'
import { asText } from '../page/read-json'
import type { Item } from '../source'
import { readAdvert, readPlace } from './read-advert'
import { readShownPrice } from './read-shown-price'

/** Where few match, the site fills the page with adverts of other places and categories: they answer another search. */
export function isFromElsewhere(card: CardElement): boolean {
  return elementsIn(card).some(({ attribs }) => /[?&](search_)?reason=extended_search/.test(attribs.href ?? ''))
}

/**
 * An advert from its card. Times are left alone: the site renders them in UTC as "today at 14:41" and does not say of
 * which day. `featured` is whether any card of the page is marked as promoted, for without a mark nothing tells.
 */
export function mapCard(card: CardElement, base: string, featured: boolean): Reading {
  const inside = elementsIn(card)
  const tagged = (name: RegExp) => inside.find((one) => name.test(one.tagName))
  const marked = (mark: string) => inside.find(({ attribs }) => attribs['data-testid'] === mark)
  const url = canonicalUrl(tagged(/^a$/)?.attribs.href, base)
  const parts = (marked('ad-price')?.children ?? []).map((node) => textOfNode(node).trim())
  const price = readShownPrice(parts[0] ?? '', parts.slice(1))
  return readAdvert({ id: card.attribs.id, url, title: textIn(tagged(/^h[46]$/)) }, base, price, () => ({
    description: null,
    seller: { kind: 'unknown', id: null, name: null },
    promoted: featured ? marked('adCard-featured') !== undefined : null,
    place: placeOf(textIn(marked('location-date'))),
    coordinates: null,
    photos: photoUrls([photoOf(tagged(/^img$/)?.attribs.src)], base),
    postedAt: null,
    refreshedAt: null,
    attributes: conditionOf(inside.find((one) => one.tagName === 'span' && one.attribs.title)?.attribs.title),
  }))
}

/** "Warszawa, Białołęka - 21 grudnia 2025". */
function placeOf(text: string): Item['place'] {
  const end = text.lastIndexOf(' - ')
  const [city, district] = (end < 0 ? text : text.slice(0, end)).split(', ')
  return readPlace(city, district, null)
}

/** What has no photo, or was never scrolled to, shows a picture of the site's own. */
function photoOf(src: string | undefined): string | null {
  return src === undefined || /no_thumbnail|^data:/.test(src) ? null : src.replace(/;q=\d+$/, '')
}

function conditionOf(title: string | undefined): Item['attributes'] {
  const value = asText(title)
  return value ? [{ key: 'state', label: 'state', value }] : []
}
