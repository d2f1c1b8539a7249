/**
 * Pages and megabytes parsed per second, per format, memory, and our time against a floor: a bare JSON.parse of the state in
 * the same page, or where there is none a pass of htmlparser2; both begin at the bytes. Reads real pages from
 * GLEANER_CAPTURES (by default ../shared/captures); without them it has nothing to measure and says so.
 */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import type { Source } from '../src/bargains/sources/source.ts'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const given = process.env.GLEANER_CAPTURES
const FOLDER = resolve(ROOT, given && given !== 'required' ? given : '../shared/captures')

type Format = { name: string; file: string; source: string; url: string; floor: (bytes: Buffer) => unknown }

const OLX = 'https://www.olx.pl/nieruchomosci/mieszkania/'
const OFFER = 'https://www.olx.pl/d/oferta/rower-CID767-ID14yntK.html'
const OTOMOTO = 'https://www.otomoto.pl/osobowe/bmw'

const FORMATS: readonly Format[] = [
  { name: 'olx result 2023', file: 'olx.pl/2023-01_search_flats_a.html', source: 'olx', url: OLX, floor: literal },
  { name: 'olx result 2025', file: 'olx.pl/2025-07_search_a.html', source: 'olx', url: OLX, floor: literal },
  { name: 'olx result 2026', file: 'olx.pl/2026-02_search_rent-flats.html', source: 'olx', url: OLX, floor: literal },
  { name: 'olx offer 2026', file: 'olx.pl/2026-02_offer_rent-flat.html', source: 'olx', url: OFFER, floor: literal },
  { name: 'olx api', file: 'olx.uz/2026-03_api_offers_response.json', source: 'olx', url: OLX, floor: json },
  { name: 'olx ua result 2026', file: 'olx.ua/2026-03_search_dump.html', source: 'olx-ua', url: OLX, floor: literal },
  { name: 'olx uz result 2026', file: 'olx.uz/2026-05_search_debug.html', source: 'olx-uz', url: OLX, floor: literal },
  { name: 'olx cards 2025', file: 'olx.pl/2025-12_search_dom-only.html', source: 'olx', url: OLX, floor: elements },
  { name: 'olx ua cards 2023', file: 'olx.ua/2023-06_search_rent_a.html', source: 'olx-ua', url: OLX, floor: elements },
  {
    name: 'olx uz cards 2025',
    file: 'olx.uz/2025-05_search_debug_dom.html',
    source: 'olx-uz',
    url: OLX,
    floor: elements,
  },
  {
    name: 'olx br result 2026',
    file: 'olx.com.br/2026-02_search_realestate.html',
    source: 'olx-br',
    url: OLX,
    floor: next,
  },
  {
    name: 'olx br offer 2026',
    file: 'olx.com.br/2026-02_offer_apartment.html',
    source: 'olx-br',
    url: 'https://sp.olx.com.br/imoveis/apartamento-123456789',
    floor: attribute,
  },
  { name: 'otodom result 2023', file: 'otodom.pl/2023-08_page.txt', source: 'otodom', url: OLX, floor: next },
  {
    name: 'otodom offer 2023',
    file: 'otodom.pl/2023-12_page.html',
    source: 'otodom',
    url: 'https://www.otodom.pl/pl/oferta/mieszkanie-ID4o59V',
    floor: next,
  },
  {
    name: 'otomoto 2024',
    file: 'otomoto.pl/2024-04_search_bmw-sedan.html',
    source: 'otomoto',
    url: OTOMOTO,
    floor: urql,
  },
  { name: 'otomoto 2026', file: 'otomoto.pl/2026-02_search.html', source: 'otomoto', url: OTOMOTO, floor: urql },
  {
    name: 'vinted api',
    file: 'vinted/2025_vinted.pl_catalog_api.json',
    source: 'vinted',
    url: 'https://www.vinted.pl/api/v2/catalog/items',
    floor: json,
  },
  {
    name: 'willhaben result 2026',
    file: 'willhaben.at/2026-01_search_page1.html',
    source: 'willhaben',
    url: 'https://www.willhaben.at/iad/immobilien',
    floor: next,
  },
  {
    name: 'marktplaats result 2025',
    file: 'marktplaats.nl/2025-08_search.html',
    source: 'marktplaats',
    url: 'https://www.marktplaats.nl/l/auto-s/',
    floor: next,
  },
  {
    name: 'kleinanzeigen cards 2022',
    file: 'kleinanzeigen.de/2022-04_search_atari_p3.html',
    source: 'kleinanzeigen',
    url: 'https://www.kleinanzeigen.de/s-atari/k0',
    floor: elements,
  },
  {
    name: 'kleinanzeigen cards 2026',
    file: 'kleinanzeigen.de/2026-07_search_flats.html',
    source: 'kleinanzeigen',
    url: 'https://www.kleinanzeigen.de/s-wohnung/k0',
    floor: elements,
  },
  {
    name: 'kleinanzeigen offer 2026',
    file: 'kleinanzeigen.de/2026-07_offer_flat.html',
    source: 'kleinanzeigen',
    url: 'https://www.kleinanzeigen.de/s-anzeige/x/3323958001-203-2100',
    floor: elements,
  },
  {
    name: 'sprzedajemy cards 2025',
    file: 'sprzedajemy.pl/2025-12_search.html',
    source: 'sprzedajemy',
    url: 'https://sprzedajemy.pl/wszystkie-ogloszenia',
    floor: elements,
  },
  {
    name: 'any page, json-ld',
    file: 'sprzedajemy.pl/2025-12_search.html',
    source: 'any',
    url: 'https://page.example/x',
    floor: elements,
  },
  {
    name: 'any page, microdata',
    file: 'leboncoin.fr/2017-04_search.html',
    source: 'any',
    url: 'https://page.example/x',
    floor: elements,
  },
  {
    name: 'any page, feed',
    file: 'rss/slickdeals.atom',
    source: 'any',
    url: 'https://page.example/x',
    floor: elements,
  },
]

