import { canonicalUrl, photoUrls } from '../page/clean-url'
import { identify } from '../page/identify-advert'
import { type CardElement, elementsIn, hasClass, textIn } from '../page/inside-card'
import type { Reading } from '../page/judge-items'
import { tidy } from '../page/read-dom'
import { readPriceText } from '../page/read-price-text'
import { asUtcFromWarsaw } from '../page/read-time'
import type { Attribute, Item } from '../source'
import { idOfAddress } from './recognise-sprzedajemy'

/** A card of a result page, 2025. */
export function mapCard(card: CardElement, base: string): Reading {
  const inside = elementsIn(card)
  const link = inside.find((one) => one.tagName === 'a' && hasClass(one, 'offerLink'))
  const url = canonicalUrl(link?.attribs.href, base)
  const externalId = url === null ? null : idOfAddress(new URL(url).pathname)
  const title = tidy(textIn(inside.find((one) => one.tagName === 'h2' && hasClass(one, 'title'))))
  const identity = identify(externalId, title, url)
  if ('rejected' in identity) return identity
  const price = priceOf(inside)
  return { item: { ...identity, price, ...restOf(inside, base) }, priceRead: price.kind !== 'unknown' }
}

function priceOf(inside: readonly CardElement[]): Item['price'] {
  const pricing = inside.find((one) => hasClass(one, 'pricing'))
  const shown = pricing && elementsIn(pricing).find((one) => hasClass(one, 'price'))
  const price = readPriceText(tidy(textIn(shown)) ?? '', 'PLN')
  return { ...price, negotiable: price.negotiable || /do negocjacji/i.test(textIn(pricing)) }
}

function restOf(inside: readonly CardElement[], base: string): Omit<Item, 'externalId' | 'url' | 'title' | 'price'> {
  const within = (outer: string, test: (one: CardElement) => boolean) =>
    elementsOf(inside.find((one) => hasClass(one, outer))).find(test)
  const city = tidy(textIn(within('address', (one) => hasClass(one, 'city'))))
  const time = inside.find((one) => one.tagName === 'time' && hasClass(one, 'time'))
  return {
    description: null,
    seller: { kind: sellerKind(inside), id: null, name: null },
    promoted: inside.some((one) => hasClass(one, 'partnerPremium')),
    place: city === null ? null : { city, district: null, region: null },
    coordinates: null,
    photos: photoUrls([within('listImgWrp', ({ tagName }) => tagName === 'img')?.attribs.src], base),
    postedAt: null,
    // What the clock on the site's wall showed when the advert was last moved up.
    refreshedAt: asUtcFromWarsaw(time?.attribs.datetime),
    attributes: inside.filter((one) => hasClass(one, 'attribute')).flatMap(attributeOf),
  }
}

function elementsOf(element: CardElement | undefined): readonly CardElement[] {
  return element ? elementsIn(element) : []
}

function sellerKind(inside: readonly CardElement[]): Item['seller']['kind'] {
  const classes = inside.find((one) => hasClass(one, 'seller-type-info'))?.attribs.class ?? ''
  return /--private/.test(classes) ? 'private' : /--(company|verified)/.test(classes) ? 'business' : 'unknown'
}

function attributeOf(attribute: CardElement): readonly Attribute[] {
  const name = elementsIn(attribute).find(({ tagName }) => tagName === 'span')
  const label = tidy(textIn(name))?.replace(/:$/, '') ?? null
  const value = tidy(textIn(attribute))?.replace(/^[^:]*:\s*/, '') ?? null
  return label && value ? [{ key: label, label, value }] : []
}
