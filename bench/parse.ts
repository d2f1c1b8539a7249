/**
 * Pages parsed per second, per format, and our time against a bare JSON.parse of the state in the same page. Reads real
 * pages from GLEANER_CAPTURES (by default ../shared/captures); without them it has nothing to measure and says so.
 */
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import type { Source } from '../src/bargains/sources/source.ts'

const ROOT = fileURLToPath(new URL('..', import.meta.url))

type Format = { name: string; file: string; source: string; url: string; bare: (text: string) => () => unknown }

const OLX = 'https://www.olx.pl/nieruchomosci/mieszkania/'
const OFFER = 'https://www.olx.pl/d/oferta/rower-CID767-ID14yntK.html'
const OTOMOTO = 'https://www.otomoto.pl/osobowe/bmw'

const FORMATS: readonly Format[] = [
  { name: 'olx result 2023', file: 'olx.pl/2023-01_search_flats_a.html', source: 'olx', url: OLX, bare: literal },
  { name: 'olx result 2025', file: 'olx.pl/2025-07_search_a.html', source: 'olx', url: OLX, bare: literal },
  { name: 'olx result 2026', file: 'olx.pl/2026-02_search_rent-flats.html', source: 'olx', url: OLX, bare: literal },
  { name: 'olx offer 2026', file: 'olx.pl/2026-02_offer_rent-flat.html', source: 'olx', url: OFFER, bare: literal },
  { name: 'olx api', file: 'olx.uz/2026-03_api_offers_response.json', source: 'olx', url: OLX, bare: json },
  { name: 'olx ua result 2026', file: 'olx.ua/2026-03_search_dump.html', source: 'olx-ua', url: OLX, bare: literal },
  { name: 'olx uz result 2026', file: 'olx.uz/2026-05_search_debug.html', source: 'olx-uz', url: OLX, bare: literal },
  { name: 'olx cards 2025', file: 'olx.pl/2025-12_search_dom-only.html', source: 'olx', url: OLX, bare: elements },
  { name: 'olx ua cards 2023', file: 'olx.ua/2023-06_search_rent_a.html', source: 'olx-ua', url: OLX, bare: elements },
  {
    name: 'olx uz cards 2025',
    file: 'olx.uz/2025-05_search_debug_dom.html',
    source: 'olx-uz',
    url: OLX,
    bare: elements,
  },
  {
    name: 'olx br result 2026',
    file: 'olx.com.br/2026-02_search_realestate.html',
    source: 'olx-br',
    url: OLX,
    bare: next,
  },
  {
    name: 'olx br offer 2026',
    file: 'olx.com.br/2026-02_offer_apartment.html',
    source: 'olx-br',
    url: 'https://sp.olx.com.br/imoveis/apartamento-123456789',
    bare: attribute,
  },
  { name: 'otodom result 2023', file: 'otodom.pl/2023-08_page.txt', source: 'otodom', url: OLX, bare: next },
  {
    name: 'otodom offer 2023',
    file: 'otodom.pl/2023-12_page.html',
    source: 'otodom',
    url: 'https://www.otodom.pl/pl/oferta/mieszkanie-ID4o59V',
    bare: next,
  },
  {
    name: 'otomoto 2024',
    file: 'otomoto.pl/2024-04_search_bmw-sedan.html',
    source: 'otomoto',
    url: OTOMOTO,
    bare: urql,
  },
  { name: 'otomoto 2026', file: 'otomoto.pl/2026-02_search.html', source: 'otomoto', url: OTOMOTO, bare: urql },
  {
    name: 'vinted api',
    file: 'vinted/2025_vinted.pl_catalog_api.json',
    source: 'vinted',
    url: 'https://www.vinted.pl/api/v2/catalog/items',
    bare: json,
  },
  {
    name: 'willhaben result 2026',
    file: 'willhaben.at/2026-01_search_page1.html',
    source: 'willhaben',
    url: 'https://www.willhaben.at/iad/immobilien',
    bare: next,
  },
  {
    name: 'marktplaats result 2025',
    file: 'marktplaats.nl/2025-08_search.html',
    source: 'marktplaats',
    url: 'https://www.marktplaats.nl/l/auto-s/',
    bare: next,
  },
  {
    name: 'kleinanzeigen cards 2022',
    file: 'kleinanzeigen.de/2022-04_search_atari_p3.html',
    source: 'kleinanzeigen',
    url: 'https://www.kleinanzeigen.de/s-atari/k0',
    bare: elements,
  },
  {
    name: 'kleinanzeigen cards 2026',
    file: 'kleinanzeigen.de/2026-07_search_flats.html',
    source: 'kleinanzeigen',
    url: 'https://www.kleinanzeigen.de/s-wohnung/k0',
    bare: elements,
  },
  {
    name: 'kleinanzeigen offer 2026',
    file: 'kleinanzeigen.de/2026-07_offer_flat.html',
    source: 'kleinanzeigen',
    url: 'https://www.kleinanzeigen.de/s-anzeige/x/3323958001-203-2100',
    bare: elements,
  },
  {
    name: 'sprzedajemy cards 2025',
    file: 'sprzedajemy.pl/2025-12_search.html',
    source: 'sprzedajemy',
    url: 'https://sprzedajemy.pl/wszystkie-ogloszenia',
    bare: elements,
  },
  {
    name: 'any page, json-ld',
    file: 'sprzedajemy.pl/2025-12_search.html',
    source: 'any',
    url: 'https://page.example/x',
    bare: elements,
  },
  {
    name: 'any page, microdata',
    file: 'leboncoin.fr/2017-04_search.html',
    source: 'any',
    url: 'https://page.example/x',
    bare: elements,
  },
  {
    name: 'any page, feed',
    file: 'rss/slickdeals.atom',
    source: 'any',
    url: 'https://page.example/x',
    bare: elements,
  },
]

