import type { CheerioAPI } from 'cheerio/slim'
import { canonicalUrl, photoUrls } from '../page/clean-url'
import type { Reading } from '../page/judge-items'
import { asText } from '../page/read-json'
import type { Item } from '../source'
import { readAdvert, readPlace } from './read-advert'
import { readShownPrice } from './read-shown-price'

/**
 * An advert from its card. Times are left alone: the site renders them in UTC as "today at 14:41" and does not say of
 * which day. `featured` is whether any card of the page is marked as promoted, for without a mark nothing tells.
 */
export function mapCard(
  tree: CheerioAPI,
  element: Parameters<CheerioAPI>[0],
  base: string,
  featured: boolean,
): Reading {
  const card = tree(element)
  const url = canonicalUrl(card.find('a').attr('href'), base)
  const title = card.find('h4, h6').first().text()
  const price = card.find('[data-testid="ad-price"]')
  const [shown, ...besides] = price
    .contents()
    .toArray()
    .map((node) => tree(node).text().trim())
  return readAdvert({ id: card.attr('id'), url, title }, base, readShownPrice(shown ?? '', besides), () => ({
    description: null,
    seller: { kind: 'unknown', id: null, name: null },
    promoted: featured ? card.find('[data-testid="adCard-featured"]').length > 0 : null,
    place: placeOf(card.find('[data-testid="location-date"]').text()),
    coordinates: null,
    photos: photoUrls([photoOf(card.find('img').attr('src'))], base),
    postedAt: null,
    refreshedAt: null,
    attributes: conditionOf(card.find('span[title]').attr('title')),
  }))
}

/** "Warszawa, Białołęka - 21 grudnia 2025". */
function placeOf(text: string): Item['place'] {
  const end = text.lastIndexOf(' - ')
  const [city, district] = (end < 0 ? text : text.slice(0, end)).split(', ')
  return readPlace(city, district, null)
}

/** An advert without photos shows a picture of the site's own. */
function photoOf(src: string | undefined): string | null {
  return src === undefined || /no_thumbnail|^data:/.test(src) ? null : src.replace(/;q=\d+$/, '')
}

function conditionOf(title: string | undefined): Item['attributes'] {
  const value = asText(title)
  return value ? [{ key: 'state', label: 'state', value }] : []
}
