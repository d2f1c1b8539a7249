import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { olxBrDetailRows, olxBrRows, otodomRows } from './fixtures/extract-next'
import { marketplaces, sourceById, sources } from './registry'
import type { Item, ParsedPage, Source, Verdict } from './source'
import { toContract } from './write-contract'

const REQUIRED = process.env.GLEANER_CAPTURES === 'required'
const DEFAULT = fileURLToPath(new URL('../../../../shared/captures', import.meta.url))
const FOLDER = resolve(REQUIRED ? DEFAULT : process.env.GLEANER_CAPTURES || DEFAULT)

/** Real pages are never part of the repository: they hold other people's data. */
const files = existsSync(FOLDER) ? filesUnder(FOLDER).filter((file) => /\.(html|json|txt|atom)$/.test(file)) : []

function filesUnder(folder: string): readonly string[] {
  return readdirSync(folder)
    .map((name) => join(folder, name))
    .flatMap((path) => (statSync(path).isDirectory() ? filesUnder(path) : [relative(FOLDER, path)]))
    .filter((path) => !/^(bank|donor)\//.test(path))
}

type Expected = { readonly id: string; readonly title: string; readonly price: string }

/** What a capture is, and how its adverts are found without any of the parser's code. */
type Known = {
  readonly source: string
  readonly url: string
  readonly verdict: Verdict
  readonly variant: string
  readonly count: number
  readonly extract?: (text: string) => readonly Expected[]
}

const OLX = 'https://www.olx.pl'
const OFFER = `${OLX}/d/oferta/rower-CID767-ID14yntK.html`

const OTODOM_OFFER = 'https://www.otodom.pl/pl/oferta/mieszkanie-ID4o59V'

const KNOWN: Readonly<Record<string, Known>> = {
  'olx.pl/2022-07_search_bikes_legacy.html': olxResult('changed', 'legacy-table', 0),
  'olx.pl/2023-01_search_flats_a.html': olxResult('ok', 'state-2023', 52),
  'olx.pl/2023-05_api-v1_offer_object.json': { ...apiOf('olx.pl'), count: 2 },
  'olx.pl/2025-07_search_a.html': olxResult('ok', 'state-2025', 52),
  'olx.pl/2025-07_search_b.html': olxResult('ok', 'state-2025', 52),
  'olx.pl/2025-12_search_dom-only.html': olxCards('olx', 52),
  'olx.pl/2026-02_offer_rent-flat.html': { ...olxResult('ok', 'state-2026', 1), url: OFFER },
  'olx.pl/2026-02_search_rent-flats.html': olxResult('ok', 'state-2026', 51),
  'olx.pl/2026_offer_removed_inactive-msg.html': { ...olxResult('gone', 'offer-removed', 0), url: OFFER },
  'olx.ro/2020_search_jobs_a.html': abroad('olx-ro', olxResult('changed', 'legacy-table', 0)),
  'olx.ua/2023-06_search_rent_a.html': olxCards('olx-ua', 52),
  'olx.ua/2026-02_search.html': abroad('olx-ua', olxResult('ok', 'state-2026', 12)),
  'olx.ua/2026-03_search_dump.html': abroad('olx-ua', olxResult('ok', 'state-2026', 52)),
  'olx.uz/2025-05_search_debug_dom.html': olxCards('olx-uz', 10),
  'olx.uz/2026-05_search_debug.html': abroad('olx-uz', olxResult('ok', 'state-2026', 52)),
  'olx.uz/2026-03_api_offers_response.json': { ...apiOf('olx.uz'), source: 'olx-uz', count: 13 },
  'olx.com.br/2026-02_offer_apartment.html': {
    ...{ source: 'olx-br', verdict: 'ok', variant: 'data-json-2026', count: 1, extract: rows(olxBrDetailRows) },
    url: 'https://sp.olx.com.br/vale-do-paraiba/imoveis/apartamento-123456789',
  },
  'olx.com.br/2026-02_search_realestate.html': {
    ...{ source: 'olx-br', verdict: 'ok', variant: 'next-2026', count: 50, extract: rows(olxBrRows) },
    url: 'https://www.olx.com.br/imoveis/venda?q=Sorocaba',
  },
  'otodom.pl/2019_offer_page1.html': { ...otodom('changed', 'html-2021', 0), url: OTODOM_OFFER },
  'otodom.pl/2019_offer_urls_page.html': otodom('changed', 'html-2021', 0),
  'otodom.pl/2021-03_search.html': otodom('changed', 'html-2021', 0),
  'otodom.pl/2023-08_page.txt': otodom('ok', 'next-2023', 72),
  'otodom.pl/2023-12_page.html': { ...otodom('ok', 'next-ad-2023', 1), url: OTODOM_OFFER },
  'otomoto.pl/2021-08_home.html': otomotoResult('changed', '', 0),
  'otomoto.pl/2021-08_search_audi-a4_p5.html': otomotoResult('changed', 'html-2021', 0),
  'otomoto.pl/2024-04_search_bmw-sedan.html': otomotoResult('ok', 'urql-2024', 31),
  'otomoto.pl/2026-02_search.html': otomotoResult('ok', 'urql-2026', 32),
}

function olxResult(verdict: Verdict, variant: string, count: number): Known {
  const url = `${OLX}/nieruchomosci/mieszkania/`
  return { source: 'olx', url, verdict, variant, count, ...(count > 0 && { extract: stateAdverts }) }
}

function abroad(source: string, known: Known): Known {
  return { ...known, source, url: sourceById(source)?.example ?? known.url }
}

function olxCards(source: string, count: number): Known {
  const url = sourceById(source)?.example ?? ''
  return { source, url, verdict: 'ok', variant: 'dom', count, extract: cardAdverts }
}

function otodom(verdict: Verdict, variant: string, count: number): Known {
  const url = 'https://www.otodom.pl/pl/wyniki/sprzedaz/mieszkanie/pomorskie/gdansk/gdansk/gdansk'
  return { source: 'otodom', url, verdict, variant, count, ...(count > 0 && { extract: rows(otodomRows) }) }
}

function rows(extract: (text: string) => readonly (readonly [number, string, string])[]): Known['extract'] {
  return (text) => extract(text).map(([id, title, price]) => expected(id, title, price))
}

function apiOf(host: string): Omit<Known, 'count'> {
  const url = `https://www.${host}/api/v1/offers?offset=0&limit=40`
  return { source: 'olx', url, verdict: 'ok', variant: 'api-v1', extract: apiAdverts }
}

function otomotoResult(verdict: Verdict, variant: string, count: number): Known {
  const url = 'https://www.otomoto.pl/osobowe/bmw'
  return { source: 'otomoto', url, verdict, variant, count, ...(count > 0 && { extract: urqlAdverts }) }
}

// The second extractor: plain regular expressions and JSON.parse of everything. Its casts say what the capture holds.

type StateAd = {
  id: number
  title: string
  price: { exchange: boolean; regularPrice: { value: number; currencyCode: string } | null }
}

function stateAdverts(text: string): readonly Expected[] {
  const literal = /__PRERENDERED_STATE__\s*=\s*("(?:[^"\\]|\\.)*")/.exec(text)?.[1] ?? '"{}"'
  const state = JSON.parse(JSON.parse(literal)) as {
    listing?: { listing: { ads: StateAd[] } }
    ad?: { ad: StateAd }
  }
  return (state.listing?.listing.ads ?? (state.ad ? [state.ad.ad] : [])).map((ad) => {
    const { regularPrice: price, exchange } = ad.price
    return expected(ad.id, ad.title, price ? `${price.value} ${price.currencyCode}` : exchange ? 'exchange' : '?')
  })
}

