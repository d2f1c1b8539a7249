import { describe, expect, test } from 'vitest'
import * as made from './fixtures/made-up-marketplaces'
import { page } from './fixtures/made-up-pages'
import { kleinanzeigen } from './kleinanzeigen/source'
import { marktplaats } from './marktplaats/source'
import type { ParsedPage, Source } from './source'
import { sprzedajemy } from './sprzedajemy/source'
import { vinted } from './vinted/source'
import { willhaben } from './willhaben/source'

const range = (count: number) => Array.from({ length: count }, (_, n) => n + 1)
const read = (source: Source, text: string, url: string, status = 200) => source.parse(page(text, url, status))
const told = ({ items }: ParsedPage) =>
  items.map(({ price: { kind, amount, negotiable } }) => `${amount ?? kind}${negotiable ? ' negotiable' : ''}`)
const search = (source: Source, url: string) => {
  const found = source.recognise(new URL(url))
  if (found?.kind !== 'result') throw new Error(`no search: ${url}`)
  return found
}

describe('Vinted', () => {
  const parse = (items: readonly unknown[], pagination = {}) =>
    read(vinted, made.vintedAnswer(items, pagination), made.VINTED_URL)

  test('a price is without the buyer’s fee, and the advert’s address without where it was found', () => {
    const { items, next, total } = parse(range(8).map((n) => made.vintedItem(n)))
    expect(items[0]).toMatchObject({
      ...{ externalId: '900000001', url: 'https://www.vinted.pl/items/900000001-kurtka', postedAt: null },
      ...{ price: { amount: 2150n, currency: 'PLN' }, seller: { kind: 'private', id: '7001', name: 'ola' } },
    })
    expect(items[0]?.attributes).toContainEqual({ key: 'total_price', label: 'total_price', value: '25.0 PLN' })
    expect([total, next]).toEqual([20, `${made.VINTED_URL}&page=2`])
  })

  test('the last page has no next; nothing found is only what the site counts as nothing', () => {
    const item = made.vintedItem(1)
    expect(parse([item], { current_page: 3 }).next).toBeNull()
    expect(parse([], { total_entries: 0 }).verdict).toBe('empty')
    expect(parse([]).verdict).toBe('changed')
    expect(read(vinted, '{"code":100,"message":"invalid token"}', made.VINTED_URL).verdict).toBe('changed')
    expect(read(vinted, '{}', made.VINTED_URL, 401).verdict).toBe('blocked')
  })

  test('a search of its pages is asked of its API, newest first, lists in one spelling', () => {
    const url =
      'https://www.vinted.pl/catalog/5-men?search_text=kurtka&brand_ids[]=53&brand_ids[]=14&price_to=50&order=relevance&page=2&time=1'
    const { key, url: asked, says } = search(vinted, url)
    expect(key).toBe(
      'https://www.vinted.pl/api/v2/catalog/items?brand_ids=14%2C53&catalog_ids=5&price_to=50&search_text=kurtka',
    )
    expect(new URL(asked).searchParams.get('order')).toBe('newest_first')
    expect(says).toMatchObject({ category: ['men'], query: 'kurtka', priceTo: '5000', currency: 'PLN', others: 2 })
    expect(search(vinted, key).key).toBe(key)
    expect(vinted.recognise(new URL('https://www.vinted.de/member/1'))).toEqual({ kind: 'other' })
  })

  test('an item’s page is read by its schema.org data, under the number of its address', () => {
    const item = 'https://www.vinted.pl/items/900000001-kurtka'
    const product = made.product(1, { url: item, name: 'Kurtka' })
    expect(read(vinted, made.ldPage([product]), item)).toMatchObject({
      kind: 'offer',
      items: [{ externalId: '900000001' }],
    })
    expect(read(vinted, made.ldPage([{ ...product, url: '/items/1-x' }]), item)).toMatchObject({
      verdict: 'changed',
      items: [],
    })
  })
})

