import { describe, expect, test } from 'vitest'
import { recogniseUrl } from '../registry'

function recognised(text: string) {
  const found = recogniseUrl(text)
  return found && { source: found.source.id, ...found.recognised }
}

describe('OLX of other countries', () => {
  test.each([
    'https://www.olx.ua/uk/hobbi-otdyh-i-sport/velo/lvov/q-gravel/?currency=UAH',
    'https://www.olx.ua/hobbi-otdyh-i-sport/velo/lvov/q-gravel/?currency=UAH&page=3',
    'https://www.olx.ua/d/uk/hobbi-otdyh-i-sport/velo/lvov/q-gravel/?search[order]=filter_float_price:asc&currency=UAH',
    'm.olx.ua/d/hobbi-otdyh-i-sport/velo/lvov/q-gravel?currency=UAH&utm_source=x',
  ])('%s is one search, whatever its language, asked newest first', (text) => {
    const key = 'https://www.olx.ua/uk/hobbi-otdyh-i-sport/velo/lvov/q-gravel/?currency=UAH'
    const url = `${key}&search%5Border%5D=created_at%3Adesc`
    expect(recognised(text)).toMatchObject({ source: 'olx-ua', kind: 'result', key, url })
  })

  test('the Uzbek and the Russian page of one search are one search', () => {
    const [oz, ru] = ['oz/list/q-velo/', 'list/q-velo/'].map((path) => recognised(`https://www.olx.uz/${path}`))
    expect(oz).toEqual(ru)
    expect(oz).toMatchObject({ source: 'olx-uz', says: { category: [], query: 'velo', currency: 'UZS' } })
  })

  test('a price is told in the currency that the filter names, else in the country’s own', () => {
    const price = 'search[filter_float_price:to]=500'
    expect(recognised(`https://www.olx.ua/uk/list/?currency=USD&${price}`)).toMatchObject({
      says: { priceTo: '50000', currency: 'USD' },
    })
    expect(recognised(`https://www.olx.ro/list/?${price}`)).toMatchObject({
      says: { priceTo: '50000', currency: 'RON' },
    })
  })

  test.each([
    ['https://www.olx.ua/d/uk/obyavlenie/velo-IDZlaGn.html?reason=x', 'olx-ua', '906402451'],
    ['https://www.olx.uz/d/obyavlenie/velo-ID3LZsL.html', 'olx-uz', '55766691'],
    ['https://www.olx.ro/d/oferta/bicicleta-IDZlaGn.html', 'olx-ro', '906402451'],
  ])('%s is an advert of %s with the number %s', (text, source, externalId) => {
    expect(recognised(text)).toMatchObject({ source, kind: 'offer', externalId })
  })

  test.each([
    'https://www.olx.ua/',
    'https://www.olx.ua/uk/',
    'https://www.olx.ua/d/uk/myaccount/',
    'https://www.olx.ua/uk/favorites/',
    'https://www.olx.uz/oz/account/',
    'https://www.olx.uz/obyavlenie/',
  ])('%s is neither search nor advert', (text) => {
    expect(recognised(text)?.kind).toBe('other')
  })

  test.each(['ua', 'uz', 'ro', 'bg', 'kz', 'pt'])('the API of olx.%s is asked as a search', (country) => {
    const key = `https://www.olx.${country}/api/v1/offers?query=velo`
    expect(recognised(`${key}&offset=40&limit=10`)).toMatchObject({ source: `olx-${country}`, key })
  })
})
