import { readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Clock } from './clock.ts'
import { listen, sendText, urlOf } from './http.ts'

/**
 * Real pages that somebody saved, served from where they lie as the searches that they were: pages of one search one after
 * the other, in the order in which they were saved. `INDEX.tsv` in their folder says what each is.
 */

export type Replayed = { readonly name: string; readonly url: string; readonly files: readonly string[] }

export type Replay = {
  readonly searches: readonly Replayed[]
  /** Host → origin, for `GLEANER_ORIGINS`. */
  readonly origins: Readonly<Record<string, string>>
  readonly requests: readonly string[]
  readonly close: () => Promise<void>
}

/** Where a search of each site stands, that is called so, and which of its saved pages are such. */
type Site = { readonly host: string; readonly kind: RegExp; readonly path: (name: string) => string }

const PAGE = /^search page/
const NEXT = /^search page \(__NEXT_DATA__\)/

/** Every format that is read today and has a saved result page; of others nothing would be seen. */
const SITES: Readonly<Record<string, Site>> = {
  'olx.pl': { host: 'www.olx.pl', kind: PAGE, path: (name) => `/oferty/q-${name}/` },
  'olx.ua': { host: 'www.olx.ua', kind: PAGE, path: (name) => `/list/q-${name}/` },
  'olx.uz': { host: 'www.olx.uz', kind: PAGE, path: (name) => `/list/q-${name}/` },
  'olx.com.br': { host: 'www.olx.com.br', kind: NEXT, path: (name) => `/brasil?q=${name}` },
  'otomoto.pl': { host: 'www.otomoto.pl', kind: PAGE, path: (name) => `/osobowe/${name}` },
  'otodom.pl': { host: 'www.otodom.pl', kind: NEXT, path: (name) => `/pl/wyniki/sprzedaz/mieszkanie/${name}` },
  'sprzedajemy.pl': { host: 'sprzedajemy.pl', kind: PAGE, path: (name) => `/${name}` },
  'kleinanzeigen.de': { host: 'www.kleinanzeigen.de', kind: PAGE, path: (name) => `/s-${name}/k0` },
  'marktplaats.nl': { host: 'www.marktplaats.nl', kind: NEXT, path: (name) => `/q/${name}/` },
  'willhaben.at': {
    host: 'www.willhaben.at',
    kind: NEXT,
    path: (name) => `/iad/kaufen-und-verkaufen/marktplatz?keyword=${name}`,
  },
  vinted: { host: 'www.vinted.pl', kind: /^API json/, path: (name) => `/catalog?search_text=${name}` },
  rss: { host: 'feeds.example.org', kind: /listing feed/, path: (name) => `/${name}.xml` },
}

/** A saved page holds for so long, until the next one of its search comes. */
const HOLD = 60_000

export type ReplayOptions = {
  readonly folder: string
  readonly clock: Clock
  readonly host?: string
  readonly port?: number
  /** Milliseconds for which each page is the search's present one. */
  readonly hold?: number
}

export async function startReplay(options: ReplayOptions): Promise<Replay> {
  const { folder, clock, host = '127.0.0.1', port = 0, hold = HOLD } = options
  const searches = readIndex(folder)
  const shown = new Map<string, { at: number; since: number }>()
  const requests: string[] = []
  const server = await listen(
    async (request, response) => {
      const url = urlOf(request)
      requests.push(`${request.headers.host}${url.pathname}${url.search}`)
      const search = searches.find(({ name }) => `${url.pathname}${url.search}`.includes(name))
      if (url.pathname === '/robots.txt') return sendText(response, 404, '', 'text/plain')
      // No advert of its own is known: a page that says nothing, so that none is taken for gone.
      if (!search) return sendText(response, 200, '<title>Not among the saved pages</title>', 'text/html')
      const file = search.files[placeOf(search, shown, clock.now().getTime(), hold)] ?? ''
      sendText(response, 200, await readFile(join(folder, file)), typeOf(file))
    },
    host,
    port,
  )
  const origin = `http://${host}:${server.port}`
  const origins = Object.fromEntries(searches.map(({ url }) => [new URL(url).host, origin]))
  return { searches, origins, requests, close: server.close }
}

function typeOf(file: string): string {
  if (file.endsWith('.json')) return 'application/json'
  return /\.(atom|rss|xml)$/.test(file) ? 'application/xml' : 'text/html; charset=utf-8'
}

/** Which of its pages a search shows now; each begins when it is asked for the first time. */
function placeOf(
  { name, files }: Replayed,
  shown: Map<string, { at: number; since: number }>,
  now: number,
  hold: number,
) {
  const last = shown.get(name)
  if (last && (now - last.since < hold || last.at === files.length - 1)) return last.at
  const next = { at: last ? last.at + 1 : 0, since: now }
  shown.set(name, next)
  return next.at
}

type Row = { readonly file: string; readonly site: string; readonly saved: string }

/** Searches by site and name: `2025-07_search_a` and `_b` are pages of one. Legacy formats are left out: nothing reads them. */
function readIndex(folder: string): readonly Replayed[] {
  const [, ...lines] = readFileSync(join(folder, 'INDEX.tsv'), 'utf8').split('\n')
  const rows = lines.flatMap((line): readonly Row[] => {
    const [file = '', site = '', kind = '', , saved = ''] = line.split('\t')
    const isSearch = SITES[site]?.kind.test(kind) && !/legacy|article\.offer-item/.test(kind)
    return isSearch ? [{ file, site, saved }] : []
  })
  return [...Map.groupBy(rows, nameOf)].flatMap(([name, pages]) => {
    const site = SITES[pages[0]?.site ?? '']
    const files = pages.toSorted((a, b) => (a.saved < b.saved ? -1 : 1)).map(({ file }) => file)
    return site ? [{ name, url: `https://${site.host}${site.path(name)}`, files }] : []
  })
}

function nameOf({ file, site }: Row): string {
  const bare = file
    .replace(/^.*\//, '')
    .replace(/\.\w+$/, '')
    .replace(/_[a-z]$/, '')
  return `${site.replace(/\W/g, '-')}-${bare.toLowerCase().replace(/[^a-z0-9]+/g, '-')}`
}
