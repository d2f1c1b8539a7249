import { describe, expect, test } from 'vitest'
import {
  advertSearch,
  apiAnswer,
  apiOffer,
  apiPrice,
  OFFER_URL,
  OTOMOTO_URL,
  olxAd,
  olxOfferPage,
  olxPrice,
  olxResultPage,
  otomotoEdge,
  otomotoPage,
  otomotoPrice,
  page,
  RESULT_URL,
  statePage,
} from './fixtures/made-up-pages'
import { olx } from './olx/source'
import { parseOtomoto } from './otomoto/parse-otomoto'

const API_URL = 'https://www.olx.pl/api/v1/offers?offset=0&limit=40'
/** The largest page that is fetched. */
const MOST_BYTES = 8 * 1024 * 1024

function fill(part: string, before = '', after = ''): string {
  return before + part.repeat(Math.floor((MOST_BYTES - before.length - after.length) / part.length)) + after
}

const olxItem = (changed: Record<string, unknown>) =>
  olx.parse(page(olxResultPage([olxAd(1), olxAd(2), olxAd(3, changed)]))).items[2]
const otomotoItem = (node: Record<string, unknown>) =>
  parseOtomoto(page(otomotoPage(advertSearch([otomotoEdge(1), otomotoEdge(2), otomotoEdge(3, node)])), OTOMOTO_URL))
    .items[2]

describe('eight megabytes of spite are read in time with their length, and hold no adverts', () => {
  // Each of these took minutes when every place was tried with the whole rest of the page.
  test.each([
    ['states that never close', fill('__PRERENDERED_STATE__={"a":[')],
    ['states in strings that never close', fill('__PRERENDERED_STATE__="{\\"a\\":[')],
    [
      'states too deep to follow',
      `__PRERENDERED_STATE__="{\\"listing\\":{\\"listing\\":${'['.repeat(4e6)}${']'.repeat(4e6 - 99)}}}"`,
    ],
    ['states of nothing but backslashes', fill('\\', '__PRERENDERED_STATE__="')],
    ['states of nothing but quotes', fill('"', '__PRERENDERED_STATE__=')],
    ['nested listings that never close', fill('\\"listing\\":{', '__PRERENDERED_STATE__="{')],
    ['one long tag name before a removed block', fill('a', '<', ' ad-inactive-msg')],
    ['removed blocks that are none', fill('data-testid="ad-inactive-msg" ')],
    ['removed blocks in open tags', fill('<b data-testid="ad-inactive-ms', '', 'ad-inactive-msg')],
    ['scripts in scripts', fill('<script>')],
    ['titles in titles', fill('<title ', '', '>')],
    ['open frames', fill('<iframe ')],
    ['JSON lists that never close', fill('[')],
    ['JSON of a million empty adverts', fill('0,', '{"data":[', '0]}')],
    [
      'JSON with as many promoted places',
      `{"data":[${'0,'.repeat(1e6)}0],"metadata":{"promoted":[${'-1,'.repeat(1e6)}0]}}`,
    ],
  ])('OLX: %s', (_name, text) => {
    expect(olx.parse(page(text, OFFER_URL))).toMatchObject({ items: [] })
    expect(olx.parse(page(text))).toMatchObject({ items: [] })
  })

  test.each([
    ['searches that never close', fill(',\\"advertSearch\\":[', '<script id="__NEXT_DATA__">{"a":"{')],
    ['searches of nothing', fill(',\\"advertSearch\\":{}', '<script id="__NEXT_DATA__">{"a":"{')],
    ['quotes', fill('"', '<script id="__NEXT_DATA__">{')],
    ['members that never close', fill('"props":{', '<script id="__NEXT_DATA__">{')],
    ['scripts in scripts', fill('<script id="__NEXT_DATA__">')],
  ])('Otomoto: %s', (_name, text) => {
    expect(parseOtomoto(page(text, OTOMOTO_URL))).toMatchObject({ verdict: 'changed', items: [] })
  })

  test('a million adverts are no page of this site', () => {
    const ads = Array.from({ length: 100_000 }, () => ({ id: 1 }))
    const searchReason = { promoted: ads.map((_, n) => n), organic: [] }
    const result = olx.parse(page(olxResultPage(ads, { metaData: { searchReason } })))
    expect(result).toMatchObject({ verdict: 'changed', items: [], rejected: [] })
    expect(parseOtomoto(page(otomotoPage(advertSearch(ads)), OTOMOTO_URL))).toMatchObject({
      verdict: 'changed',
      rejected: [],
    })
  })
})