/** The bare way is given its literal already found: only JSON.parse is timed. */
function literal(text: string): () => unknown {
  const found = /__PRERENDERED_STATE__\s*=\s*("(?:[^"\\]|\\.)*")/.exec(text)?.[1] ?? '"{}"'
  return () => JSON.parse(JSON.parse(found))
}

function json(text: string): () => unknown {
  return () => JSON.parse(text)
}

function next(text: string): () => unknown {
  const script = /<script id="__NEXT_DATA__"[^>]*>(.*?)<\/script>/s.exec(text)?.[1] ?? '{}'
  return () => JSON.parse(script)
}

function attribute(text: string): () => unknown {
  const json = (/data-json="([^"]*)"/.exec(text)?.[1] ?? '{}').replaceAll('&quot;', '"').replaceAll('&amp;', '&')
  return () => JSON.parse(json)
}

/** Pages without state are held against a pass of htmlparser2 over the same bytes, which keeps nothing. */
function elements(text: string): () => unknown {
  // Not ours to depend on: it is the one that cheerio brings along.
  const { Parser } = createRequire(createRequire(import.meta.url).resolve('cheerio'))('htmlparser2')
  return () => new Parser({}).end(text)
}

function urql(text: string): () => unknown {
  const script = /<script id="__NEXT_DATA__"[^>]*>(.*?)<\/script>/s.exec(text)?.[1] ?? '{}'
  return () => {
    const states = Object.values<{ data: string }>(JSON.parse(script).props.pageProps.urqlState)
    return states.map(({ data }) => JSON.parse(data))
  }
}

/** The sources as they are shipped: bundled, since Node alone does not know the `@/` of their imports. */
async function loadSources(): Promise<readonly Source[]> {
  const entryPoints = [join(ROOT, 'src/bargains/sources/registry.ts')]
  const options = { bundle: true, write: false, format: 'esm', platform: 'node', target: 'node22' } as const
  const { outputFiles } = await build({ ...options, entryPoints, absWorkingDir: ROOT, logLevel: 'error' })
  const code = Buffer.from(outputFiles[0]?.text ?? '').toString('base64')
  const { sources } = await import(`data:text/javascript;base64,${code}`)
  return sources
}

/** Median milliseconds of one call, after the compiler has warmed up. */
function median(call: () => unknown): number {
  for (const end = performance.now() + 400; performance.now() < end; ) call()
  const times = Array.from({ length: 101 }, () => {
    const start = performance.now()
    call()
    return performance.now() - start
  })
  return times.sort((a, b) => a - b)[50] ?? Number.NaN
}

export type ParseFigure = {
  readonly format: string
  readonly kilobytes: number
  readonly items: number
  readonly milliseconds: number
  readonly pagesPerSecond: number
  readonly ratioToBareParse: number
}

export async function run(): Promise<readonly ParseFigure[]> {
  const given = process.env.GLEANER_CAPTURES
  const folder = resolve(ROOT, given && given !== 'required' ? given : '../shared/captures')
  const sources = await loadSources()
  const formats = FORMATS.filter(({ file }) => existsSync(join(folder, file)))
  if (formats.length === 0) console.log(`parse: no captures at ${folder}, nothing measured`)
  const figures = formats.map((format) => measure(format, folder, sources))
  if (figures.length > 0) console.table(figures)
  return figures
}

function measure(
  { name, file, source: id, url, bare }: Format,
  folder: string,
  sources: readonly Source[],
): ParseFigure {
  const source = sources.find((candidate) => candidate.id === id)
  if (!source) throw new Error(`no source ${id}`)
  const bytes = readFileSync(join(folder, file))
  const parse = () => source.parse({ bytes, url, status: 200, headers: {} })
  const ours = median(parse)
  return {
    format: name,
    kilobytes: Math.round(bytes.length / 1024),
    items: parse().items.length,
    milliseconds: Number(ours.toFixed(2)),
    pagesPerSecond: Math.round(1000 / ours),
    ratioToBareParse: Number((ours / median(bare(bytes.toString('utf8')))).toFixed(2)),
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await run()