describe('willhaben', () => {
  const parse = (adverts: readonly unknown[], changed = {}) =>
    read(willhaben, made.willhabenPage(adverts, changed), made.WILLHABEN_URL)

  test('what stands in the list of names is read, and a bumped advert’s time is no day of posting', () => {
    const bumped = made.willhabenAdvert(2, { IS_BUMPED: '1', REFERER: 'pp', ISPRIVATE: '0', ORGID: '77' })
    const { items, next } = parse([made.willhabenAdvert(1), bumped])
    expect(items[0]).toMatchObject({
      ...{ externalId: '900000001', url: 'https://www.willhaben.at/iad/kaufen-und-verkaufen/d/fahrrad-1-900000001/' },
      ...{ price: { amount: 10100n, currency: 'EUR' }, postedAt: '2026-01-16T15:37:00.000Z', promoted: false },
      ...{ description: 'Fährt & bremst.\nWien.', seller: { kind: 'private' }, coordinates: { lat: 48.21, lon: 16.4 } },
    })
    expect(items[1]).toMatchObject({ postedAt: null, refreshedAt: '2026-01-16T15:37:00.000Z', promoted: true })
    expect(next).toBe(`${made.WILLHABEN_URL}&page=2`)
  })

  test('without a number the price is what the site shows instead, and an unread one is unknown', () => {
    const shown = (text: string | null, number: string | null = null) =>
      made.willhabenAdvert(9, { PRICE: number, PRICE_FOR_DISPLAY: text })
    const rest = range(6).map((n) => made.willhabenAdvert(n))
    const page = parse([shown('ab € 213.000'), shown('Zu verschenken', '0'), shown('€ 0', '0'), shown(null), ...rest])
    expect(told(page).slice(0, 4)).toEqual(['21300000', 'free', 'unknown', 'unknown'])
  })

  test('an empty list is empty only where the site counts nothing; a cut state is no list', () => {
    expect(parse([], { rowsFound: 0 }).verdict).toBe('empty')
    expect(parse([]).verdict).toBe('changed')
    expect(parse([made.willhabenAdvert(1)], { rowsReturned: 30 }).verdict).toBe('changed')
    const whole = made.willhabenPage([made.willhabenAdvert(1)])
    expect(read(willhaben, whole.slice(0, whole.length / 2), made.WILLHABEN_URL)).toMatchObject({ verdict: 'changed' })
  })

  test('a search loses its session and page, and is asked newest first', () => {
    const { key, url, says } = search(willhaben, `${made.WILLHABEN_URL}&sfId=abc&page=3&rows=90&PRICE_TO=500`)
    expect(key).toBe('https://www.willhaben.at/iad/kaufen-und-verkaufen/marktplatz?PRICE_TO=500&keyword=fahrrad')
    expect(new URL(url).searchParams.get('sort')).toBe('1')
    expect(says).toMatchObject({ query: 'fahrrad', priceTo: '50000', category: ['kaufen-und-verkaufen', 'marktplatz'] })
  })
})

describe('Marktplaats', () => {
  const parse = (listings: readonly unknown[], changed = {}, url = made.MARKTPLAATS_URL) =>
    read(marktplaats, made.mpPage(listings, changed), url)
  const priced = (priceType: string, priceCents = 0) => made.mpListing(9, { priceInfo: { priceCents, priceType } })

  test('kinds of price: bids may rise, a reserved advert has none, nought is never a price', () => {
    const some = [
      priced('MIN_BID', 4000),
      priced('FAST_BID'),
      priced('RESERVED'),
      priced('FREE'),
      priced('NEW_KIND', 0),
    ]
    const listings = [
      ...some.map((listing, n) => ({ ...listing, itemId: `m${n + 1}` })),
      ...range(6).map((n) => made.mpListing(n)),
    ]
    expect(told(parse(listings)).slice(0, 5)).toEqual([
      '4000 negotiable',
      'on_request negotiable',
      'unknown',
      'free',
      'unknown',
    ])
  })

  test('what is paid for above the list is read once, and 0° 0° is no place', () => {
    const paid = made.mpListing(7, {
      itemId: 'a900000007',
      priorityProduct: 'TOPADVERTENTIE',
      location: { latitude: 0, longitude: 0 },
    })
    const { items } = parse([made.mpListing(1), made.mpListing(2), paid], { topBlock: [paid, made.mpListing(8)] })
    expect(items.map(({ externalId }) => externalId)).toEqual(['m900000001', 'm900000002', 'a900000007', 'm900000008'])
    expect(items[2]).toMatchObject({ promoted: true, coordinates: null, place: null })
    expect(items[0]).toMatchObject({ photos: ['https://pictures.example/1?rule=86.jpg'], price: { amount: 7501n } })
  })

  test('pages are numbered in the path, the API counts adverts, and both end', () => {
    expect(parse([made.mpListing(1)]).next).toBe('https://www.marktplaats.nl/l/fietsen/p/2/')
    const third = { searchRequest: { pagination: { offset: 60, limit: 30 } } }
    expect(parse([made.mpListing(1)], third, `${made.MARKTPLAATS_URL}p/3/`).next).toMatch(/fietsen\/p\/4\/$/)
    expect(parse([made.mpListing(1)], { totalResultCount: 12 }).next).toBeNull()
    const api = 'https://www.marktplaats.nl/lrp/api/search?offset=30&query=fiets'
    const answer = JSON.stringify({ totalResultCount: 40, listings: range(5).map((n) => made.mpListing(n)) })
    expect(read(marktplaats, answer, api)).toMatchObject({ kind: 'api', total: 40 })
    expect(read(marktplaats, answer, api).next).toContain('offset=35')
    expect(read(marktplaats, answer, api.replace('30', '35')).next).toBeNull()
  })

  test('an advert’s own page says its day, its seller and that it is reserved', () => {
    const parsed = read(marktplaats, made.mpOfferPage(made.mpOffer()), made.MARKTPLAATS_OFFER_URL)
    expect(parsed).toMatchObject({ kind: 'offer', verdict: 'ok', variant: 'config-2026' })
    expect(parsed.items[0]).toMatchObject({
      ...{ externalId: 'm900000001', postedAt: '2026-06-10T11:52:24.000Z', seller: { kind: 'private', id: '7001' } },
      ...{ price: { amount: 6000n, negotiable: true }, photos: ['https://pictures.example/1?rule=$_86.jpg'] },
      attributes: [{ key: 'reserved', label: 'reserved', value: 'true' }],
    })
  })

  test('searches of words and of categories are told apart from adverts and from the rest', () => {
    expect(search(marktplaats, 'https://www.marktplaats.nl/l/auto-s/p/4/#q:x')).toMatchObject({
      ...{ key: 'https://www.marktplaats.nl/l/auto-s/', says: { category: ['auto-s'], query: null } },
    })
    expect(search(marktplaats, 'https://www.marktplaats.nl/q/oma+fiets/').says.query).toBe('oma fiets')
    const api = search(marktplaats, 'https://www.marktplaats.nl/lrp/api/search?query=fiets&offset=30&sortBy=PRICE')
    expect(new URL(api.url).searchParams.get('sortBy')).toBe('SORT_INDEX')
    expect(marktplaats.recognise(new URL(made.MARKTPLAATS_OFFER_URL))).toMatchObject({ externalId: 'm900000001' })
    expect(marktplaats.recognise(new URL('https://www.marktplaats.nl/account/'))).toEqual({ kind: 'other' })
  })
})

