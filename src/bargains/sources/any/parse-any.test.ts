import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import * as made from '../fixtures/made-up-marketplaces'
import { page } from '../fixtures/made-up-pages'
import type { ParsedPage } from '../source'
import { parseAny } from './parse-any'
import { recogniseAny } from './recognise-any'

const read = (text: string | Uint8Array, url = made.ANY_URL, status = 200) => parseAny(page(text, url, status))
const range = (count: number) => Array.from({ length: count }, (_, n) => n + 1)
const prices = ({ items }: ParsedPage) => items.map(({ price }) => (price.amount === null ? price.kind : price.amount))

describe('JSON-LD', () => {
  test('a list of products is read whole, its addresses against the page', () => {
    const next = '<link rel="next" href="/chairs?room=kitchen&amp;page=2">'
    const { items, ...parsed } = read(made.ldPage([made.itemList(range(12).map((n) => made.product(n)))], next))
    expect(parsed).toMatchObject({ kind: 'result', verdict: 'ok', variant: 'json-ld', rejected: [] })
    expect(parsed.next).toBe('https://shop.example/chairs?room=kitchen&page=2')
    expect(items).toHaveLength(12)
    expect(items[0]).toMatchObject({
      ...{ externalId: 'shop.example:C-1', url: 'https://shop.example/chair/1', title: 'Chair 1' },
      price: { kind: 'fixed', amount: 2150n, currency: 'EUR' },
      ...{ description: 'Oak & glue', photos: ['https://shop.example/pictures/1.jpg'] },
    })
    expect(items[0]?.attributes).toContainEqual({ key: 'brand', label: 'brand', value: 'Oakhouse' })
  })

  test('products stand in a graph, in a page’s main thing, and side by side', () => {
    const graph = { '@graph': [{ '@type': 'WebPage', mainEntity: made.itemList([made.product(1)]) }, made.product(2)] }
    expect(read(made.ldPage([graph, [made.product(3)]])).items).toHaveLength(3)
  })

  test('what is called a list entry and an offer at once is an advert', () => {
    const entry = { '@type': ['ListItem', 'Offer'], name: 'Chair', url: '/c-1', price: '62999', priceCurrency: 'PLN' }
    const list = { '@type': 'ItemList', itemListElement: [entry, { ...entry, url: '/c-2', price: '54.99' }] }
    expect(prices(read(made.ldPage([list])))).toEqual([6_299_900n, 5_499n])
  })

  test('a page that calls its list one product gives the offers of it, not the list', () => {
    const offer = (n: number) => ({
      '@type': 'Offer',
      name: `Flat ${n}`,
      url: `/flat/${n}`,
      price: 900 + n,
      priceCurrency: 'PLN',
    })
    const all = {
      '@type': 'Product',
      name: 'Flats',
      offers: { '@type': 'AggregateOffer', offerCount: 1000, offers: [offer(1), offer(2)] },
    }
    expect(read(made.ldPage([all])).items.map(({ title }) => title)).toEqual(['Flat 1', 'Flat 2'])
  })

  test('the way to the page, its menu and what it merely resembles are no adverts', () => {
    const crumbs = { '@type': 'BreadcrumbList', itemListElement: [{ '@type': 'ListItem', name: 'Home', item: '/' }] }
    const alike = made.product(1, { isSimilarTo: [made.product(8)], review: { '@type': 'Review', name: 'Good' } })
    const links = { '@type': 'ItemList', itemListElement: [{ '@type': 'ListItem', url: '/chairs', name: 'Chairs' }] }
    expect(read(made.ldPage([crumbs, links, alike, made.product(2)])).items).toHaveLength(2)
  })

  test('one product outside of a list is an advert’s own page, also beside a list of others', () => {
    const own = made.product(1, { url: undefined })
    expect(read(made.ldPage([own]))).toMatchObject({ kind: 'offer', items: [{ url: made.ANY_URL }] })
    const self = made.product(1, { url: made.ANY_URL })
    const { kind, items } = read(made.ldPage([self, made.itemList([made.product(2), made.product(3)])]))
    expect([kind, items.map(({ title }) => title)]).toEqual(['offer', ['Chair 1']])
  })

  test.each([
    ['a number', { price: 12.5, priceCurrency: 'EUR' }, 1250n],
    [
      'the lowest of several offers',
      [
        { price: '30', priceCurrency: 'EUR' },
        { price: '20', priceCurrency: 'EUR' },
      ],
      2000n,
    ],
    [
      'the low end of a range',
      { '@type': 'AggregateOffer', lowPrice: '99', highPrice: '150', priceCurrency: 'EUR' },
      9900n,
    ],
    ['a specification', { priceSpecification: { price: '7.00', priceCurrency: 'EUR' } }, 700n],
    [
      'without the crossed-out one',
      {
        priceSpecification: [
          { priceType: 'https://schema.org/ListPrice', price: 9, priceCurrency: 'EUR' },
          { price: 7, priceCurrency: 'EUR' },
        ],
      },
      700n,
    ],
    ['a person’s way of writing', { price: '1.200,50 €' }, 120050n],
    ['nought, which is no price', { price: 0, priceCurrency: 'EUR' }, 'unknown'],
    ['no currency', { price: '12' }, 'unknown'],
    ['what may be two prices', { price: '1.200', priceCurrency: 'EUR' }, 'unknown'],
    ['below nought', { price: -5, priceCurrency: 'EUR' }, 'unknown'],
    ['no offer', undefined, 'unknown'],
  ])('a price that is %s', (_name, offers, expected) => {
    expect(prices(read(made.ldPage([made.itemList([made.product(1, { offers })])])))).toEqual([expected])
  })

  test('ids are the shop’s numbers; a number of two things is none, and an address always gives the same id', () => {
    const ids = (...products: unknown[]) =>
      read(made.ldPage([made.itemList(products)])).items.map((item) => item.externalId)
    const same = ids(made.product(1, { sku: '0' }), made.product(2, { sku: '0' }))
    expect(new Set(same).size).toBe(2)
    expect(same.every((id) => /^shop\.example:[0-9a-f]{24}$/.test(id))).toBe(true)
    const bare = (n: number, url: string) => made.product(n, { sku: undefined, url })
    expect(ids(bare(1, '/a?id=1&utm_source=x#top'))).toEqual(ids(bare(7, '/a?id=1')))
    expect(ids(bare(1, '/a?id=1'))).not.toEqual(ids(bare(1, '/a?id=2')))
    expect(ids(made.product(1), made.product(1))).toHaveLength(1)
  })

  test('addresses stand against <base>, and the next page is never another site’s', () => {
    const head = '<base href="https://cdn.example/x/"><link rel="next" href="https://evil.example/2">'
    const { items, next } = read(made.ldPage([made.itemList([made.product(1, { url: 'y?a=1' })])], head))
    expect([items[0]?.url, next]).toEqual(['https://cdn.example/x/y?a=1', null])
    for (const url of ['javascript:alert(1)', 'data:text/html,x', 'https://me:secret@shop.example/']) {
      expect(read(made.ldPage([made.itemList([made.product(1, { url }), made.product(2)])])).items).toHaveLength(1)
    }
  })

  test('line breaks inside strings, comments around a block and other kinds of script are no trouble', () => {
    const block = JSON.stringify(made.itemList([made.product(1, { name: 'Big\nchair' })])).replace('\\n', '\n')
    const html = `<script>var x = "application/ld+json"</script><script type='application/ld+json' id=x>//<![CDATA[\n${block}\n//]]></script></html>`
    expect(read(html).items[0]?.title).toBe('Big chair')
  })

  test('an empty list is "nothing found"; a page without product data says so', () => {
    expect(read(made.ldPage([made.itemList([])]))).toMatchObject({ verdict: 'empty', items: [] })
    const reason = 'no product data of schema.org, and no feed'
    expect(read('<html><title>Shop</title></html>')).toMatchObject({ verdict: 'changed', items: [], reason })
    expect(read('<title>404 Not Found</title>').verdict).toBe('gone')
    expect(read('<title>Just a moment...</title>').verdict).toBe('blocked')
    expect([401, 403, 429, 404, 410, 500].map((status) => read('x', made.ANY_URL, status).verdict)).toEqual([
      ...['blocked', 'blocked', 'blocked', 'gone', 'gone', 'failed'],
    ])
  })

  test('a page that never closes is partial: half of its adverts may be lost', () => {
    const whole = made.ldPage(range(4).map((n) => made.product(n)))
    expect(read(whole).verdict).toBe('ok')
    expect(read(whole.slice(0, whole.indexOf('Chair 3')))).toMatchObject({
      verdict: 'partial',
      reason: 'the page is cut short',
    })
  })
})

