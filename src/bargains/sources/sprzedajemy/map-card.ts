import type { CheerioAPI } from 'cheerio/slim'
import { canonicalUrl, photoUrls } from '../page/clean-url'
import { identify } from '../page/identify'
import type { Reading } from '../page/judge-items'
import { tidy } from '../page/read-dom'
import { readPriceText } from '../page/read-price-text'
import { asUtcFromWarsaw } from '../page/read-time'
import type { Attribute, Item } from '../source'
import { idOfAddress } from './recognise-sprzedajemy'

export type Card = ReturnType<CheerioAPI>

/** A card of a result page, 2025. */
export function mapCard($: CheerioAPI, card: Card, base: string): Reading {
  const link = card.find('a.offerLink').first()
  const url = canonicalUrl(link.attr('href'), base)
  const externalId = url === null ? null : idOfAddress(new URL(url).pathname)
  const title = tidy(card.find('h2.title').first().text())
  const identity = identify(externalId, title, url)
  if ('rejected' in identity) return identity
  const shown = card.find('.pricing .price')
  const price = readPriceText(`${tidy(shown.eq(0).text()) ?? ''}`, 'PLN')
  const negotiable = price.negotiable || /do negocjacji/i.test(card.find('.pricing').text())
  const item = { ...identity, price: { ...price, negotiable }, ...restOf($, card, base) }
  return { item, priceRead: price.kind !== 'unknown' }
}

function restOf($: CheerioAPI, card: Card, base: string): Omit<Item, 'externalId' | 'url' | 'title' | 'price'> {
  const city = tidy(card.find('.address .city').first().text())
  return {
    description: null,
    seller: { kind: sellerKind(card), id: null, name: null },
    promoted: card.find('.partnerPremium').length > 0,
    place: city === null ? null : { city, district: null, region: null },
    coordinates: null,
    photos: photoUrls([card.find('.listImgWrp img').attr('src')], base),
    postedAt: null,
    // What the clock on the site's wall showed when the advert was last moved up.
    refreshedAt: asUtcFromWarsaw(card.find('time.time').attr('datetime')),
    attributes: card
      .find('.attribute')
      .toArray()
      .flatMap((element) => attributeOf($(element))),
  }
}

function sellerKind(card: Card): Item['seller']['kind'] {
  const classes = card.find('.seller-type-info').attr('class') ?? ''
  return /--private/.test(classes) ? 'private' : /--(company|verified)/.test(classes) ? 'business' : 'unknown'
}

function attributeOf(attribute: Card): readonly Attribute[] {
  const label = tidy(attribute.find('span').first().text())?.replace(/:$/, '') ?? null
  const value = tidy(attribute.text())?.replace(/^[^:]*:\s*/, '') ?? null
  return label && value ? [{ key: label, label, value }] : []
}