describe('what the store could not keep never comes out of a page', () => {
  test('an amount beyond any price is unknown', () => {
    for (const value of ['99999999999999999999', '10000000000000.00', '9223372036854775807']) {
      expect(otomotoItem({ price: otomotoPrice(value) })?.price).toMatchObject({ kind: 'unknown', amount: null })
    }
    expect(otomotoItem({ price: otomotoPrice('9999999999999.99') })?.price.amount).toBe(999_999_999_999_999n)
    expect(olxItem({ price: olxPrice(Number.MAX_SAFE_INTEGER) })?.price.kind).toBe('unknown')
  })

  test('a count beyond any count is not told', () => {
    expect(olx.parse(page(olxResultPage([olxAd(1)], { totalElements: 3e9, visibleElements: 3e9 }))).total).toBeNull()
    expect(
      parseOtomoto(page(otomotoPage(advertSearch([otomotoEdge(1)], { totalCount: 2 ** 40 })), OTOMOTO_URL)).total,
    ).toBeNull()
  })

  test('a time before the sites or long after us is no time', () => {
    const years = [
      '0000-01-01T00:00:00Z',
      '0001-01-01T00:00:00+14:00',
      '1899-12-31T12:00:00Z',
      '9999-12-31T23:59:59-14:00',
    ]
    for (const time of [...years, '2026-02-30T99:00:00Z', '2026-02-07T10:00:00+99:00']) {
      expect(olxItem({ createdTime: time, lastRefreshTime: time })).toMatchObject({ postedAt: null, refreshedAt: null })
    }
    expect(otomotoItem({ createdAt: '0000-00-00 00:00:00' })?.postedAt).toBeNull()
  })

  test('NUL and halves of characters go; a text of nothing else is none', () => {
    const half = '\ud83d'
    expect(olxItem({ title: `Ro\u0000wer ${half}!`, description: `a\u0000b${half}` })).toMatchObject({
      title: 'Rower \ufffd!',
      description: 'ab\ufffd',
    })
    expect(otomotoItem({ title: 'Sko\u0000da', location: { city: { name: `Po${half}` } } })).toMatchObject({
      title: 'Skoda',
      place: { city: 'Po\ufffd' },
    })
    const none = olx.parse(page(olxResultPage([olxAd(1), olxAd(2), olxAd(3, { title: '\u0000 \u0000' })])))
    expect(none.rejected).toEqual([{ reason: 'no title', externalId: '900000003' }])
  })

  test('a title of 10 kB stays whole; photos, attributes and descriptions have an end', () => {
    const title = 'Rower 🚲 '.repeat(1_000).trim()
    const photos = Array.from({ length: 5_000 }, (_, n) => `https://pictures.example/${n}`)
    const params = photos.map((value, n) => ({ key: `k${n}`, name: 'n', value }))
    const item = olxItem({ title, photos, params, description: 'a'.repeat(MOST_BYTES) })
    expect(item?.title).toBe(title)
    expect([item?.photos.length, item?.attributes.length, item?.description?.length]).toEqual([100, 200, 50_000])
  })
})

describe('identity', () => {
  test.each([
    ['a fraction', 900000001.5],
    ['beyond what JSON keeps exactly', 2 ** 53 + 2],
    ['nought', 0],
    ['below nought', -7],
    ['a name of the language itself', '__proto__'],
    ['another', 'constructor'],
    ['in powers of ten', '9e8'],
    ['with a leading zero', '0900'],
    ['with a blank', '900 001'],
    ['digits of another script', '٣٤'],
    ['a list', [900000001]],
    ['true', true],
  ])('an id that is %s is no id, and its advert is refused', (_name, id) => {
    const read = olx.parse(page(olxResultPage([olxAd(1), olxAd(2), olxAd(3, { id })])))
    expect(read).toMatchObject({ verdict: 'partial', rejected: [{ reason: 'no id', externalId: null }] })
  })

  test('members called __proto__ and constructor change nothing and nobody', () => {
    const ad = JSON.stringify(olxAd(1, { params: [{ key: '__proto__', name: 'constructor', value: 'x' }] }))
    const evil = ad.replace('{', '{"__proto__":{"title":"evil","isActive":false},"constructor":{"prototype":1},')
    const state = JSON.stringify(
      `{"__proto__":{"listing":1},"listing":{"listing":{"ads":[${evil}],"totalElements":1}}}`,
    )
    const [item] = olx.parse(page(`<script>window.__PRERENDERED_STATE__= ${state};</script>`)).items
    expect(item?.title).toBe('Rower miejski 1')
    expect(item?.attributes).toEqual([{ key: '__proto__', label: 'constructor', value: 'x' }])
    expect(Object.keys(Object.prototype)).toEqual([])
  })

  test('names of the language itself are no characters either', () => {
    expect(olxItem({ description: 'a &toString; &valueOf; &constructor; &amp; b' })?.description).toBe(
      'a &toString; &valueOf; &constructor; & b',
    )
  })
})