describe('microdata', () => {
  test('products are read with what stands inside them, text where no attribute says it', () => {
    const html = `<html><body>${range(6)
      .map((n) => made.microProduct(n))
      .join('')}</body></html>`
    const parsed = read(html)
    expect(parsed).toMatchObject({ verdict: 'ok', variant: 'microdata', rejected: [] })
    expect(parsed.items[1]).toMatchObject({
      ...{ title: 'Chair 2', url: 'https://shop.example/chair/2', description: 'Oak\n& glue' },
      price: { amount: 2250n, currency: 'EUR' },
    })
  })

  test('a price as text is read as people write it', () => {
    const price = '<span itemprop="price">1.200,- €</span>'
    expect(prices(read(`<html>${made.microProduct(1, price)}${made.microProduct(2)}</html>`))).toEqual([120000n, 2250n])
  })

  test('other vocabularies and breadcrumbs are no adverts', () => {
    const crumb = '<div itemscope itemtype="https://schema.org/BreadcrumbList"><a itemprop="name" href="/">x</a></div>'
    const old = '<div itemscope itemtype="http://data-vocabulary.org/Product"><b itemprop="name">x</b></div>'
    expect(read(`<html>${crumb}${old}</html>`)).toMatchObject({ verdict: 'changed', items: [] })
  })
})

