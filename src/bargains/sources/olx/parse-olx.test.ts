import { describe, expect, test } from 'vitest'
import {
  apiAnswer,
  apiOffer,
  apiPrice,
  OFFER_URL,
  olxAd,
  olxListing,
  olxOfferPage,
  olxPrice,
  olxResultPage,
  page,
  statePage,
} from '../fixtures/made-up-pages'
import { olx } from './source'

const INACTIVE = '<div data-testid="ad-inactive-msg" class="css-1"><h4>To ogłoszenie nie jest już dostępne</h4></div>'

function priceOf(ad: Record<string, unknown>) {
  return olx.parse(page(olxResultPage([olxAd(1), olxAd(2), { ...olxAd(3), ...ad }]))).items[2]?.price
}

function apiPriceOf(price: Record<string, unknown> | null, changed: Record<string, unknown> = {}) {
  const data = [apiOffer(1, apiPrice(1)), apiOffer(2, apiPrice(2)), apiOffer(3, price, changed)]
  return olx.parse(page(apiAnswer(data))).items[2]?.price
}

describe('a result page', () => {
  test('an advert keeps what the page says of it, its text plain and its times in UTC', () => {
    const { verdict, variant, items, total } = olx.parse(page(olxResultPage([olxAd(1)])))
    expect({ verdict, variant, total }).toEqual({ verdict: 'ok', variant: 'state-2026', total: 1 })
    expect(items[0]).toEqual({
      externalId: '900000001',
      url: 'https://www.olx.pl/d/oferta/rower-miejski-1-CID767-ID14ynt1.html',
      title: 'Rower miejski 1',
      description: 'Rower po przeglądzie.\nOdbiór: Kraków & okolice.',
      price: { kind: 'fixed', amount: 10100n, currency: 'PLN', negotiable: false },
      seller: { kind: 'private', id: '7001', name: 'Jan' },
      promoted: false,
      place: { city: 'Kraków', district: 'Krowodrza', region: 'Małopolskie' },
      coordinates: { lat: 50.06, lon: 19.94, exact: false },
      photos: ['https://pictures.example:443/v1/files/rower1/image;s=1000x700'],
      postedAt: '2026-02-07T14:37:43.000Z',
      refreshedAt: '2026-02-07T14:41:59.000Z',
      attributes: [{ key: 'state', label: 'Stan', value: 'Używane' }],
    })
  })

  test('trap 1: a time a minute after midnight in Warsaw belongs to the day before in UTC, and cards are never asked', () => {
    const ad = olxAd(1, { lastRefreshTime: '2024-03-16T00:01:57+01:00', createdTime: 'dzisiaj o 14:41' })
    const [item] = olx.parse(page(olxResultPage([ad]))).items
    expect(item).toMatchObject({ refreshedAt: '2024-03-15T23:01:57.000Z', postedAt: null })
  })

  test('trap 2: an advert of years ago that was put up again today keeps both its times', () => {
    const ad = olxAd(1, { createdTime: '2021-11-30T10:00:00+01:00', pushupTime: undefined })
    const [item] = olx.parse(page(olxResultPage([ad]))).items
    expect(item).toMatchObject({ postedAt: '2021-11-30T09:00:00.000Z', refreshedAt: '2026-02-07T14:41:59.000Z' })
  })

  test('trap 3: promoted adverts are told apart by their place in the list, not by having paid once', () => {
    const ads = [olxAd(1, { isPromoted: true }), olxAd(2, { isPromoted: true }), olxAd(3)]
    const listed = olxResultPage(ads, { metaData: { searchReason: { promoted: [0], organic: [1, 2] } } })
    expect(olx.parse(page(listed)).items.map((item) => item.promoted)).toEqual([true, false, false])
    const said = olxResultPage([olxAd(1, { searchReason: 'promoted' }), olxAd(2, { searchReason: 'organic' })])
    expect(olx.parse(page(said)).items.map((item) => item.promoted)).toEqual([true, false])
  })

  test('trap 4: the same advert behind any of its links has one address', () => {
    const links = [
      'https://www.olx.pl/d/oferta/x-CID1-ID1.html#faf98cbe30;promoted',
      'https://www.olx.pl/d/oferta/x-CID1-ID1.html?search_reason=search%7Cpromoted',
      '/d/oferta/x-CID1-ID1.html?search_reason=search%7Corganic',
    ]
    const { items } = olx.parse(page(olxResultPage(links.map((url, n) => olxAd(n + 1, { url })))))
    expect(new Set(items.map((item) => item.url))).toEqual(new Set(['https://www.olx.pl/d/oferta/x-CID1-ID1.html']))
  })

  test('a partner advert keeps its address at OLX, not the one its card leads to', () => {
    const ad = olxAd(1, { externalUrl: 'https://www.otodom.pl/pl/oferta/x', partner: { code: 'otodom_pl' } })
    expect(olx.parse(page(olxResultPage([ad]))).items[0]?.url).toMatch(/^https:\/\/www\.olx\.pl\//)
  })

  test('trap 5: swap, giveaway and "to be agreed" are states of their own, and none has an amount', () => {
    expect(priceOf({ price: olxPrice(null, { exchange: true, displayValue: 'Zamienię' }) })?.kind).toBe('exchange')
    expect(priceOf({ price: olxPrice(null, { free: true, displayValue: 'Za darmo' }) })?.kind).toBe('free')
    expect(priceOf({ price: olxPrice(null, { displayValue: 'Do uzgodnienia' }) })?.kind).toBe('on_request')
    expect(priceOf({ isJob: true, price: null, salary: null })).toEqual({
      kind: 'on_request',
      amount: null,
      currency: null,
      negotiable: false,
    })
  })

  test('a price that cannot be read is unknown: never nought, never free', () => {
    const { regularPrice } = olxPrice(1) as { regularPrice: object }
    const unread = [
      olxPrice(0),
      olxPrice(-5),
      olxPrice(1e21),
      olxPrice(null, { displayValue: '120 zł' }),
      { ...olxPrice(1), regularPrice: { ...regularPrice, value: 'tanio' } },
      { ...olxPrice(1), regularPrice: { ...regularPrice, currencyCode: null } },
      {},
      null,
      undefined,
    ]
    for (const price of unread) expect(priceOf({ price })).toMatchObject({ kind: 'unknown', amount: null })
  })

  test('grosze come through exactly', () => {
    expect(priceOf({ price: olxPrice(1234.56) })?.amount).toBe(123456n)
    expect(priceOf({ price: olxPrice(0.29) })?.amount).toBe(29n)
    expect(priceOf({ price: olxPrice(4_503_599_627_370.49) })?.amount).toBe(450359962737049n)
  })

  test('pay for a job is shown beside the advert, not as its price', () => {
    const salary = { from: 30, to: 35, currencyCode: 'PLN', currencySymbol: 'zł', period: 'hour' }
    const [item] = olx.parse(page(olxResultPage([olxAd(1, { isJob: true, price: null, salary })]))).items
    expect(item?.price.kind).toBe('on_request')
    expect(item?.attributes.at(-1)).toEqual({ key: 'salary', label: 'salary', value: '30–35 zł hour' })
  })

  test('trap 6: the true count is told where the site caps its own at 1,000', () => {
    const capped = { totalElements: 1000, totalPages: 25, visibleElements: 109031 }
    expect(olx.parse(page(olxResultPage([olxAd(1)], capped))).total).toBe(109031)
  })

  test('the next page is one that a person could open, and there is none behind the last', () => {
    const links = { next: 'https://www.olx.pl/api/v1/offers?offset=39&limit=40' }
    const next = (changed: object) => olx.parse(page(olxResultPage([olxAd(1)], { links, ...changed }))).next
    expect(next({ pageNumber: 0, totalPages: 25 })).toBe('https://www.olx.pl/sport-hobby/rowery/krakow/?page=2')
    expect(next({ pageNumber: 24, totalPages: 25 })).toBeNull()
    expect(next({ pageNumber: 0, totalPages: 25, links: {} })).toBeNull()
  })

  test('nothing found is empty only where the site itself counts nothing', () => {
    expect(olx.parse(page(olxResultPage([])))).toMatchObject({ verdict: 'empty', total: 0 })
    expect(olx.parse(page(olxResultPage([], { totalElements: 7, visibleElements: 7 }))).verdict).toBe('changed')
    expect(olx.parse(page(statePage({ listing: { listing: { totalElements: 0 } } }))).verdict).toBe('changed')
  })

  test('adverts of a wider search, shown when nothing was found, are not taken for results', () => {
    const page0 = olxResultPage([], { expansionListing: { ads: [olxAd(1)] } })
    expect(olx.parse(page(page0))).toMatchObject({ verdict: 'empty', items: [] })
  })

  test('one unreadable advert of three is partial and named; two of three mean that the site has changed', () => {
    const lost = { ...olxAd(1), title: undefined }
    const partial = olx.parse(page(olxResultPage([lost, olxAd(2), olxAd(3)])))
    expect(partial).toMatchObject({
      verdict: 'partial',
      rejected: [{ reason: 'no title', externalId: '900000001' }],
    })
    expect(partial.items).toHaveLength(2)
    const changed = olx.parse(page(olxResultPage([lost, { ...olxAd(2), id: null }, olxAd(3)])))
    expect(changed).toMatchObject({ verdict: 'changed', items: [] })
  })

  test('a price that moved elsewhere in every advert is a changed site, not a page of unknown prices', () => {
    const ads = [1, 2, 3].map((n) => olxAd(n, { price: undefined, cost: olxPrice(5) }))
    expect(olx.parse(page(olxResultPage(ads)))).toMatchObject({ verdict: 'changed', items: [] })
  })

  test('a list shorter than its own index of places is partial, and less than half of it is no page', () => {
    const searchReason = { promoted: [0], organic: [1, 2, 3] }
    const withIndex = (count: number) =>
      olx.parse(
        page(
          olxResultPage(
            Array.from({ length: count }, (_, n) => olxAd(n)),
            { metaData: { searchReason } },
          ),
        ),
      )
    expect([4, 3, 1].map((count) => withIndex(count).verdict)).toEqual(['ok', 'partial', 'changed'])
  })

  test('the state is found behind other members, unescaped, as a bare object, and with escapes of another server', () => {
    const listing = { listing: { listing: olxListing([olxAd(1, { title: 'Zażółć "gęślą" \\ jaźń 🚲' })]) } }
    const behind = { categories: { listing: [1, { listing: 2 }] }, ...listing }
    const plain = `<script>window.__PRERENDERED_STATE__ = ${JSON.stringify(behind)};</script>`
    const hex = JSON.stringify(JSON.stringify(behind)).replaceAll('\\"', '\\u0022')
    const spaced = JSON.stringify(JSON.stringify(behind, null, 2))
    for (const text of [statePage(behind), plain, ...[hex, spaced].map((state) => `__PRERENDERED_STATE__=${state};`)]) {
      expect(olx.parse(page(text)).items[0]?.title).toBe('Zażółć "gęślą" \\ jaźń 🚲')
    }
  })

  test('an advert that quotes a page of state in its text is one advert and no page', () => {
    const quoted = 'window.__PRERENDERED_STATE__= "{\\"listing\\":{\\"listing\\":{\\"ads\\":[]}}}"'
    const result = olx.parse(page(olxResultPage([olxAd(1, { title: quoted, description: quoted })])))
    expect(result).toMatchObject({ verdict: 'ok', items: [{ title: quoted }] })
  })

  test('http and loopback addresses in a page are taken as they are; other schemes are refused', () => {
    const local = 'http://127.0.0.1:9100/d/oferta/x-CID1-IDabc.html'
    const ads = [
      olxAd(1, { url: local, photos: ['http://localhost:9100/photo/1/0.png'] }),
      olxAd(2, { url: 'javascript:alert(1)' }),
    ]
    const { items, rejected } = olx.parse(page(olxResultPage([...ads, olxAd(3)])))
    expect(items[0]).toMatchObject({ url: local, photos: ['http://localhost:9100/photo/1/0.png'] })
    expect(rejected).toEqual([{ reason: 'no address', externalId: '900000002' }])
  })

  test('a page in another encoding is read by the charset that its answer names', () => {
    const ascii = olxResultPage([olxAd(1, { title: 'ZOE' })]).replace(/[^ -~\n]/g, '?')
    const bytes = Buffer.from(ascii.replace('ZOE', 'Zo\u00eb'), 'latin1')
    const headers = { 'content-type': 'text/html; charset=windows-1252' }
    expect(olx.parse({ ...page(bytes), headers }).items[0]?.title).toBe('Zo\u00eb')
  })
})

describe('an offer page', () => {
  test('an open advert is one item', () => {
    const result = olx.parse(page(olxOfferPage(olxAd(1, { isPromoted: true })), OFFER_URL))
    expect(result).toMatchObject({ kind: 'offer', verdict: 'ok', items: [{ externalId: '900000001', promoted: true }] })
  })

  test('an open advert stays open whatever its text and the table of translations say', () => {
    const ad = olxAd(1, { title: 'Ogłoszenie nieaktualne', description: 'To ogłoszenie nie jest już dostępne' })
    const table = '<script>T={"ad.inactive.message.title":"To ogłoszenie nie jest już dostępne"}</script>'
    expect(olx.parse(page(olxOfferPage(ad, `${table}${INACTIVE}`), OFFER_URL)).verdict).toBe('ok')
  })

  test('the removed block means gone, the sentence alone does not', () => {
    expect(olx.parse(page(INACTIVE, OFFER_URL))).toMatchObject({ kind: 'offer', verdict: 'gone', items: [] })
    expect(olx.parse(page(olxOfferPage(null, INACTIVE), OFFER_URL)).verdict).toBe('gone')
    const hidden = '<p>To ogłoszenie nie jest już dostępne</p><p>data-testid="ad-inactive-msg"</p>'
    expect(olx.parse(page(`<html>${hidden}</html>`, OFFER_URL)).verdict).toBe('changed')
  })

  test('the title of a removed page means gone; held by a moderator is neither open nor gone', () => {
    const titled = (title: string) =>
      olx.parse(page(`<html><title>${title} • OLX.pl</title></html>`, OFFER_URL)).verdict
    expect(titled('Ogłoszenie nieaktualne')).toBe('gone')
    expect(titled('Ogłoszenie wstrzymane przez moderatora')).toBe('held')
  })

  test("the state's own word closes or holds an advert, and a word nobody knows does neither", () => {
    const status = (changed: object) => olx.parse(page(olxOfferPage(olxAd(1, { ...changed })), OFFER_URL)).verdict
    expect(status({ status: 'removed_by_user', isActive: false })).toBe('gone')
    expect(status({ status: 'moderated', isActive: false })).toBe('held')
    expect(status({ status: 'sleeping', isActive: false })).toBe('changed')
    expect(status({ status: 'active', isActive: false })).toBe('changed')
  })

  test('404 and 410 mean gone; 401, 403 and 429 mean blocked, and close nothing', () => {
    const verdict = (status: number) => olx.parse(page(olxOfferPage(olxAd(1)), OFFER_URL, status)).verdict
    expect([404, 410, 401, 403, 429, 503, 302].map(verdict)).toEqual([
      'gone',
      'gone',
      'blocked',
      'blocked',
      'blocked',
      'failed',
      'changed',
    ])
  })

  test('a result page in place of the advert closes nothing and lends it no items', () => {
    const result = olx.parse(page(olxResultPage([olxAd(1)]), OFFER_URL))
    expect(result).toMatchObject({ kind: 'offer', verdict: 'changed', items: [] })
  })
})

describe('the JSON API', () => {
  test('an arranged price keeps its amount, negotiable; without one it is on request', () => {
    const arranged = { type: 'arranged', arranged: true }
    expect(apiPriceOf(apiPrice(2900, arranged))).toEqual({
      kind: 'fixed',
      amount: 290000n,
      currency: 'PLN',
      negotiable: true,
    })
    expect(apiPriceOf(apiPrice(null, arranged))?.kind).toBe('on_request')
  })

  test('free and swap are types of their own, UYE is dollars, and no price at all is unknown', () => {
    expect(apiPriceOf(apiPrice(null, { type: 'free' }))?.kind).toBe('free')
    expect(apiPriceOf(apiPrice(0, { type: 'exchange' }))?.kind).toBe('exchange')
    expect(apiPriceOf(apiPrice(11300, { currency: 'UYE' }))).toMatchObject({ amount: 1130000n, currency: 'USD' })
    expect(apiPriceOf(apiPrice(0))?.kind).toBe('unknown')
    expect(apiPriceOf(null)?.kind).toBe('unknown')
    expect(apiPriceOf(null, { category: { type: 'jobs' } })?.kind).toBe('on_request')
  })

  test('photos get a size, a missing district is null, and the place in the list says what is promoted', () => {
    const data = [apiOffer(1, apiPrice(5)), apiOffer(2, apiPrice(5), { promotion: { top_ad: true } })]
    const [a, b] = olx.parse(page(apiAnswer(data, { metadata: { promoted: [0] } }))).items
    expect(a).toMatchObject({
      photos: ['https://pictures.example:443/v1/files/lampa/image;s=1000x700'],
      place: { city: 'Łódź', district: null, region: 'Łódzkie' },
      promoted: true,
      seller: { kind: 'business' },
    })
    expect(b?.promoted).toBe(false)
  })

  test('the next page is the link that the answer gives, never computed', () => {
    const next = 'https://www.olx.pl/api/v1/offers?offset=39&limit=40'
    const answer = apiAnswer([apiOffer(1, apiPrice(5))], { links: { next: { href: next } } })
    expect(olx.parse(page(answer)).next).toBe(next)
  })

  test('no adverts, an error, one advert, bare adverts and broken JSON are told apart', () => {
    const read = (text: string) => olx.parse(page(text, 'https://www.olx.pl/api/v1/offers')).verdict
    expect(read(apiAnswer([]))).toBe('empty')
    expect(read(apiAnswer([], { metadata: { total_elements: 4 } }))).toBe('changed')
    expect(read('{"error":{"status":410,"title":"Gone"}}')).toBe('gone')
    expect(read('{"error":{"status":429}}')).toBe('blocked')
    expect(read('{"items":[]}')).toBe('changed')
    expect(read(JSON.stringify({ data: apiOffer(1, apiPrice(5)) }))).toBe('ok')
    expect(read(JSON.stringify([apiOffer(1, apiPrice(5))]))).toBe('ok')
    expect(read(apiAnswer([apiOffer(1, apiPrice(5))]).slice(0, -9))).toBe('changed')
  })
})

describe('pages without adverts', () => {
  test.each([
    ['CloudFront', '<h2>The request could not be satisfied.</h2>'],
    ['DataDome', "<script>var dd={'host':'geo.captcha-delivery.com'}</script>"],
    ['Distil', "<script>sessionStorage.setItem('distil_referrer', '')</script>"],
    ['Cloudflare', '<title>Just a moment...</title>'],
    ['a robot check', '<title>Potwierdź, że nie jesteś robotem</title>'],
    ['reCAPTCHA', '<div class="g-recaptcha"></div>'],
  ])('%s is blocked, also with status 200', (_name, html) => {
    expect(olx.parse(page(`<html><body>${html}</body></html>`)).verdict).toBe('blocked')
  })

  test('a page of adverts that loads a captcha script is not blocked', () => {
    const text = olxResultPage([olxAd(1)]).replace('<body>', '<body><div class="g-recaptcha"></div>')
    expect(olx.parse(page(text)).verdict).toBe('ok')
  })

  test('old pages without state are named and give no items', () => {
    const table = '<table id="offers_table"><tr><td class="offer">Rower 3 450 zł</td></tr></table>'
    expect(olx.parse(page(table))).toMatchObject({ verdict: 'changed', variant: 'legacy-table', items: [] })
    const card = '<div data-cy="l-card" id="5"><h4>Rower</h4><p data-testid="ad-price">120 zł</p></div>'
    expect(olx.parse(page(card))).toMatchObject({ verdict: 'changed', variant: 'dom', items: [] })
  })

  test('an empty body is a changed page', () => {
    expect(olx.parse(page(''))).toMatchObject({ verdict: 'changed', items: [] })
  })
})
