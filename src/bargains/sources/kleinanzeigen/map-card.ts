import type { CheerioAPI } from 'cheerio/slim'
import { canonicalUrl, photoUrls } from '../page/clean-url'
import { identify } from '../page/identify'
import type { Reading } from '../page/judge-items'
import { tidy } from '../page/read-dom'
import { asDigits } from '../page/read-json'
import { readPriceText } from '../page/read-price-text'
import type { Item } from '../source'

export type Card = ReturnType<CheerioAPI>

const OLD_PRICE = '.aditem-main--middle--price-shipping--old-price'
const PRICE = '.aditem-main--middle--price-shipping--price, .aditem-main--middle--price'

/** A card of a result page, 2022 and 2026. Its times are days or "today" without a zone, so it says none. */
export function mapCard(card: Card, base: string): Reading {
  const externalId = asDigits(card.attr('data-adid'))
  const link = card.find('h2 a').first()
  const title = tidy(link.text()) ?? tidy(card.find('h2').first().text())
  const url = canonicalUrl(card.attr('data-href') ?? link.attr('href'), base)
  const identity = identify(externalId, title, url)
  if ('rejected' in identity) return identity
  const price = readPriceText(tidy(withoutOld(card.find(PRICE).first()).text()) ?? '', 'EUR')
  return { item: { ...identity, price, ...restOf(card, base) }, priceRead: price.kind !== 'unknown' }
}

/** What it cost before stands crossed out inside the price. */
function withoutOld(price: Card): Card {
  const copy = price.clone()
  copy.find(OLD_PRICE).remove()
  return copy
}

function restOf(card: Card, base: string): Omit<Item, 'externalId' | 'url' | 'title' | 'price'> {
  const place = tidy(card.find('.aditem-main--top--left').text())
  const shop = tidy(card.find('.aditem-main--middle--store-text, .text-module-oneline a span').first().text())
  const isShop = shop !== null || card.find('.badge-hint-pro-small-srp, .aditem-main--middle--store').length > 0
  const isPrivate = /\bVon Privat\b/.test(card.text())
  const city = place?.replace(/\s*\([^()]*\bkm\)\s*$/, '').replace(/^\d{4,5}\s+/, '') || null
  return {
    description: tidy(card.find('.aditem-main--middle--description').text()),
    seller: { kind: isShop ? 'business' : isPrivate ? 'private' : 'unknown', id: null, name: shop },
    promoted: card.closest('li').hasClass('is-topad') || card.find('[class*="badge-topad"]').length > 0,
    place: city === null ? null : { city, district: null, region: null },
    coordinates: null,
    photos: photoUrls([card.find('img').attr('src') ?? card.find('[data-imgsrc]').attr('data-imgsrc')], base),
    postedAt: null,
    refreshedAt: null,
    attributes: [],
  }
}