describe('Kleinanzeigen', () => {
  const parse = (cards: readonly string[], tail?: string) =>
    read(kleinanzeigen, made.kaPage(cards, tail), made.KLEINANZEIGEN_URL)

  test('what an advert cost before is not its price; VB and gifts are kinds of their own', () => {
    const old = '1.249 € <span class="aditem-main--middle--price-shipping--old-price">1.290 €</span>'
    const cards = [old, '2.600 € VB', 'VB', 'Zu verschenken', '0 €'].map((price, n) => made.kaCard(n, { price }))
    const rest = range(5).map((n) => made.kaCard(n + 20))
    expect(told(parse([...cards, ...rest])).slice(0, 5)).toEqual([
      ...['124900', '260000 negotiable', 'on_request negotiable', 'free', 'unknown'],
    ])
  })

  test('a card says its place without the distance, and no time, for it names a day at most', () => {
    const { items, total, next } = parse(range(3).map((n) => made.kaCard(n)))
    expect(items[0]).toMatchObject({
      ...{ externalId: '900000001', title: 'Fahrrad & Helm 1', place: { city: 'Flingern Nord' }, postedAt: null },
      url: 'https://www.kleinanzeigen.de/s-anzeige/fahrrad-1/900000001-217-1',
    })
    expect([total, next]).toEqual([2538, 'https://www.kleinanzeigen.de/s-seite:2/fahrrad/k0'])
  })

  test('a list that is cut before its pager is partial, and unreadable cards are told', () => {
    const cards = range(4).map((n) => made.kaCard(n))
    const whole = made.kaPage(cards)
    expect(read(kleinanzeigen, whole.slice(0, whole.indexOf('Helm 3')), made.KLEINANZEIGEN_URL).verdict).not.toBe('ok')
    expect(parse([...cards, made.kaCard(9, { title: ' ' })])).toMatchObject({
      ...{ verdict: 'partial', rejected: [{ reason: 'no title', externalId: '900000009' }] },
    })
  })

  test('an advert is closed when its ribbon is shown, and not by the word that every page hides', () => {
    const offer = (ribbons?: string[]) =>
      read(kleinanzeigen, made.kaOfferPage({ ...(ribbons && { ribbons }) }), made.KLEINANZEIGEN_OFFER_URL)
    expect(offer()).toMatchObject({
      ...{ kind: 'offer', verdict: 'ok' },
      items: [
        {
          ...{ externalId: '900000001', title: 'Fahrrad 1', price: { amount: 160000n, negotiable: true } },
          ...{ seller: { kind: 'private', id: '7001', name: 'Anna' }, coordinates: { lat: 51.22, lon: 6.81 } },
          attributes: [{ key: 'Zustand', label: 'Zustand', value: 'Gut' }],
        },
      ],
    })
    expect(offer().items[0]?.description).toMatch(/^Fährt\ngut\s+Mit Helm/)
    expect(offer(['is-hidden', '']).verdict).toBe('gone')
    expect(offer(['', 'is-hidden']).items[0]?.attributes).toContainEqual({
      key: 'reserved',
      label: 'reserved',
      value: 'true',
    })
  })

  test('page and order are no part of a search; price, words and radius are told', () => {
    expect(search(kleinanzeigen, 'https://www.kleinanzeigen.de/s-seite:3/atari/k0').key).toBe(
      'https://www.kleinanzeigen.de/s-atari/k0',
    )
    const url =
      'https://www.kleinanzeigen.de/s-fahrraeder/berlin/sortierung:preis/preis:50:200/anzeige:angebote/seite:2/oma-rad/k0c217l3331r20'
    expect(search(kleinanzeigen, url)).toMatchObject({
      key: 'https://www.kleinanzeigen.de/s-fahrraeder/berlin/preis:50:200/anzeige:angebote/oma-rad/k0c217l3331r20',
      says: { query: 'oma rad', priceFrom: '5000', priceTo: '20000', distance: 20, others: 1 },
    })
    expect(kleinanzeigen.recognise(new URL('https://www.kleinanzeigen.de/m-einloggen.html'))).toEqual({ kind: 'other' })
  })
})

