import { describe, expect, test } from 'vitest'
import {
  OTODOM_OFFER_URL,
  OTODOM_URL,
  otodomAd,
  otodomItem,
  otodomOfferPage,
  otodomPage,
} from '../fixtures/made-up-otodom'
import { nextPage, page } from '../fixtures/made-up-pages'
import { otodom } from './source'

const list = (items: readonly unknown[], pagination = {}) =>
  otodom.parse(page(otodomPage(items, pagination), OTODOM_URL))
const offer = (changed = {}) => otodom.parse(page(otodomOfferPage(otodomAd(changed)), OTODOM_OFFER_URL))

describe('a result page of Otodom', () => {
  test('an advert keeps what the page says of it; what stands beside the search is none', () => {
    const { verdict, variant, items, total, next } = list([otodomItem(1)])
    expect({ verdict, variant, total, next }).toEqual({ verdict: 'ok', variant: 'next-2023', total: 1, next: null })
    expect(items).toEqual([
      {
        externalId: '64000001',
        url: 'https://www.otodom.pl/pl/oferta/dwa-pokoje-1-ID4aaa1',
        title: 'Dwa pokoje 1',
        description: null,
        price: { kind: 'fixed', amount: 200100n, currency: 'PLN', negotiable: false },
        seller: { kind: 'private', id: null, name: null },
        promoted: false,
        place: { city: 'Kraków', district: 'Krowodrza', region: 'małopolskie' },
        coordinates: null,
        photos: ['https://pictures.example/1.jpg'],
        postedAt: '2022-12-01T08:00:00.000Z',
        refreshedAt: '2023-08-25T19:39:01.000Z',
        attributes: [
          { key: 'estate', label: 'estate', value: 'FLAT' },
          { key: 'transaction', label: 'transaction', value: 'RENT' },
          { key: 'area', label: 'area', value: '41.5 m²' },
          { key: 'rooms_num', label: 'rooms_num', value: '2' },
          { key: 'price_per_m', label: 'price_per_m', value: '55 PLN' },
          { key: 'rent', label: 'rent', value: '700 PLN' },
        ],
      },
    ])
  })

  test('a hidden price is on request; rent and the price of a square metre are never taken for it', () => {
    const hidden = list([otodomItem(1, { totalPrice: null, hidePrice: true })]).items[0]?.price
    expect(hidden).toMatchObject({ kind: 'on_request', amount: null })
    const items = [otodomItem(1), otodomItem(2), otodomItem(3, { totalPrice: null })]
    expect(list(items).items[2]?.price).toMatchObject({ kind: 'unknown', amount: null })
    expect(list([otodomItem(1, { totalPrice: { value: 676401.33, currency: 'PLN' } })]).items[0]?.price.amount).toBe(
      67640133n,
    )
  })

  test('a list of investments, which have no price, is no changed page', () => {
    const investment = { totalPrice: null, estate: 'INVESTMENT', investmentState: 'IN_BUILDING' }
    expect(list([otodomItem(1, investment)])).toMatchObject({ verdict: 'ok' })
  })

  test('an agency makes a business, and a promoted advert says so', () => {
    const agency = { id: 7, name: 'Dom i Ogród', type: 'AGENCY' }
    const [item] = list([otodomItem(1, { agency, isPrivateOwner: false, isPromoted: true })]).items
    expect(item).toMatchObject({ seller: { kind: 'business', id: '7', name: 'Dom i Ogród' }, promoted: true })
  })

  test('the next page is the next number; nothing found is empty only where the site counts nothing', () => {
    expect(list([otodomItem(1)], { page: 2, totalPages: 4, totalResults: 250 }).next).toBe(`${OTODOM_URL}?page=3`)
    expect(list([]).verdict).toBe('empty')
    expect(list([], { page: 5, totalPages: 4, totalResults: 250 }).verdict).toBe('empty')
    expect(list([], { totalResults: 250 }).verdict).toBe('changed')
  })
})

describe('an advert of Otodom', () => {
  test('it has its details, its times in UTC, and the very place where the circle has no radius', () => {
    const { verdict, variant, kind, items } = offer()
    expect({ verdict, variant, kind }).toEqual({ verdict: 'ok', variant: 'next-ad-2023', kind: 'offer' })
    expect(items[0]).toMatchObject({
      externalId: '64547566',
      description: 'Jasne mieszkanie\nCicha ulica',
      price: { kind: 'fixed', amount: 37500000n, currency: 'PLN' },
      seller: { kind: 'business', id: '7', name: 'Dom i Ogród' },
      place: { city: 'Kraków', district: 'Krowodrza', region: 'małopolskie' },
      coordinates: { lat: 50.07, lon: 19.92, exact: true },
      postedAt: '2023-11-24T13:55:39.000Z',
      refreshedAt: '2023-12-18T13:48:58.000Z',
      attributes: [
        { key: 'price_per_m', label: 'cena za metr', value: '11 719 zł/m²' },
        { key: 'm', label: 'Powierzchnia', value: '32 m²' },
      ],
    })
    const circle = { coordinates: { latitude: 50, longitude: 20 }, mapDetails: { radius: 500 } }
    expect(offer({ location: circle }).items[0]?.coordinates?.exact).toBe(false)
  })

  test.each([
    ['removed_by_user', 'gone'],
    ['outdated', 'gone'],
    ['moderated', 'held'],
    ['something_new', 'changed'],
    [null, 'changed'],
  ])('the status %s is %s', (status, verdict) => {
    expect(offer({ status })).toMatchObject({ verdict, items: [] })
  })

  test('a result page in answer to an advert closes nothing', () => {
    expect(otodom.parse(page(otodomPage([otodomItem(1)]), OTODOM_OFFER_URL))).toMatchObject({
      verdict: 'changed',
      items: [],
    })
  })
})

describe('other pages of Otodom', () => {
  test.each([
    ['<article class="offer-item-details" data-item-id="x"></article>', 'changed'],
    ['<script id="server-app-state" type="application/json">{}</script>', 'changed'],
    [nextPage({ other: {} }), 'changed'],
    ['<title>Just a moment...</title>', 'blocked'],
    ['<title>404</title>', 'gone'],
    ['', 'changed'],
  ])('%s is %s and holds no adverts', (text, verdict) => {
    expect(otodom.parse(page(text, OTODOM_URL))).toMatchObject({ verdict, items: [] })
  })
})