/** Both begin at the bytes as they came. A floor is what a reader would do that knows where the state stands, and no more. */
function between(bytes: Buffer, before: string, opening: string, closing: string): string {
  const text = bytes.toString('utf8')
  const start = text.indexOf(opening, text.indexOf(before)) + opening.length
  return text.slice(start, text.indexOf(closing, start))
}

function literal(bytes: Buffer): unknown {
  const text = bytes.toString('utf8')
  const start = text.indexOf('"', text.indexOf('__PRERENDERED_STATE__'))
  const end = /"(?:[^"\\]|\\.)*"/y
  end.lastIndex = start
  return JSON.parse(JSON.parse(end.exec(text)?.[0] ?? '"{}"'))
}

function json(bytes: Buffer): unknown {
  return JSON.parse(bytes.toString('utf8'))
}

function next(bytes: Buffer): unknown {
  return JSON.parse(between(bytes, '<script id="__NEXT_DATA__"', '>', '</script>'))
}

function attribute(bytes: Buffer): unknown {
  const text = between(bytes, 'id="initial-data"', 'data-json="', '"')
  return JSON.parse(text.replaceAll('&quot;', '"').replaceAll('&amp;', '&'))
}

// Not ours to depend on: it is the one that cheerio brings along.
const { Parser } = createRequire(createRequire(import.meta.url).resolve('cheerio'))('htmlparser2')

/** Pages without state are held against a pass of htmlparser2 over the same bytes, which keeps nothing. */
function elements(bytes: Buffer): unknown {
  return new Parser({}).end(bytes.toString('utf8'))
}

function urql(bytes: Buffer): unknown {
  const state = JSON.parse(between(bytes, '<script id="__NEXT_DATA__"', '>', '</script>'))
  const entries = Object.values<{ data: string }>(state.props.pageProps.urqlState)
  return entries.map(({ data }) => JSON.parse(data))
}

/** The sources as they are shipped: bundled, since Node alone does not know the `@/` of their imports. */
async function bundleSources(outfile: string): Promise<void> {
  const entryPoints = [join(ROOT, 'src/bargains/sources/registry.ts')]
  const options = { bundle: true, format: 'esm', platform: 'node', target: 'node22' } as const
  await build({ ...options, entryPoints, outfile, absWorkingDir: ROOT, logLevel: 'error' })
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
  readonly kB: number
  readonly items: number
  readonly ms: number
  readonly 'pages/s': number
  readonly 'MB/s': number
  readonly 'floor ms': number
  readonly ratio: number
  /** 1 for pages with a state, 2 for elements. */
  readonly aim: number
  /** Of a process that does nothing else, after some hundred pages. */
  readonly 'RSS MB': number
}

/** Each format in a process of its own: what one page teaches the compiler slows another, and memory is told apart. */
export async function run(): Promise<readonly ParseFigure[]> {
  const present = FORMATS.filter(({ file }) => existsSync(join(FOLDER, file)))
  if (present.length === 0) console.log(`parse: no captures at ${FOLDER}, nothing measured`)
  const temporary = mkdtempSync(join(tmpdir(), 'gleaner-parse-'))
  const bundle = join(temporary, 'sources.mjs')
  try {
    await bundleSources(bundle)
    const figures = present.map(({ name }) => measureApart(name, bundle))
    if (figures.length > 0) console.table(figures)
    return figures
  } finally {
    rmSync(temporary, { recursive: true })
  }
}

function measureApart(name: string, bundle: string): ParseFigure {
  return JSON.parse(execFileSync(process.execPath, [fileURLToPath(import.meta.url), name, bundle]).toString())
}

async function measure(name: string, bundle: string): Promise<ParseFigure> {
  const format = FORMATS.find((candidate) => candidate.name === name)
  const { sources }: { sources: readonly Source[] } = await import(pathToFileURL(bundle).href)
  const source = sources.find(({ id }) => id === format?.source)
  if (!format || !source) throw new Error(`no format ${name}`)
  const bytes = readFileSync(join(FOLDER, format.file))
  const parse = () => source.parse({ bytes, url: format.url, status: 200, headers: {} })
  const ms = median(parse)
  const rss = process.memoryUsage.rss()
  const floor = median(() => format.floor(bytes))
  return {
    ...{ format: name, kB: Math.round(bytes.length / 1024), items: parse().items.length, ms: round(ms) },
    ...{ 'pages/s': Math.round(1000 / ms), 'MB/s': Math.round(bytes.length / 1_000 / ms), 'floor ms': round(floor) },
    ...{ ratio: round(ms / floor), aim: format.floor === elements ? 2 : 1, 'RSS MB': Math.round(rss / 1e6) },
  }
}

function round(figure: number): number {
  return Number(figure.toFixed(2))
}

const [, self, name, bundle] = process.argv
if (self === fileURLToPath(import.meta.url)) {
  if (name && bundle) console.log(JSON.stringify(await measure(name, bundle)))
  else await run()
}
