import { canonicalUrl, photoUrls } from '../page/clean-url'
import { identify } from '../page/identify-advert'
import { type CardElement, elementsIn, hasClass, textIn } from '../page/inside-card'
import type { Reading } from '../page/judge-items'
import { tidy } from '../page/read-dom'
import { asDigits } from '../page/read-json'
import { readPriceText } from '../page/read-price-text'
import type { Item } from '../source'

/** What it cost before stands crossed out inside the price. */
const OLD_PRICE = 'aditem-main--middle--price-shipping--old-price'
const PRICE = ['aditem-main--middle--price-shipping--price', 'aditem-main--middle--price'] as const

/** A card of a result page, 2022 and 2026. Its times are days or "today" without a zone, so it says none. */
export function mapCard(card: CardElement, base: string): Reading {
  const inside = elementsIn(card)
  const heading = inside.find(({ tagName }) => tagName === 'h2')
  const link = heading && elementsIn(heading).find(({ tagName }) => tagName === 'a')
  const title = tidy(textIn(link)) ?? tidy(textIn(heading))
  const url = canonicalUrl(card.attribs['data-href'] ?? link?.attribs.href, base)
  const identity = identify(asDigits(card.attribs['data-adid']), title, url)
  if ('rejected' in identity) return identity
  const shown = inside.find((one) => hasClass(one, ...PRICE))
  const price = readPriceText(tidy(textIn(shown, OLD_PRICE)) ?? '', 'EUR')
  return { item: { ...identity, price, ...restOf(card, inside, base) }, priceRead: price.kind !== 'unknown' }
}

function restOf(
  card: CardElement,
  inside: readonly CardElement[],
  base: string,
): Omit<Item, 'externalId' | 'url' | 'title' | 'price'> {
  const textOf = (name: string) => tidy(textIn(inside.find((one) => hasClass(one, name))))
  const city = textOf('aditem-main--top--left')
    ?.replace(/\s*\([^()]*\bkm\)\s*$/, '')
    .replace(/^\d{4,5}\s+/, '')
  return {
    description: textOf('aditem-main--middle--description'),
    seller: sellerOf(card, inside),
    promoted: isPromoted(card, inside),
    place: city ? { city, district: null, region: null } : null,
    coordinates: null,
    photos: photoUrls([photoOf(inside)], base),
    postedAt: null,
    refreshedAt: null,
    attributes: [],
  }
}

function sellerOf(card: CardElement, inside: readonly CardElement[]): Item['seller'] {
  const name = tidy(textIn(inside.find(isShopName)))
  const isShop = name !== null || inside.some((one) => hasClass(one, ...SHOP))
  const isPrivate = /\bVon Privat\b/.test(textIn(card))
  return { kind: isShop ? 'business' : isPrivate ? 'private' : 'unknown', id: null, name }
}

const SHOP = ['badge-hint-pro-small-srp', 'aditem-main--middle--store'] as const

/** The shop's name: a text of its own, or the words of the link in a line of the card's foot. */
function isShopName(one: CardElement): boolean {
  if (hasClass(one, 'aditem-main--middle--store-text')) return true
  return one.tagName === 'span' && isInside(one, ({ tagName }) => tagName === 'a', IN_LINE)
}

const IN_LINE = (one: CardElement) => hasClass(one, 'text-module-oneline')

/** Whether the element stands in one that `inner` knows, and that in one that `outer` knows. */
function isInside(element: CardElement, inner: Test, outer: Test): boolean {
  const link = ancestorsOf(element).find(inner)
  return link !== undefined && ancestorsOf(link).some(outer)
}

type Test = (one: CardElement) => boolean

function ancestorsOf(element: CardElement): readonly CardElement[] {
  const found: CardElement[] = []
  for (let one = element.parent; one && 'tagName' in one && one.tagName !== 'article'; one = one.parent) found.push(one)
  return found
}

function isPromoted(card: CardElement, inside: readonly CardElement[]): boolean {
  const { parent } = card
  const isTop = parent !== null && 'tagName' in parent && hasClass(parent, 'is-topad')
  return isTop || inside.some(({ attribs }) => attribs.class?.includes('badge-topad'))
}

function photoOf(inside: readonly CardElement[]): string | undefined {
  const image = inside.find(({ tagName }) => tagName === 'img')
  return image?.attribs.src ?? inside.find(({ attribs }) => 'data-imgsrc' in attribs)?.attribs['data-imgsrc']
}