describe('addresses', () => {
  const wrong = [
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    ' \u0000javascript:alert(1)',
    'data:text/html,x',
    'file:///etc/passwd',
  ]
  const stranger = [
    'https://me:secret@www.olx.pl/d/oferta/x-ID1.html',
    'https://www.olx.pl@example.org/',
    'https://',
    'ftp://www.olx.pl/',
  ]

  test.each([...wrong, ...stranger])('%j never comes out, as an advert nor as a photo', (url) => {
    expect(olxItem({ url })).toBeUndefined()
    expect(olxItem({ photos: [url, 'https://pictures.example/1'] })?.photos).toEqual(['https://pictures.example/1'])
    expect(otomotoItem({ url })).toBeUndefined()
    expect(otomotoItem({ thumbnail: { x1: url, x2: url } })?.photos).toEqual([])
    const answered = otomotoPage(advertSearch([otomotoEdge(1)], { url }))
    expect(parseOtomoto(page(answered, OTOMOTO_URL)).answered).toBeNull()
    const next = apiAnswer([apiOffer(1, apiPrice(5))], { links: { next: { href: url } } })
    expect(olx.parse(page(next, API_URL)).next).toBeNull()
  })

  test('the next page is never another site’s', () => {
    const next = (href: string) =>
      olx.parse(page(apiAnswer([apiOffer(1, apiPrice(5))], { links: { next: { href } } }), API_URL)).next
    expect(next('https://www.olx.pl/api/v1/offers?offset=40')).toBe('https://www.olx.pl/api/v1/offers?offset=40')
    expect(next('/api/v1/offers?offset=40')).toBe('https://www.olx.pl/api/v1/offers?offset=40')
    expect(next('https://www.olx.ua/api/v1/offers?offset=40')).toBeNull()
    expect(next('http://169.254.169.254/latest/meta-data')).toBeNull()
    expect(next('https://www.olx.pl:8443/api/v1/offers')).toBeNull()
  })
})

describe('verdicts', () => {
  test('an empty list is "nothing found" only where the site counts nothing', () => {
    const uncounted = { totalElements: undefined, visibleElements: undefined }
    expect(olx.parse(page(olxResultPage([], uncounted))).verdict).toBe('changed')
    expect(olx.parse(page(olxResultPage([], { ...uncounted, pageNumber: 1, totalPages: undefined }))).verdict).toBe(
      'changed',
    )
    expect(olx.parse(page(olxResultPage([], { ...uncounted, pageNumber: 3, totalPages: 3 }))).verdict).toBe('empty')
    expect(olx.parse(page('{"data":[]}', API_URL)).verdict).toBe('changed')
    expect(olx.parse(page('[]', API_URL)).verdict).toBe('changed')
    const lost = (totalCount: unknown) =>
      parseOtomoto(page(otomotoPage(advertSearch([], { totalCount })), OTOMOTO_URL)).verdict
    expect([lost(undefined), lost(null), lost('0'), lost(0)]).toEqual(['changed', 'changed', 'changed', 'empty'])
  })

  test('a captcha is a captcha whatever its status, but a broken server is not', () => {
    const captcha = '<title>Just a moment...</title><script src="/cdn-cgi/challenge-platform/x"></script>'
    const broken =
      '<h1>504 ERROR</h1><h2>The request could not be satisfied.</h2> CloudFront attempted to establish a connection'
    const verdicts = (text: string) =>
      [200, 302, 405, 503, 520].map((status) => olx.parse(page(text, RESULT_URL, status)).verdict)
    expect(verdicts(captcha)).toEqual(Array(5).fill('blocked'))
    expect(verdicts(broken)).toEqual(['blocked', 'changed', 'changed', 'failed', 'failed'])
    expect(parseOtomoto(page(captcha, OTOMOTO_URL, 503)).verdict).toBe('blocked')
    expect(olx.parse(page(captcha, RESULT_URL, 404)).verdict).toBe('gone')
  })

  test('a search for robots is no robot check', () => {
    const titled = (title: string) => olx.parse(page(`<html><title>${title}</title><body></body></html>`)).verdict
    expect(titled('Robot kuchenny - Roboty sprzątające • OLX.pl')).toBe('changed')
    expect(titled('Potwierdź, że nie jesteś robotem')).toBe('blocked')
    expect(titled('Are you a robot?')).toBe('blocked')
    expect(titled('Ich bin kein Roboter - ImmobilienScout24')).toBe('blocked')
  })

  test('an advert whose price says nought is unread, and never free or fixed', () => {
    for (const price of [olxPrice(0), olxPrice(0, { displayValue: '0 zł' }), olxPrice(-0), olxPrice(0.001)]) {
      expect(olxItem({ price })?.price).toEqual({ kind: 'unknown', amount: null, currency: null, negotiable: false })
    }
    expect(olxItem({ price: olxPrice(0, { free: true, displayValue: 'Za darmo' }) })?.price.kind).toBe('free')
    expect(otomotoItem({ price: otomotoPrice('0') })?.price.kind).toBe('unknown')
    expect(otomotoItem({ price: otomotoPrice('-100') })?.price.kind).toBe('unknown')
  })

  test('an advert that names the state of another page in its text is not taken for it', () => {
    const named = '__PRERENDERED_STATE__= {"ad":{"ad":{"status":"removed_by_user"}}}'
    const ld = `<script type="application/ld+json">${JSON.stringify({ name: `${named} __PRERENDERED_STATE__=` })}</script>`
    const many = '__PRERENDERED_STATE__={ '.repeat(400)
    const body = `${ld}<p>${many}</p>`
    expect(olx.parse(page(olxOfferPage(olxAd(1, { description: many }), body), OFFER_URL)).verdict).toBe('ok')
    expect(olx.parse(page(statePage({ listing: { listing: { ads: [olxAd(1)] } } }, body))).verdict).toBe('ok')
  })
})
