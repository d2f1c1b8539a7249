import type { CheerioAPI } from 'cheerio/slim'
import { canonicalUrl, photoUrls } from '../page/clean-url'
import { identify } from '../page/identify-advert'
import type { Reading } from '../page/judge-items'
import { tidy } from '../page/read-dom'
import { asDigits } from '../page/read-json'
import { readPriceText } from '../page/read-price-text'
import { stripHtml } from '../page/strip-html'
import type { Attribute, Item } from '../source'

/** What the page shows over an advert; each is in every page, hidden until it is so. */
const RIBBONS = '.pvap-reserved-title'

/** The page's own word that its advert is closed: the ribbon that is not hidden. */
export function saysClosed($: CheerioAPI): boolean {
  return /Gelöscht|Nicht mehr verfügbar/.test(shownRibbon($))
}

function shownRibbon($: CheerioAPI): string {
  return $(`#viewad-title ${RIBBONS}`).not('.is-hidden').text()
}

/** An advert's own page, 2022 and 2026. */
export function mapOffer($: CheerioAPI, head: string, base: string): Reading {
  const externalId = asDigits(tidy($('#viewad-ad-id-box li').eq(1).text()))
  const heading = $('#viewad-title').first().clone()
  heading.find(RIBBONS).remove()
  const title = tidy(heading.text())
  const url = canonicalUrl(wordOf(head, 'link', 'rel="canonical"', 'href') ?? base, base)
  const identity = identify(externalId, title, url)
  if ('rejected' in identity) return identity
  const price = readPriceText(tidy($('#viewad-price').first().text()) ?? '', 'EUR')
  return { item: { ...identity, price, ...restOf($, head, base) }, priceRead: price.kind !== 'unknown' }
}

function restOf($: CheerioAPI, head: string, base: string): Omit<Item, 'externalId' | 'url' | 'title' | 'price'> {
  const place = tidy($('#viewad-locality').first().text())?.replace(/^\d{4,5}\s+/, '') ?? null
  const region = tidy(metaOf(head, 'region') ?? '')
  // Paragraphs inside a paragraph stand beside it once they are read: the page's own HTML is not quite sound.
  const text = $('#viewad-description-text').first()
  const html = [
    text.html() ?? '',
    ...text
      .nextAll()
      .toArray()
      .map((element) => $.html(element)),
  ].join('\n')
  return {
    description: stripHtml(html),
    seller: sellerOf($),
    promoted: null,
    place: place ? { city: place, district: null, region } : null,
    coordinates: coordinatesOf(head),
    photos: photoUrls(
      $('.galleryimage-element [data-imgsrc], .galleryimage-element img')
        .toArray()
        .map((element) => $(element).attr('data-imgsrc') ?? $(element).attr('src')),
      base,
    ),
    postedAt: null,
    refreshedAt: null,
    attributes: attributesOf($),
  }
}

function sellerOf($: CheerioAPI): Item['seller'] {
  const words = $('.userprofile-vip-details-text, .iconlist-text').text()
  const profile = $('a[href*="userId="]').first()
  const kind = /Gewerblicher Nutzer/.test(words) ? 'business' : /Privater Nutzer/.test(words) ? 'private' : 'unknown'
  return {
    kind,
    id: /userId=(\d+)/.exec(profile.attr('href') ?? '')?.[1] ?? null,
    name: tidy($('.userprofile-vip').first().text()) ?? tidy(profile.text()),
  }
}

function metaOf(head: string, name: string): string | null {
  return wordOf(head, 'meta', `property="og:${name}"`, 'content')
}

/** An attribute of the first `tag` that has `mark`, in whichever order they stand. */
function wordOf(head: string, tag: string, mark: string, attribute: string): string | null {
  const found = head.indexOf(mark)
  const [start, end] = [head.lastIndexOf(`<${tag}`, found), head.indexOf('>', found)]
  const element = found < 0 || start < 0 || end < 0 ? '' : head.slice(start, end)
  const value = element.includes('>') ? null : new RegExp(`\\s${attribute}="([^"<>]*)"`).exec(element)?.[1]
  return value === undefined || value === null ? null : stripHtml(value)
}

function coordinatesOf(head: string): Item['coordinates'] {
  const [lat, lon] = ['latitude', 'longitude'].map((name) => metaOf(head, name) ?? '')
  const known = [lat, lon].every((value) => /^-?\d{1,3}(\.\d+)?$/.test(value ?? ''))
  return known ? { lat: Number(lat), lon: Number(lon), exact: false } : null
}

function attributesOf($: CheerioAPI): readonly Attribute[] {
  const details = $('.addetailslist--detail')
    .toArray()
    .flatMap((element) => {
      const value = tidy($(element).find('.addetailslist--detail--value').text())
      const label = tidy($(element).clone().children().remove().end().text())
      return label && value ? [{ key: label, label, value }] : []
    })
  const reserved = /Reserviert/.test(shownRibbon($)) ? [{ key: 'reserved', label: 'reserved', value: 'true' }] : []
  return [...details, ...reserved]
}
