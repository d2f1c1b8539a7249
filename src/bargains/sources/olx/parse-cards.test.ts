import { describe, expect, test } from 'vitest'
import { cardOf, cardPage, madeUpCards, shownCard } from '../fixtures/made-up-cards'
import { OFFER_URL, olxAd, page } from '../fixtures/made-up-pages'
import { olxUa } from '../olx-ua/source'
import { olxUz } from '../olx-uz/source'
import { olx } from './source'

const read = (cards: readonly string[], count?: string, pager?: string) =>
  olx.parse(page(cardPage(cards, count, pager)))

function priceOf(shown: string) {
  const [item] = read([
    cardOf(olxAd(1)),
    cardOf(olxAd(2)),
    shownCard(3, '/d/oferta/x-ID3.html', 'Rower', shown),
  ]).items.slice(2)
  return item?.price
}

describe('a page that lost its state in a browser', () => {
  test('a card gives what it shows, and its times stay unknown', () => {
    const { verdict, variant, total, items } = read([cardOf(olxAd(1))])
    expect({ verdict, variant, total }).toEqual({ verdict: 'ok', variant: 'dom', total: 1 })
    expect(items[0]).toEqual({
      externalId: '900000001',
      url: 'https://www.olx.pl/d/oferta/rower-miejski-1-CID767-ID14ynt1.html',
      title: 'Rower miejski 1',
      description: null,
      price: { kind: 'fixed', amount: 10100n, currency: 'PLN', negotiable: false },
      seller: { kind: 'unknown', id: null, name: null },
      promoted: null,
      place: { city: 'Kraków', district: 'Krowodrza', region: null },
      coordinates: null,
      photos: ['https://pictures.example:443/v1/files/900000001/image;s=1000x700'],
      postedAt: null,
      refreshedAt: null,
      attributes: [{ key: 'state', label: 'state', value: 'Używane' }],
    })
  })

  test.each([
    ['2 500 zł', 250000n, 'PLN', false],
    ['2&nbsp;500,50 zł', 250050n, 'PLN', false],
    ['2 500 zł<span>do negocjacji</span>', 250000n, 'PLN', true],
    ['10 000 грн.<span>Договірна</span>', 1000000n, 'UAH', true],
    ['50 000 $', 5000000n, 'USD', false],
    ['1 037 665 923 сум', 103766592300n, 'UZS', false],
    ['7 227 000 so’m', 722700000n, 'UZS', false],
    ['350 у.е.', 35000n, 'USD', false],
  ])('%s is read exactly', (shown, amount, currency, negotiable) => {
    expect(priceOf(shown)).toEqual({ kind: 'fixed', amount, currency, negotiable })
  })

  test.each([
    ['Za darmo', 'free'],
    ['Zamienię', 'exchange'],
    ['Zapytaj', 'unknown'],
    ['0 zł', 'unknown'],
    ['120', 'unknown'],
    ['1.200 zł', 'unknown'],
    ['120 ¤', 'unknown'],
    ['od 120 zł', 'unknown'],
    ['', 'unknown'],
  ])('the price "%s" is %s and has no amount', (shown, kind) => {
    expect(priceOf(shown)).toMatchObject({ kind, amount: null, currency: null })
  })

  test('adverts that the site adds from elsewhere answer another search', () => {
    const elsewhere = shownCard(9, '/d/oferta/x-ID9.html?reason=extended_search_extended_distance', 'Rower', '5 zł')
    expect(read([cardOf(olxAd(1)), elsewhere], '1').items.map((item) => item.externalId)).toEqual(['900000001'])
    const pager = '<a data-testid="pagination-forward" href="/oferty/?page=2"></a>'
    expect(read([cardOf(olxAd(1)), elsewhere], '1', pager).next).toBeNull()
    expect(read([elsewhere], '0')).toMatchObject({ verdict: 'empty', items: [] })
    expect(read([elsewhere], '3')).toMatchObject({ verdict: 'changed', items: [] })
  })

  test('promoted is known only where a card of the page is marked so', () => {
    const featured = '<div data-testid="adCard-featured">TOP</div>'
    const cards = [cardOf(olxAd(1), featured), cardOf(olxAd(2))]
    expect(read(cards).items.map((item) => item.promoted)).toEqual([true, false])
  })

  test('"more than 1000" is no count, and the next page is the link that the page gives', () => {
    const pager = '<li><a data-testid="pagination-forward" href="/oferty/q-rower/?page=2&amp;x=1"></a></li>'
    const { total, next } = read([cardOf(olxAd(1))], '<span>ponad</span> 1000', pager)
    expect({ total, next }).toEqual({ total: null, next: 'https://www.olx.pl/oferty/q-rower/?page=2&x=1' })
    const foreign = pager.replace('/oferty/', 'https://evil.example/')
    expect(read([cardOf(olxAd(1))], '1', foreign).next).toBeNull()
  })

  test('of a page cut short, of an advert asked for and of a page too large nothing is read', () => {
    const whole = madeUpCards(5)
    expect(olx.parse(page(whole.slice(0, -9)))).toMatchObject({ verdict: 'changed', items: [] })
    expect(olx.parse(page(whole, OFFER_URL))).toMatchObject({ verdict: 'changed', items: [] })
    const deep = cardPage([cardOf(olxAd(1), '<div>'.repeat(300_000))])
    expect(olx.parse(page(deep))).toMatchObject({ verdict: 'changed', items: [] })
  })

  test('an advert that lost its state is read by its schema.org data, under the number of its address alone', () => {
    const product = (sku: string) =>
      `<html><head><script type="application/ld+json">${JSON.stringify({
        '@context': 'https://schema.org',
        '@type': 'Product',
        name: 'Rower miejski',
        url: OFFER_URL,
        sku,
        offers: { '@type': 'Offer', priceCurrency: 'PLN', price: 450 },
      })}</script></head><body></body></html>`
    const { verdict, kind, items } = olx.parse(page(product('983431584'), OFFER_URL))
    expect({ verdict, kind }).toEqual({ verdict: 'ok', kind: 'offer' })
    expect(items[0]).toMatchObject({ externalId: '983431584', url: OFFER_URL, title: 'Rower miejski' })
    expect(items[0]?.price).toMatchObject({ amount: 45000n, currency: 'PLN' })
    expect(olx.parse(page(product('5'), OFFER_URL))).toMatchObject({ verdict: 'changed', items: [] })
    const closed = product('983431584').replace('<body>', '<body><div data-testid="ad-inactive-msg"></div>')
    expect(olx.parse(page(closed, OFFER_URL)).verdict).toBe('gone')
  })

  test('every country names itself, and reads the cards of its own language', () => {
    const card = shownCard(5, '/d/uk/obyavlenie/velo-IDZlaGn.html', 'Велосипед', '1 200 грн.')
    const ua = olxUa.parse(page(cardPage([card]), 'https://www.olx.ua/uk/hobbi/'))
    expect(ua).toMatchObject({ source: 'olx-ua', verdict: 'ok' })
    expect(ua.items[0]?.url).toBe('https://www.olx.ua/d/uk/obyavlenie/velo-IDZlaGn.html')
    const closed = '<html><body><div data-testid="ad-inactive-msg"></div></body></html>'
    const offer = 'https://www.olx.ua/d/uk/obyavlenie/velo-IDZlaGn.html'
    expect(olxUa.parse(page(closed, offer))).toMatchObject({ source: 'olx-ua', kind: 'offer', verdict: 'gone' })
    expect(olxUz.parse(page('', 'https://www.olx.uz/list/'))).toMatchObject({ source: 'olx-uz', verdict: 'changed' })
  })
})
