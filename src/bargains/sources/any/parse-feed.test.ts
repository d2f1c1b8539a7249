import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import * as made from '../fixtures/made-up-marketplaces'
import { page } from '../fixtures/made-up-pages'
import { parseAny } from './parse-any'
import { priceInTitle } from './price-in-title'
import { readFeedTime } from './read-feed-time'

const URL_OF_FEED = 'https://feed.example/rss'
const read = (text: string) => parseAny(page(text, URL_OF_FEED))
const range = (count: number) => Array.from({ length: count }, (_, n) => n + 1)

test('RSS 2.0 is read: entities once, CDATA as it stands, times in UTC', () => {
  const parsed = read(made.rss(range(5).map((n) => made.rssItem(n))))
  expect(parsed).toMatchObject({ kind: 'feed', verdict: 'ok', variant: 'rss-2', rejected: [] })
  expect(parsed.items[0]).toMatchObject({
    ...{ title: 'Chair 1 & table - €21', url: 'https://feed.example/chair/1', description: 'Oak & glue' },
    ...{ price: { kind: 'fixed', amount: 2100n, currency: 'EUR' }, postedAt: '2014-09-13T16:13:44.000Z' },
    photos: ['https://feed.example/c/1.jpg'],
  })
})

test('Atom is read: its own base, its next page of the same site, posted and refreshed', () => {
  const parsed = read(made.atom(range(3).map(made.atomEntry)))
  expect(parsed).toMatchObject({
    verdict: 'ok',
    variant: 'atom',
    rejected: [],
    next: 'https://feed.example/rss?page=2',
  })
  expect(parsed.items[2]).toMatchObject({
    ...{ title: 'Chair 3 for 23 zł', url: 'https://feed.example/list/chair/3' },
    price: { kind: 'fixed', amount: 2300n, currency: 'PLN' },
    ...{ postedAt: '2026-07-29T10:00:00.000Z', refreshedAt: '2026-07-30T12:00:00.000Z' },
  })
})

test('RSS 1.0 is read, and a price of its own comes before the title’s', () => {
  const item =
    '<item rdf:about="https://feed.example/1"><title>Chair $5</title><link>https://feed.example/1</link><g:price>7.50 EUR</g:price></item>'
  const parsed = read(`<rdf:RDF xmlns="http://purl.org/rss/1.0/"><channel/>${item}</rdf:RDF>`)
  expect(parsed).toMatchObject({ variant: 'rss-1', items: [{ price: { amount: 750n, currency: 'EUR' } }] })
})

test('an entry is the same advert whatever its title, and whatever stands behind its address', () => {
  const id = (inner: string) => read(made.rss([`<item><title>A</title>${inner}</item>`])).items[0]?.externalId
  expect(id('<link>https://feed.example/a?utm_source=x</link>')).toBe(id('<link>https://feed.example/a</link>'))
  expect(id('<link>https://feed.example/b</link><guid>g</guid>')).toBe(
    id('<link>https://feed.example/c</link><guid>g</guid>'),
  )
  expect(id('<guid>https://feed.example/d</guid>')).toMatch(/^feed\.example:/)
})

test('entries without an address or a title are refused with the reason', () => {
  const bad = [
    '<item><title>A</title><guid isPermaLink="false">1</guid></item>',
    '<item><link>https://feed.example/1</link></item>',
  ]
  const { verdict, rejected } = read(made.rss([...range(4).map((n) => made.rssItem(n)), ...bad]))
  expect([verdict, rejected.map(({ reason }) => reason)]).toEqual(['partial', ['no address', 'no title']])
})

test('a dot that counts readers is no picture', () => {
  const dot =
    '<item><title>A</title><link>/a</link><description>&lt;img src="https://x.example/1.gif" height="1" width="1"/&gt;</description></item>'
  expect(read(made.rss([dot])).items[0]?.photos).toEqual([])
})

test('a feed without entries is empty, and one that is cut is not', () => {
  expect(read(made.rss([])).verdict).toBe('empty')
  expect(read('<rss version="2.0"><channel><title>Chairs').verdict).toBe('changed')
  const whole = made.rss(range(4).map((n) => made.rssItem(n)))
  expect(read(whole.slice(0, whole.indexOf('<title>Chair 4'))).verdict).not.toBe('ok')
})

