import { describe, expect, test } from 'vitest'
import { brAd, brDetail, brOfferPage, brPage, OLX_BR_OFFER_URL, OLX_BR_URL } from '../fixtures/made-up-olx-br'
import { nextPage, page } from '../fixtures/made-up-pages'
import { olxBr } from './source'

const list = (ads: readonly unknown[], changed = {}, url = OLX_BR_URL) => olxBr.parse(page(brPage(ads, changed), url))
const offer = (changed = {}) => olxBr.parse(page(brOfferPage(brDetail(changed)), OLX_BR_OFFER_URL))

describe('a result page of OLX Brasil', () => {
  test('an advert keeps what the page says of it, and the places for banners are no adverts', () => {
    const { verdict, variant, items, rejected, total } = list([brAd(1)])
    expect({ verdict, variant, total, rejected }).toEqual({
      verdict: 'ok',
      variant: 'next-2026',
      total: 1,
      rejected: [],
    })
    expect(items).toEqual([
      {
        externalId: '1400000001',
        url: 'https://sp.olx.com.br/sao-paulo/bicicletas/bicicleta-1400000001',
        title: 'Bicicleta 1',
        description: null,
        price: { kind: 'fixed', amount: 125000n, currency: 'BRL', negotiable: false },
        seller: { kind: 'private', id: null, name: null },
        promoted: false,
        place: { city: 'Campinas', district: 'Centro', region: 'SP' },
        coordinates: null,
        photos: ['https://pictures.example/1.jpg'],
        postedAt: '2026-02-14T17:49:17.000Z',
        refreshedAt: '2026-02-14T17:49:17.000Z',
        attributes: [{ key: 'bike_type', label: 'Tipo', value: 'Gravel' }],
      },
    ])
  })

  test.each([
    ['R$ 950', 95000n],
    ['R$ 1.150.000', 115000000n],
    ['R$ 1.234,56', 123456n],
  ])('%s is read exactly', (priceValue, amount) => {
    expect(list([brAd(1, { priceValue })]).items[0]?.price).toMatchObject({ amount, currency: 'BRL' })
  })

  test.each(['', null, 'R$ 0', 'US$ 500', '285.000', 'Grátis'])('the price %j is unknown', (priceValue) => {
    const ads = [brAd(1), brAd(2), brAd(3, { priceValue, price: priceValue })]
    expect(list(ads).items[2]?.price).toMatchObject({ kind: 'unknown', amount: null })
  })

  test('an advert that was put up again tells when, and not when it first was', () => {
    const [item] = list([brAd(1, { lastBumpAgeSecs: '157335' })]).items
    expect(item).toMatchObject({ postedAt: null, refreshedAt: '2026-02-14T17:49:17.000Z' })
  })

  test('an advert that is kept on top is promoted; a dealer is a business', () => {
    const [item] = list([brAd(1, { fixedOnTop: true, professionalAd: true })]).items
    expect(item).toMatchObject({ promoted: true, seller: { kind: 'business' } })
  })

  test('the next page is asked only where the site answered the page that was asked', () => {
    expect(list([brAd(1)], { totalOfAds: 120 }).next).toBe(`${OLX_BR_URL}&o=2`)
    expect(list([brAd(1)], { totalOfAds: 120 }, `${OLX_BR_URL}&o=2`).next).toBeNull()
    expect(list([brAd(1)], { totalOfAds: 50 }).next).toBeNull()
  })

  test('another order than the newest first is told', () => {
    const asked = `${OLX_BR_URL}&sf=1`
    expect(list([brAd(1)], {}, asked).answered).toBeNull()
    expect(list([brAd(1)], { filters: { sort: 'relevance' } }, asked).answered).toBe(OLX_BR_URL)
  })

  test('no adverts are empty only where the site counts none', () => {
    expect(list([]).verdict).toBe('empty')
    expect(list([], { totalOfAds: 9 }).verdict).toBe('changed')
  })
})

describe('an advert of OLX Brasil', () => {
  test('it is read from the attribute of its page, under the number that lists give it', () => {
    const { verdict, variant, kind, items } = offer()
    expect({ verdict, variant, kind }).toEqual({ verdict: 'ok', variant: 'data-json-2026', kind: 'offer' })
    expect(items[0]).toMatchObject({
      externalId: '1400000001',
      url: OLX_BR_OFFER_URL,
      title: 'Bicicleta 1',
      description: 'Quadro & rodas.\nPouco uso',
      price: { kind: 'fixed', amount: 125000n, currency: 'BRL' },
      seller: { kind: 'private', id: '9', name: 'Ana' },
      place: { city: 'Campinas', district: 'Centro', region: 'SP' },
      coordinates: null,
      postedAt: null,
      refreshedAt: '2026-02-23T21:22:45.000Z',
    })
  })

  test('a point is a point, but never an exact one', () => {
    const location = { municipality: 'Campinas', mapLati: -22.9, mapLong: -47.06 }
    expect(offer({ location }).items[0]?.coordinates).toEqual({ lat: -22.9, lon: -47.06, exact: false })
  })

  test('a result page in answer to an advert closes nothing', () => {
    const answer = olxBr.parse(page(brPage([brAd(1)]), OLX_BR_OFFER_URL))
    expect(answer).toMatchObject({ verdict: 'changed', items: [] })
  })
})

test.each([
  [nextPage({ other: {} }), 'changed'],
  ['<script id="initial-data" data-json="{&quot;ad&quot;:', 'changed'],
  ['<title>Attention Required! | Cloudflare</title>', 'blocked'],
  ['<title>404 Not Found</title>', 'gone'],
  ['', 'changed'],
])('%s is %s and holds no adverts', (text, verdict) => {
  expect(olxBr.parse(page(text, OLX_BR_URL))).toMatchObject({ verdict, items: [] })
})