describe('Sprzedajemy.pl', () => {
  const parse = (cards: readonly string[]) => read(sprzedajemy, made.spPage(cards), made.SPRZEDAJEMY_URL)

  test('a price "from", a range and a negotiable one; the time is that of a clock in Poland', () => {
    const negotiable = '<span class="price">do negocjacji</span>'
    const page = parse([
      made.spCard(1, { price: 'od 449 zł' }),
      made.spCard(2, { price: '111 - 222 zł <span>/&nbsp;godz. brutto</span>' }),
      made.spCard(3, { extra: negotiable }),
    ])
    expect(told(page)).toEqual(['44900', '11100', '120350 negotiable'])
    expect(page.items[0]).toMatchObject({ refreshedAt: '2026-07-29T20:12:09.000Z', place: { city: 'Kraków' } })
    expect(page.next).toBe('https://sprzedajemy.pl/sport-i-wypoczynek?offset=30')
  })

  test('cards that the page’s own list counts and that are not there make it partial', () => {
    const html = made.spPage(range(6).map((n) => made.spCard(n))).replace(made.spCard(3), '')
    expect(read(sprzedajemy, html, made.SPRZEDAJEMY_URL)).toMatchObject({ verdict: 'partial', items: { length: 5 } })
  })

  test('adverts end in their number, and a search is asked newest first', () => {
    const advert = 'https://sprzedajemy.pl/rower-krakow-4-6bea9f-nr72746631'
    expect(sprzedajemy.recognise(new URL(advert))).toMatchObject({ kind: 'offer', externalId: '72746631' })
    const { key, url } = search(
      sprzedajemy,
      'https://www.sprzedajemy.pl/krakow/motoryzacja?offset=30&sort=inp_srt_price_a',
    )
    expect([key, url]).toEqual([
      'https://sprzedajemy.pl/krakow/motoryzacja',
      'https://sprzedajemy.pl/krakow/motoryzacja?sort=inp_srt_date_d',
    ])
    for (const path of ['', '/nowe-ogloszenie', '/regulamin', '/lista-ofert.atom']) {
      expect(sprzedajemy.recognise(new URL(`https://sprzedajemy.pl${path}`))).toEqual({ kind: 'other' })
    }
  })
})

describe.each([vinted, willhaben, marktplaats, kleinanzeigen, sprzedajemy])('$name', (source) => {
  test('refusals, removed pages, broken servers and strangers are told apart', () => {
    const { example } = source
    const verdicts = [200, 403, 404, 410, 429, 500].map(
      (status) => read(source, '<html></html>', example, status).verdict,
    )
    expect(verdicts).toEqual(['changed', 'blocked', 'gone', 'gone', 'blocked', 'failed'])
    expect(read(source, '<title>Just a moment...</title>', example).verdict).toBe('blocked')
    expect(read(source, made.rss([made.rssItem(1)]), example)).toMatchObject({ verdict: 'changed', items: [] })
    expect(source.recognise(new URL('https://example.org/'))).toBeNull()
  })

  test('its example and every search of it are recognised as themselves', () => {
    const { key, url } = search(source, source.example)
    expect(search(source, url)).toEqual(search(source, source.example))
    expect(search(source, key)).toEqual(search(source, source.example))
  })
})