describe('charsets', () => {
  const html = (charset: string) =>
    `<html><head>${charset}</head>${made.ldPage([made.itemList([made.product(1, { name: 'Łóżko' })])])}</html>`
  // ISO 8859-2: Ł is A3, ó is F3, ż is BF.
  const latin2 = (text: string) => Buffer.from(text.replace('Łóżko', '\u00a3\u00f3\u00bfko'), 'latin1')

  test.each([
    '<meta charset="iso-8859-2">',
    "<META HTTP-EQUIV='Content-Type' CONTENT='text/html; charset=ISO-8859-2'>",
  ])('%s is believed', (meta) => {
    expect(read(latin2(html(meta))).items[0]?.title).toBe('Łóżko')
  })

  test('the server’s word comes first, an unknown charset is none, and bytes of none still give a verdict', () => {
    const bytes = latin2(html('<meta charset="utf-8">'))
    const headers = { 'content-type': 'text/html; charset=iso-8859-2' }
    expect(parseAny({ bytes, url: made.ANY_URL, status: 200, headers }).items[0]?.title).toBe('Łóżko')
    expect(read(html('<meta charset="klingon">')).items[0]?.title).toBe('Łóżko')
    expect(read(latin2(html(''))).verdict).toBe('ok')
  })

  test('a feed’s own declaration is believed', () => {
    const text = made.rss([made.rssItem(1).replace('Chair 1', 'Łóżko')]).replace('UTF-8', 'ISO-8859-2')
    expect(read(latin2(text)).items[0]?.title).toContain('Łóżko & table')
  })
})

