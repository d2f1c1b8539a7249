import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { marketplaces, recogniseUrl, siteNameOf, sourceById, sourceFor, sources } from './registry'
import type { Recognised } from './source'

type Search = Extract<Recognised, { kind: 'result' }>

function search(text: string): Search {
  const recognised = recogniseUrl(text)?.recognised
  if (recognised?.kind !== 'result') throw new Error(`no search: ${text}`)
  return recognised
}

function kindOf(text: string): string | null {
  return recogniseUrl(text)?.recognised.kind ?? null
}

const ORDER = 'search%5Border%5D=created_at%3Adesc'

describe('what people paste', () => {
  test.each([
    'https://www.olx.pl/sport-hobby/rowery/krakow/q-gravel/',
    'http://olx.pl/sport-hobby/rowery/krakow/q-gravel',
    'm.olx.pl/d/sport-hobby/rowery/krakow/q-gravel/?page=3',
    '  www.olx.pl/Sport-Hobby/rowery/krakow/q-Gravel/?search[order]=filter_float_price:asc&utm_source=x#top  ',
    'look at this: https://www.olx.pl/sport-hobby/rowery/krakow/q-gravel/?view=grid&gclid=1, nice!',
    'https://example.com/x and (https://www.olx.pl//sport-hobby/rowery/krakow/q-gravel/?search%5Border%5D=).',
  ])('%s is one and the same search, asked newest first', (text) => {
    const key = 'https://www.olx.pl/sport-hobby/rowery/krakow/q-gravel/'
    expect(search(text)).toMatchObject({ key, url: `${key}?${ORDER}` })
  })

  test.each([
    ['https://www.olx.pl@evil.example/rowery/', null],
    ['https://me:secret@www.olx.pl/rowery/', null],
    ['https://www.olx.pl:8443/rowery/', null],
    ['ftp://www.olx.pl/rowery/', null],
    ['http://127.0.0.1/rowery/', null],
    ['javascript:alert(1)', null],
    ['a word', null],
    ['', null],
  ])('%s is of no source', (text, expected) => {
    expect(kindOf(text)).toBe(expected)
  })

  test.each([
    ['https://www.olx.pl.evil.example/rowery/', 'https://www.olx.pl.evil.example/rowery/'],
    ['https://evil.example/?next=https://www.olx.pl', 'https://evil.example/?next=https://www.olx.pl'],
    ['see www.example.org/shop?q=bike&utm_source=x#top.', 'https://www.example.org/shop?q=bike'],
    ['example.org/feed.xml', 'https://example.org/feed.xml'],
    ['http://example.org/list?page=2&sort=new', 'http://example.org/list?page=2&sort=new'],
  ])('%s is of no marketplace, so it is any page', (text, key) => {
    expect(recogniseUrl(text)?.source.id).toBe('any')
    expect(search(text)).toMatchObject({ key, url: key })
  })

  test.each([
    'http://localhost/x',
    'http://192.168.1.1/x',
    'http://[::1]/x',
    'https://example.org:8443/x',
    'https://me:secret@example.org/x',
    'http://printer.local/x',
    'http://intranet/x',
    'I met Ann.She said hello',
  ])('%s is no page that Gleaner opens', (text) => {
    expect(kindOf(text)).toBeNull()
  })

  test('a marketplace is taken before any page, wherever it stands', () => {
    const found = recogniseUrl('https://example.org/x and https://www.olx.pl/elektronika/')
    expect(found?.source.id).toBe('olx')
  })

  test('any text at all gives an answer, and a recognised search is recognised as itself', () => {
    const part = fc.oneof(
      fc.string(),
      fc.constantFrom('www.olx.pl/', 'https://', 'otomoto.pl/osobowe', '%E0%A4', '[', ']', '?', '#', '/d/', 'q-'),
    )
    fc.assert(
      fc.property(fc.array(part, { maxLength: 12 }), (parts) => {
        const { source, recognised } = recogniseUrl(parts.join('')) ?? {}
        if (!source || recognised?.kind !== 'result') return
        expect(source.recognise(new URL(recognised.url))).toEqual(recognised)
        expect(source.recognise(new URL(recognised.key))).toEqual(recognised)
      }),
      { numRuns: 2000 },
    )
  })

  test('ten thousand characters of hosts are answered in the blink of an eye', () => {
    expect(recogniseUrl('a.'.repeat(50_000))).toBeNull()
    expect(recogniseUrl('a'.repeat(100_000))).toBeNull()
  })
})

