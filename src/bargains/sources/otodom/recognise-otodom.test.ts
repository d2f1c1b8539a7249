import { describe, expect, test } from 'vitest'
import { recogniseOtodom } from './recognise-otodom'

const recognised = (path: string) => recogniseOtodom(new URL(path, 'https://www.otodom.pl'))

describe('what people paste of Otodom', () => {
  test.each([
    '/pl/wyniki/wynajem/mieszkanie,2-pokoje/malopolskie/krakow/krakow/krakow?priceMax=3000',
    '/pl/wyniki/wynajem/mieszkanie,2-pokoje/malopolskie/krakow/krakow/krakow/?limit=36&page=4&priceMax=3000&viewType=listing',
    '/en/wyniki/wynajem/mieszkanie,2-pokoje/malopolskie/krakow/krakow/krakow?by=PRICE&direction=ASC&priceMax=3000',
  ])('%s is one search, asked newest first', (path) => {
    const key = 'https://www.otodom.pl/pl/wyniki/wynajem/mieszkanie%2C2-pokoje/malopolskie/krakow/krakow/krakow'
    expect(recognised(path)).toEqual({
      kind: 'result',
      key: `${key}?priceMax=3000`,
      url: `${key}?by=LATEST&direction=DESC&priceMax=3000`,
      says: {
        category: ['wynajem', 'mieszkanie'],
        place: 'krakow',
        distance: null,
        query: null,
        priceFrom: null,
        priceTo: '300000',
        currency: 'PLN',
        others: 1,
      },
    })
  })

  test('the whole country is no place', () => {
    expect(recognised('/pl/wyniki/sprzedaz/dom/cala-polska')).toMatchObject({ says: { place: null } })
  })

  test('an advert has the number that its short id stands for', () => {
    expect(recognised('/pl/oferta/dwa-pokoje-ID4mPLM?utm_source=x')).toEqual({
      kind: 'offer',
      externalId: '64547566',
      url: 'https://www.otodom.pl/pl/oferta/dwa-pokoje-ID4mPLM',
    })
  })

  test.each(['/', '/pl', '/pl/login', '/pl/firmy/biura-nieruchomosci/x-ID7948512', '/pl/wyniki', '/nowe-ogloszenie'])(
    '%s is neither search nor advert',
    (path) => {
      expect(recognised(path)).toEqual({ kind: 'other' })
    },
  )
})