describe('hostile feeds', () => {
  const laughs = `<!DOCTYPE rss [<!ENTITY a "ha">${range(9)
    .map((n) => `<!ENTITY a${n} "${`&a${n - 1 || ''};`.repeat(10)}">`)
    .join('')}]>`

  test.each([
    ['a billion laughs', made.rss([made.rssItem(1, '<x>&a9;</x>')], laughs)],
    ['an entity of a file', made.rss([made.rssItem(1)], '<!DOCTYPE rss [<!ENTITY f SYSTEM "file:///etc/passwd">]>')],
    ['a DTD of another host', made.rss([made.rssItem(1)], '<!DOCTYPE rss SYSTEM "http://evil.example/x.dtd">')],
    ['a DTD further down', made.rss([`${' '.repeat(100_000)}<!DOCTYPE x>${made.rssItem(1)}`])],
  ])('%s is refused', (_name, text) => {
    expect(read(text)).toMatchObject({ verdict: 'changed', items: [], reason: 'a feed with a DTD' })
  })

  test('what no entity of XML stands for is left as it was written', () => {
    const text = made.rss([made.rssItem(1).replace('Chair 1', 'A &bogus; &#0; &#x110000; B')])
    expect(read(text).items[0]?.title).toContain('&bogus;')
  })

  test.each([
    ['100,000 nested elements', made.rss(['<a>'.repeat(100_000)])],
    ['a million tags', made.rss(['<a/>'.repeat(1_000_000)])],
    ['50,000 entries', made.rss(range(50_000).map((n) => `<item><title>${n}</title><link>/${n}</link></item>`))],
    ['8 MB of text', made.rss([`<item><title>${'x'.repeat(8_000_000)}</title><link>/1</link></item>`])],
    ['attributes without end', `<rss ${'a="1" '.repeat(300_000)}>`],
    ['brackets', `<rss>${'<'.repeat(150_000)}`],
    ['CDATA that never ends', made.rss([`<item><title><![CDATA[${'['.repeat(500_000)}`])],
  ])('%s are read in time, and hold no more than a page does', (_name, text) => {
    // Our own processor's time: a machine with other work takes longer, and reads no worse.
    const start = process.cpuUsage()
    expect(read(text).items.length).toBeLessThanOrEqual(1)
    expect(process.cpuUsage(start).user / 1_000).toBeLessThan(4_000)
  })

  test('elements called __proto__ and constructor change nothing', () => {
    read(
      made.rss([
        `<item><__proto__><x>1</x></__proto__><constructor>1</constructor><title>A</title><link>/a</link></item>`,
      ]),
    )
    expect(Object.keys(Object.prototype)).toEqual([])
  })

  test('bytes changed at random never break the reader', () => {
    const whole = made.rss(range(4).map((n) => made.rssItem(n)))
    const changes = fc.array(fc.tuple(fc.nat(whole.length - 1), fc.integer({ min: 0, max: 255 })), { maxLength: 12 })
    fc.assert(
      fc.property(changes, (bytes) => {
        const broken = Buffer.from(whole)
        for (const [at, byte] of bytes) broken[at % broken.length] = byte
        expect(parseAny(page(broken, URL_OF_FEED)).verdict).not.toBe('gone')
      }),
      { numRuns: 300 },
    )
  })
})

test.each([
  ['Chair €21', '2100 EUR'],
  ['Chair 1 200,50 zł + dostawa', '120050 PLN'],
  ['15-Ct bars $8.60 + Free Shipping', '860 USD'],
  ['Two $6, three $5', 'unknown'],
  ['$20 off chairs', 'unknown'],
  ['Chair $60 after $30 rebate', 'unknown'],
  ['Free chair', 'unknown'],
  ['Chair 300', 'unknown'],
])('the price in the title %j is %s', (title, expected) => {
  const { kind, amount, currency } = priceInTitle(title)
  expect(amount === null ? kind : `${amount} ${currency}`).toBe(expected)
})

test.each([
  ['Sat, 13 Sep 2014 18:13:44 GMT', '2014-09-13T18:13:44.000Z'],
  ['13 Sep 2014 18:13 EST', '2014-09-13T23:13:00.000Z'],
  ['2026-07-29T12:00:00+02:00', '2026-07-29T10:00:00.000Z'],
  ['Sat, 13 Sep 2014 18:13:44', null],
  ['yesterday', null],
  [null, null],
])('the time %s is %s', (text, expected) => {
  expect(readFeedTime(text)).toBe(expected)
})