describe('hostile pages', () => {
  const within = (milliseconds: number, text: string) => {
    const start = process.cpuUsage()
    const parsed = read(text)
    expect(process.cpuUsage(start).user / 1_000).toBeLessThan(milliseconds)
    return parsed
  }
  const micro = '<html><div itemscope itemtype="https://schema.org/Product">'

  test.each([
    ['100,000 nodes', `${micro}${'<p itemprop="name">x</p>'.repeat(100_000)}`],
    ['100,000 nested nodes', `${micro}${'<div itemprop="name">'.repeat(100_000)}`],
    ['nests that close others', `${micro}${'<div>'.repeat(60_000)}${'</b>'.repeat(60_000)}`],
    ['4,000 nested properties', `${micro}${'<div itemprop="name">xxxxxxxxxx'.repeat(4_000)}`],
    [
      '4,000 nested scopes',
      `<html>${'<div itemscope itemtype="https://schema.org/Product" itemprop="offers">'.repeat(4_000)}`,
    ],
    ['a million opening brackets', '<'.repeat(1_000_000)],
    ['deep JSON', `<script type="application/ld+json">${'{"mainEntity":'.repeat(100_000)}`],
    [
      'deep JSON that closes',
      `<script type="application/ld+json">${'['.repeat(100_000)}${']'.repeat(100_000)}</script>`,
    ],
    [
      '8 MB of one string',
      `<script type="application/ld+json">{"@type":"Product","name":"${'x'.repeat(8_000_000)}"}</script>`,
    ],
    ['100,000 blocks', '<script type="application/ld+json">{}</script>'.repeat(100_000)],
    ['100,000 next pages', `${made.ldPage([made.product(1), made.product(2)])}${'<link rel="next"'.repeat(100_000)}`],
    ['blanks', ' '.repeat(4_000_000)],
  ])('%s are read in time', (_name, text) => {
    expect(within(3_000, text).verdict).not.toBe('gone')
  })

  test('20,000 products are no page of adverts', () => {
    const huge = made.ldPage([made.itemList(range(20_000).map((n) => made.product(n)))])
    expect(within(3_000, huge)).toMatchObject({ verdict: 'changed', items: [] })
  })

  test('members called __proto__ change nothing', () => {
    const text = made
      .ldPage([made.itemList([made.product(1)])])
      .replace('"brand"', '"__proto__":{"name":"evil"},"brand"')
    expect(read(text).items[0]?.title).toBe('Chair 1')
    read(`${micro}<p itemprop="__proto__">x</p><p itemprop="constructor">y</p></div></html>`)
    expect(Object.keys(Object.prototype)).toEqual([])
  })

  test('any bytes and any mixture of tags give a verdict, and never gone', () => {
    const part = fc.constantFrom(
      ...[
        '<div itemscope itemtype="https://schema.org/Product">',
        '</div>',
        '<p itemprop="name">',
        '<meta itemprop="price" content="5">',
      ],
      ...[
        '<script type="application/ld+json">',
        '{"@type":"Product","name":"x"',
        '}',
        '</script>',
        '<!--',
        '"',
        '<rss>',
        '<item>',
        ']]>',
      ],
    )
    fc.assert(
      fc.property(fc.array(fc.oneof(part, fc.string())), (parts) => {
        const { verdict, items } = read(parts.join(''))
        expect(['ok', 'partial', 'changed', 'empty']).toContain(verdict)
        for (const { price } of items) expect(price.amount).not.toBe(0n)
      }),
      { numRuns: 500 },
    )
  })
})

describe('recognising', () => {
  test('an address keeps its query, and loses what only says where a visitor came from', () => {
    const url = new URL('https://shop.example/list?b=2&utm_source=x&a=1&page=3&fbclid=z#top')
    expect(recogniseAny(url)).toMatchObject({ kind: 'result', key: 'https://shop.example/list?b=2&a=1&page=3' })
  })

  test.each([
    'http://127.0.0.1/',
    'http://10.0.0.1/',
    'http://box.local/',
    'https://shop.example:8443/',
    'ftp://shop.example/',
  ])('%s is nothing that Gleaner opens', (url) => {
    expect(recogniseAny(new URL(url))).toBeNull()
  })
})