const SIGNS: Readonly<Record<string, string>> = { zł: 'PLN', 'грн.': 'UAH', сум: 'UZS' }

/** Cards up to the headline of what the site adds from elsewhere, of which it counts none. */
function cardAdverts(text: string): readonly Expected[] {
  const own = text.split('reason=extended_search')[0] ?? ''
  const cards = own.matchAll(
    /data-cy="l-card"[^>]*?\sid="(\d+)"(?:(?!l-card).)*?<h[46][^>]*>(.*?)<\/h[46]>(?:(?!l-card).)*?ad-price"[^>]*>([\d ]+) ([^<]+)</gs,
  )
  return [...cards].map(([, id = '', title = '', digits = '', sign = '']) =>
    expected(
      id,
      title.replaceAll('&amp;', '&').replaceAll('&quot;', '"'),
      `${digits.replaceAll(' ', '')} ${SIGNS[sign]}`,
    ),
  )
}

type ApiOffer = { id: number; title: string; params: { key: string; value: { value: number; currency: string } }[] }

function apiAdverts(text: string): readonly Expected[] {
  return (JSON.parse(text) as { data: ApiOffer[] }).data.map((offer) => {
    const price = offer.params.find((param) => param.key === 'price')?.value
    return expected(offer.id, offer.title, `${price?.value} ${price?.currency.replace('UYE', 'USD')}`)
  })
}