describe('OLX.pl', () => {
  test('parameters in any order, and lists in any order, are one search', () => {
    const a = search(
      'https://www.olx.pl/elektronika/?search[filter_enum_state][0]=new&search[filter_enum_state][1]=used&search[dist]=10&currency=PLN',
    )
    const b = search(
      'https://www.olx.pl/elektronika/?currency=PLN&search%5Bdist%5D=10&search[filter_enum_state][0]=used&search[filter_enum_state][4]=new&fbclid=z&search[photos]=',
    )
    expect(b).toEqual(a)
    expect(a.key).not.toContain('order')
    expect(new URL(a.url).searchParams.get('search[order]')).toBe('created_at:desc')
    expect(search('https://www.olx.pl/elektronika/?search[dist]=10').key).not.toBe(a.key)
  })

  test('a search is told by its category, place, words and prices', () => {
    const url =
      'https://www.olx.pl/sport-hobby/rowery/krakow/q-rower-miejski/?search[dist]=15&search[filter_float_price:from]=100&search[filter_float_price:to]=899,50&search[private_business]=private&search[filter_enum_state][0]=used&search[filter_enum_state][1]=new'
    expect(search(url).says).toEqual({
      category: ['sport-hobby', 'rowery'],
      place: 'krakow',
      distance: 15,
      query: 'rower miejski',
      priceFrom: '10000',
      priceTo: '89950',
      currency: 'PLN',
      others: 2,
    })
  })

  test.each([
    ['https://www.olx.pl/oferty/q-rower/', [], null],
    ['https://www.olx.pl/mazowieckie/q-rower/', [], 'mazowieckie'],
    ['https://www.olx.pl/ustrzyki-dolne/q-rower/', [], 'ustrzyki-dolne'],
    ['https://www.olx.pl/elektronika/', ['elektronika'], null],
    [
      'https://www.olx.pl/elektronika/telefony/zielona-gora_111405/',
      ['elektronika', 'telefony'],
      'zielona-gora_111405',
    ],
    ['https://www.olx.pl/elektronika/rawicz/?search[dist]=5', ['elektronika'], 'rawicz'],
  ])('%s names the category %j and the place %j', (url, category, place) => {
    expect(search(url).says).toMatchObject({ category, place })
  })

  test('the API is asked as a search too', () => {
    const { key, url } = search(
      'https://www.olx.pl/api/v1/offers/?offset=40&limit=40&query=rower&sort_by=relevance:desc',
    )
    expect(key).toBe('https://www.olx.pl/api/v1/offers?query=rower')
    expect(url).toBe('https://www.olx.pl/api/v1/offers?query=rower&sort_by=created_at%3Adesc')
  })

  test('an advert is told from a search, with the number that its short id stands for', () => {
    const path = '/d/oferta/super-telefon-CID99-ID14yntK.html'
    expect(recogniseUrl(`m.olx.pl${path}?reason=x`)?.recognised).toEqual({
      kind: 'offer',
      externalId: '983431584',
      url: `https://www.olx.pl${path}`,
    })
    expect(recogniseUrl('https://www.olx.pl/oferta/praca/kierowca/')?.recognised).toMatchObject({ externalId: null })
  })

  test.each([
    '',
    '/',
    '/d/',
    '/konto/',
    '/mojolx/',
    '/pomoc',
    '/oferty/uzytkownik/abc/',
    '/api/v2/x',
    '/nowe-ogloszenie/',
  ])('www.olx.pl%s is neither search nor advert', (path) => {
    expect(kindOf(`www.olx.pl${path}`)).toBe('other')
  })
})

describe('Otomoto.pl', () => {
  test('a search is asked newest first, which the site calls by another name than it seems', () => {
    const text =
      'otomoto.pl/osobowe/BMW/seria-3/?search[order]=created_at:desc&page=2&search[advanced_search_expanded]=true'
    expect(search(text)).toMatchObject({
      key: 'https://www.otomoto.pl/osobowe/bmw/seria-3',
      url: 'https://www.otomoto.pl/osobowe/bmw/seria-3?search%5Border%5D=created_at_first%3Adesc',
    })
  })

  test('a search is told by its category, place, prices and how many other filters it has', () => {
    const url =
      'https://www.otomoto.pl/osobowe/bmw/warszawa/seg-sedan/od-2004?search[filter_float_price:to]=10000&search[dist]=50&search[filter_enum_fuel_type][0]=petrol&search[filter_enum_fuel_type][1]=diesel'
    expect(search(url).says).toEqual({
      category: ['osobowe', 'bmw'],
      place: 'warszawa',
      distance: 50,
      query: null,
      priceFrom: null,
      priceTo: '1000000',
      currency: 'PLN',
      others: 3,
    })
  })

  test('adverts and other pages are told apart', () => {
    expect(recogniseUrl('https://www.otomoto.pl/osobowe/oferta/bmw-ID6Gl8Cz.html#x')?.recognised).toEqual({
      kind: 'offer',
      externalId: '6122441135',
      url: 'https://www.otomoto.pl/osobowe/oferta/bmw-ID6Gl8Cz.html',
    })
    for (const path of ['/', '/konto', '/news/x', '/finansowanie']) expect(kindOf(`otomoto.pl${path}`)).toBe('other')
  })
})

describe('the registry', () => {
  test('every source has its own id and hosts, and its example is a search of its own', () => {
    const hosts = sources.flatMap((source) => source.hosts)
    expect(new Set(hosts).size).toBe(hosts.length)
    for (const source of marketplaces) {
      expect(sourceById(source.id)).toBe(source)
      expect(sourceFor(new URL(source.example))).toBe(source)
      expect(source.recognise(new URL(source.example))?.kind).toBe('result')
      expect(source.recognise(new URL('https://example.com/'))).toBeNull()
    }
    expect(sourceById('nothing')).toBeNull()
  })

  test('a page of no marketplace is called by its host', () => {
    expect(siteNameOf('any', 'https://www.example.org/x')).toBe('example.org')
    expect(siteNameOf('olx', 'https://www.olx.pl/x')).toBe('OLX.pl')
    expect(siteNameOf('nothing', 'x')).toBe('nothing')
    expect(sources.at(-1)?.id).toBe('any')
  })
})
