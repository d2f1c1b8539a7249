import { describe, expect, test } from 'vitest'
import {
  advertSearch,
  nextPage,
  OTOMOTO_URL,
  otomotoEdge,
  otomotoPage,
  otomotoPrice,
  page,
} from '../fixtures/made-up-pages'
import { parseOtomoto } from './parse-otomoto'

const AD_URL = 'https://www.otomoto.pl/osobowe/oferta/skoda-fabia-ID6Gl8C1.html'

function read(edges: readonly unknown[], changed: Record<string, unknown> = {}, url = OTOMOTO_URL) {
  return parseOtomoto(page(otomotoPage(advertSearch(edges, changed)), url))
}

describe('a result page', () => {
  test('an advert keeps what the page says of it', () => {
    const { verdict, variant, items } = read([otomotoEdge(1)])
    expect({ verdict, variant }).toEqual({ verdict: 'ok', variant: 'urql-2026' })
    expect(items[0]).toEqual({
      externalId: '6100000001',
      url: AD_URL,
      title: 'Skoda Fabia 1',
      description: 'Pierwszy właściciel',
      price: { kind: 'fixed', amount: 2590000n, currency: 'PLN', negotiable: false },
      seller: { kind: 'private', id: '42', name: null },
      promoted: false,
      place: { city: 'Poznań', district: null, region: 'Wielkopolskie' },
      coordinates: null,
      photos: ['https://pictures.example/a/image;s=1000x700'],
      postedAt: '2026-02-20T13:59:19.000Z',
      refreshedAt: null,
      attributes: [{ key: 'year', label: 'year', value: '2018' }],
    })
  })

  test('trap 7: a dropped filter is told with the search that was answered instead', () => {
    const answered = 'https://www.otomoto.pl/osobowe/skoda?search%5Border%5D=created_at_first%3Adesc'
    expect(read([otomotoEdge(1)], {}, `${OTOMOTO_URL}/fabia-sport`).answered).toBe(answered)
    expect(read([otomotoEdge(1)], {}, `${OTOMOTO_URL}?search%5Bfilter_float_price%3Ato%5D=9000`).answered).toBe(
      answered,
    )
    expect(read([otomotoEdge(1)], {}, `${OTOMOTO_URL}?utm_source=x&search%5Border%5D=y&page=2`).answered).toBeNull()
  })

  test('a filter that the site moved from the parameters into the path is not dropped', () => {
    const asked = 'https://www.otomoto.pl/osobowe?search%5Bfilter_enum_make%5D%5B0%5D=skoda'
    expect(read([otomotoEdge(1)], {}, asked).answered).toBeNull()
  })

  test('trap 8: a page of promoted adverts alone is a page of adverts', () => {
    const { items } = read([1, 2, 3].map((n) => otomotoEdge(n, {}, { isPromoted: true })))
    expect(items.map((item) => item.promoted)).toEqual([true, true, true])
  })

  test('trap 9: a time without zone is what the clocks of Warsaw showed, in winter and in summer', () => {
    const times = (createdAt: string, bumpDate: string) => {
      const [item] = read([otomotoEdge(1, { createdAt }, { bumpDate })]).items
      return [item?.postedAt, item?.refreshedAt]
    }
    expect(times('2024-04-08 17:51:36', '2025-02-25 21:19:00')).toEqual([
      '2024-04-08T15:51:36.000Z',
      '2025-02-25T20:19:00.000Z',
    ])
    expect(times('2026-02-20T13:59:19Z', '2026-02-21T18:54:39Z')).toEqual([
      '2026-02-20T13:59:19.000Z',
      '2026-02-21T18:54:39.000Z',
    ])
    expect(times('2024-03-31 01:59:59', '2024-03-31 03:00:00')).toEqual([
      '2024-03-31T00:59:59.000Z',
      '2024-03-31T01:00:00.000Z',
    ])
    expect(read([otomotoEdge(1, { createdAt: '2024-04-08 17:51:36' })]).variant).toBe('urql-2024')
  })

  test('grosze are kept where the whole units drop them, and a lost amount is never nought', () => {
    const amount = (price: unknown) => read([otomotoEdge(1), otomotoEdge(2), otomotoEdge(3, { price })]).items[2]?.price
    expect(amount(otomotoPrice('215000.98'))?.amount).toBe(21500098n)
    expect(amount(otomotoPrice(null, { units: 215000, nanos: 980_000_000 }))?.amount).toBe(21500098n)
    for (const lost of [otomotoPrice('0'), otomotoPrice('abc'), otomotoPrice('5', { currencyCode: '' }), null, {}]) {
      expect(amount(lost)).toMatchObject({ kind: 'unknown', amount: null })
    }
  })

  test('dealers have a name or a page, private sellers neither, and who cannot be told stays unknown', () => {
    const kind = (sellerLink: unknown) => read([otomotoEdge(1, { sellerLink })]).items[0]?.seller.kind
    expect(kind({ id: '1', name: 'Auto', websiteUrl: null })).toBe('business')
    expect(kind({ id: '1', name: null, websiteUrl: 'https://auto.otomoto.pl' })).toBe('business')
    expect(kind({ id: '1', name: null, websiteUrl: null })).toBe('private')
    expect(kind(null)).toBe('unknown')
  })

  test('the next page goes on while more is counted than shown', () => {
    const next = (totalCount: number, currentOffset: number) =>
      read([otomotoEdge(1)], { totalCount, pageInfo: { pageSize: 32, currentOffset } }).next
    expect(next(100, 0)).toBe(`${OTOMOTO_URL}?page=2`)
    expect(next(100, 64)).toBe(`${OTOMOTO_URL}?page=4`)
    expect(next(96, 64)).toBeNull()
    expect(next(31, 0)).toBeNull()
  })

  test("nothing found is the site's own count, lost adverts are not", () => {
    expect(read([])).toMatchObject({ verdict: 'empty', total: 0 })
    expect(read([], { totalCount: 12 }).verdict).toBe('changed')
    expect(read([], { edges: undefined }).verdict).toBe('changed')
  })

  test('an advert without id is named, most of them without mean that the site has changed', () => {
    const lost = otomotoEdge(1, { id: undefined })
    expect(read([lost, otomotoEdge(2), otomotoEdge(3)])).toMatchObject({
      verdict: 'partial',
      rejected: [{ reason: 'no id' }],
    })
    expect(read([lost, lost, otomotoEdge(3)])).toMatchObject({ verdict: 'changed', items: [] })
  })

  test('an advert that quotes the name of the search in its text does not mislead the reader', () => {
    const quoted = '{"advertSearch":{"edges":[]}} and {\\"advertSearch\\":{\\"edges\\":[]}}'
    expect(read([otomotoEdge(1, { title: quoted })]).items[0]?.title).toBe(quoted)
  })
})