type UrqlNode = { id: string; title: string; price: { amount: { value: string; currencyCode: string } } }

function urqlAdverts(text: string): readonly Expected[] {
  const script = /<script id="__NEXT_DATA__"[^>]*>(.*?)<\/script>/s.exec(text)?.[1] ?? '{}'
  const { urqlState } = (
    JSON.parse(script) as { props: { pageProps: { urqlState: Record<string, { data: string }> } } }
  ).props.pageProps
  const entries = Object.values(urqlState).map(
    ({ data }) => JSON.parse(data) as { advertSearch?: { edges: { node: UrqlNode }[] } },
  )
  const edges = entries.find((entry) => entry.advertSearch)?.advertSearch?.edges ?? []
  return edges.map(({ node }) =>
    expected(node.id, node.title, `${node.price.amount.value} ${node.price.amount.currencyCode}`),
  )
}

function expected(id: number | string, title: string, price: string): Expected {
  return { id: String(id), title: title.trim(), price }
}

function readOff(page: ParsedPage): readonly Expected[] {
  return page.items.map(({ externalId, title, price }) => {
    const text = price.amount === null ? price.kind : `${decimal(price.amount)} ${price.currency}`
    return { id: externalId, title, price: text }
  })
}

/** Every currency of the captures has two decimals. */
function decimal(amount: bigint): string {
  const text = amount.toString().padStart(3, '0')
  return `${text.slice(0, -2)}.${text.slice(-2)}`.replace(/\.?0+$/, (zeros) => (zeros.startsWith('.') ? '' : zeros))
}

function parseFile(source: Source, file: string, url: string, status = 200): ParsedPage {
  return source.parse({ bytes: readFileSync(join(FOLDER, file)), url, status, headers: {} })
}

function sourceNamed(id: string): Source {
  const source = sourceById(id)
  if (!source) throw new Error(`no source ${id}`)
  return source
}

const line = files.length > 0 ? `captures read: ${files.length} of ${FOLDER}` : `captures: none at ${FOLDER}, skipped`
process.stdout.write(`${line}\n`)

test.runIf(REQUIRED)('captures are there when they are required', () => {
  expect(files.length, `no captures at ${FOLDER}`).toBeGreaterThan(0)
})

describe.skipIf(files.length === 0)('captures', () => {
  for (const [file, known] of Object.entries(KNOWN).filter(([file]) => files.includes(file))) {
    test(`${file} reads as ${known.verdict} with ${known.count} adverts, each as the page's state has it`, () => {
      const page = parseFile(sourceNamed(known.source), file, known.url)
      const { verdict, variant, rejected, items } = page
      expect({ verdict, variant, rejected, count: items.length }).toEqual({ ...pickKnown(known), rejected: [] })
      expect(readOff(page)).toEqual(known.extract?.(readFileSync(join(FOLDER, file), 'utf8')) ?? [])
      expect(() => JSON.stringify(toContract(page))).not.toThrow()
    })
  }

  test.each(files.filter((file) => !(file in KNOWN)))('%s is no page of another source, and says so', (file) => {
    const site = file.split('/')[0] ?? ''
    const strangers = marketplaces.filter(({ id, hosts }) => id !== site && !hosts.includes(`www.${site}`))
    for (const source of strangers) {
      const page = parseFile(source, file, `https://www.${site}/`)
      expect(['changed', 'blocked', ...(/404/.test(file) ? ['gone'] : [])], page.reason ?? '').toContain(page.verdict)
      expect(page.items).toEqual([])
    }
  })

  test.each(sources.map(({ id }) => id))('%s tells a captcha page and a page that is gone apart', (id) => {
    const captcha = 'immobilienscout24.de/2020_captcha_blocked.html'
    const missing = 'allegrolokalnie.pl/2025-12_404_not-found.html'
    const source = sourceNamed(id)
    expect(parseFile(source, captcha, source.example)).toMatchObject({ verdict: 'blocked', items: [] })
    expect(parseFile(source, missing, source.example, 404)).toMatchObject({ verdict: 'gone', items: [] })
    expect(parseFile(source, missing, source.example)).toMatchObject({ verdict: 'gone', items: [] })
  })

  test('an advert whose address carries its short id has that id', () => {
    for (const [file, known] of Object.entries(KNOWN).filter(([file]) => /olx\.(pl|ua|uz)|otomoto|otodom/.test(file))) {
      for (const item of parseFile(sourceNamed(known.source), file, known.url).items) {
        const recognised = sourceNamed(known.source).recognise(new URL(item.url))
        expect(recognised).toMatchObject({ kind: 'offer', externalId: item.externalId })
      }
    }
  })

  test('pictures, places and times of a result page are read, times in UTC', () => {
    const { items, total, next } = parseFile(
      sourceNamed('olx'),
      'olx.pl/2026-02_search_rent-flats.html',
      `${OLX}/nieruchomosci/q-kawalerka/?search%5Border%5D=created_at%3Adesc`,
    )
    expect(total).toBe(1155)
    expect(next).toBe(`${OLX}/nieruchomosci/q-kawalerka/?search%5Border%5D=created_at%3Adesc&page=2`)
    expect(items.filter((item) => item.promoted)).toHaveLength(12)
    expect(items.filter((item) => item.seller.kind === 'business')).toHaveLength(20)
    expect(items.filter((item) => item.coordinates?.exact)).toHaveLength(32)
    expect(items.every((item) => item.place?.city === 'Warszawa')).toBe(true)
    expect(items.flatMap((item) => item.photos).every((url) => url.endsWith(';s=1000x700'))).toBe(true)
    expect(items[0]).toMatchObject({ postedAt: '2025-05-07T09:47:34.000Z', refreshedAt: '2026-02-03T08:52:52.000Z' })
    expect(items.every((item) => !item.description?.includes('<br'))).toBe(true)
  })

  // How many adverts of a page have what: promoted, negotiable, a business, a point, the time when they were posted.
  test.each([
    ['olx.ua/2023-06_search_rent_a.html', null, [12, 12, 0, 0, 0]],
    ['olx.ua/2026-02_search.html', 270, [3, 3, 11, 12, 12]],
    ['olx.ua/2026-03_search_dump.html', 45_583, [12, 4, 47, 52, 52]],
    ['olx.uz/2025-05_search_debug_dom.html', 10, [0, 7, 0, 0, 0]],
    ['olx.uz/2026-05_search_debug.html', 20_158, [12, 13, 40, 52, 52]],
    ['olx.com.br/2026-02_search_realestate.html', 56_245, [1, 0, 46, 0, 46]],
    ['otodom.pl/2023-08_page.txt', 7057, [11, 0, 62, 0, 72]],
    ['otodom.pl/2023-12_page.html', null, [0, 0, 1, 1, 1]],
  ])('%s tells as much as the page does', (file, total, counts) => {
    const known = KNOWN[file]
    const { items, ...read } = parseFile(sourceNamed(known?.source ?? ''), file, known?.url ?? '')
    const count = (has: (item: Item) => unknown) => items.filter(has).length
    expect(read.total).toBe(total)
    expect([
      count((item) => item.promoted),
      count((item) => item.price.negotiable),
      count((item) => item.seller.kind === 'business'),
      count((item) => item.coordinates),
      count((item) => item.postedAt),
    ]).toEqual(counts)
  })

  /** As a browser leaves it: without the script that held the state. */
  function withoutState(file: string): Buffer {
    const text = readFileSync(join(FOLDER, file), 'utf8')
    return Buffer.from(text.replace(/window\.__PRERENDERED_STATE__\s*=\s*"(?:[^"\\]|\\.)*";/, ''))
  }

  test('an advert that lost its state in a browser keeps its number, title and price', () => {
    const file = 'olx.pl/2026-02_offer_rent-flat.html'
    const whole = parseFile(sourceNamed('olx'), file, OFFER)
    const url = whole.items[0]?.url ?? ''
    const bare = sourceNamed('olx').parse({ bytes: withoutState(file), url, status: 200, headers: {} })
    expect(bare).toMatchObject({ verdict: 'ok', kind: 'offer', variant: 'schema-org' })
    expect(readOff(bare)).toEqual(readOff(whole))
  })

  test('a result page that lost its state reads the same adverts, and is never the advert that was asked', () => {
    for (const [file, id] of [
      ['olx.pl/2025-07_search_a.html', 'olx'],
      ['olx.pl/2026-02_search_rent-flats.html', 'olx'],
      ['olx.ua/2026-03_search_dump.html', 'olx-ua'],
      ['olx.uz/2026-05_search_debug.html', 'olx-uz'],
    ] as const) {
      const source = sourceNamed(id)
      const read = (url: string) => source.parse({ bytes: withoutState(file), url, status: 200, headers: {} })
      const offer = `${new URL(source.example).origin}/d/oferta/rower-CID767-ID14yntK.html`
      expect(read(offer)).toMatchObject({ verdict: 'changed', items: [] })
      expect(readOff(read(source.example))).toEqual(readOff(parseFile(source, file, source.example)))
    }
  })

  test('two readings of one search hours apart share no advert, so one page is never enough', () => {
    const [a, b] = ['a', 'b'].map((name) =>
      parseFile(sourceNamed('olx'), `olx.pl/2025-07_search_${name}.html`, `${OLX}/elektronika/`),
    )
    const known = new Set(b?.items.map((item) => item.externalId))
    expect(a?.items.filter((item) => known.has(item.externalId))).toEqual([])
  })

  test('the filter that Otomoto dropped is told, and only there', () => {
    const otomoto = sourceNamed('otomoto')
    const asked = (path: string) => `https://www.otomoto.pl/${path}`
    const dropped = parseFile(otomoto, 'otomoto.pl/2026-02_search.html', asked('osobowe/bmw/3-series'))
    expect(dropped.answered).toBe(asked('osobowe/bmw?search%5Border%5D=relevance_web'))
    expect(dropped.next).toBe(asked('osobowe/bmw/3-series?page=2'))
    expect(parseFile(otomoto, 'otomoto.pl/2026-02_search.html', asked('osobowe/bmw')).answered).toBeNull()
    const filters = 'search%5Bfilter_float_price%3Ato%5D=10000&search%5Bfilter_float_year%3Ato%5D=2008'
    const kept = parseFile(
      otomoto,
      'otomoto.pl/2024-04_search_bmw-sedan.html',
      asked(`osobowe/bmw/seg-sedan/od-2004?${filters}`),
    )
    expect(kept).toMatchObject({ answered: null, next: null, total: 31 })
    expect(kept.items.filter((item) => item.seller.kind === 'private')).toHaveLength(24)
    expect(kept.items.filter((item) => item.promoted)).toHaveLength(3)
  })
})

function pickKnown({ verdict, variant, count }: Known) {
  return { verdict, variant, count }
}