describe('an offer page', () => {
  const advert = {
    id: '6100000001',
    title: 'Skoda Fabia',
    url: `${AD_URL}?from=list`,
    createdAt: '2026-02-20T13:59:19Z',
    price: { value: '25 900,50', currency: 'PLN' },
    description: '<p>Zadbana</p>',
    seller: { id: '42', name: 'Anna', type: 'PRIVATE' },
    details: [{ key: 'year', label: 'Rok produkcji', value: '2018' }],
    images: { photos: [{ url: 'https://pictures.example/a/image;s=1080x720' }] },
  }

  test('an open advert is one item', () => {
    const result = parseOtomoto(page(nextPage({ advert }), AD_URL))
    expect(result).toMatchObject({ kind: 'offer', verdict: 'ok', variant: 'advert-2025' })
    expect(result.items[0]).toMatchObject({
      externalId: '6100000001',
      url: AD_URL,
      description: 'Zadbana',
      price: { amount: 2590050n },
      seller: { kind: 'private', id: '42', name: 'Anna' },
    })
  })

  test('only 404 and 410 say that an advert is gone', () => {
    const verdict = (text: string, status: number) => parseOtomoto(page(text, AD_URL, status)).verdict
    expect(verdict('<html></html>', 404)).toBe('gone')
    expect(verdict('<html></html>', 410)).toBe('gone')
    expect(verdict('<html>To ogłoszenie nie jest już dostępne</html>', 200)).toBe('changed')
    expect(verdict(otomotoPage(advertSearch([otomotoEdge(1)])), 200)).toBe('changed')
    expect(verdict(nextPage({ advert: { ...advert, price: undefined } }), 200)).toBe('changed')
  })
})

describe('pages without adverts', () => {
  test('the pages of 2021 are named and give no items', () => {
    const old = '<article class="offer-item" data-ad-id="6"><span class="offer-item__price">59 900 PLN</span></article>'
    expect(parseOtomoto(page(old, OTOMOTO_URL))).toMatchObject({ verdict: 'changed', variant: 'html-2021', items: [] })
  })

  test('a refused request is blocked, a cut page is changed', () => {
    const refused = '<h2>The request could not be satisfied.</h2>'
    expect(parseOtomoto(page(refused, OTOMOTO_URL)).verdict).toBe('blocked')
    const whole = otomotoPage(advertSearch([otomotoEdge(1)]))
    expect(parseOtomoto(page(whole.slice(0, whole.length / 2), OTOMOTO_URL)).verdict).toBe('changed')
  })
})
