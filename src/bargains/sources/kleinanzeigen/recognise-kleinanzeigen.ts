import { addressOf, cleanParams, countFilters, pathOf, segmentsOf } from '../page/clean-params'
import { asMinorText } from '../page/read-amount'
import type { Recognised, SearchFacts } from '../source'

export const HOSTS = [
  'www.kleinanzeigen.de',
  'kleinanzeigen.de',
  'www.ebay-kleinanzeigen.de',
  'm.kleinanzeigen.de',
] as const
const ORIGIN = 'https://www.kleinanzeigen.de'

/** Ends the path of a search: `k0` with the category, the place and the radius in numbers, or a category alone. */
const CODE = /^(?:k0)?(?:c\d+)?(?:l\d+)?(?:r(\d+))?(?:\+.*)?$/
const PAGE_OR_ORDER = /^(s-)?(seite|sortierung):/

/** What an address of Kleinanzeigen is; null for another host. A search is shown newest first when no order is asked. */
export function recogniseKleinanzeigen(url: URL): Recognised | null {
  if (!HOSTS.some((host) => host === url.hostname)) return null
  const segments = segmentsOf(url.pathname)
  if (segments[0] === 's-anzeige') {
    const id = /^(\d{6,14})(?:-|$)/.exec(segments.at(-1) ?? '')?.[1] ?? null
    return { kind: 'offer', externalId: id, url: ORIGIN + url.pathname }
  }
  const code = CODE.exec(segments.at(-1) ?? '')
  const isSearch = segments.length > 1 && code?.[0] !== '' && code !== null
  const byForm = segments[0] === 's-suchanfrage.html' || segments[0] === 's-suchen.html'
  if (!segments[0]?.startsWith('s-') || !(isSearch || byForm)) return { kind: 'other' }
  const path = pathOf(firstPage(segments)).replaceAll('%3A', ':')
  const params = cleanParams(url.searchParams, /^(sortingfield|pagenum)$/i)
  const key = addressOf(ORIGIN, path, params)
  const query = url.searchParams.get('keywords')
  const says = tellFacts(segments, code?.[1] ?? null, query)
  return { kind: 'result', key, url: key, says: { ...says, others: says.others + countFilters(params, /^keywords$/) } }
}

/** `/s-seite:3/atari/k0` is `/s-atari/k0`, and `/s-x/seite:2/y/c1` is `/s-x/y/c1`. */
function firstPage(segments: readonly string[]): readonly string[] {
  const kept = segments.filter((segment) => !PAGE_OR_ORDER.test(segment))
  const [first = ''] = kept
  return first.startsWith('s-') ? kept : [`s-${first}`, ...kept.slice(1)]
}

function tellFacts(segments: readonly string[], radius: string | null, keywords: string | null): SearchFacts {
  const words = firstPage(segments).slice(0, -1)
  const plain = words.filter((segment) => !segment.includes(':')).map((segment) => segment.replace(/^s-/, ''))
  const hasQuery = segments.at(-1)?.startsWith('k0') ?? false
  const price = /^preis:(\d*):(\d*)$/.exec(words.find((segment) => segment.startsWith('preis:')) ?? '')
  const others = words.filter((segment) => segment.includes(':') && !segment.startsWith('preis:')).length
  return {
    category: hasQuery ? plain.slice(0, -1) : plain,
    place: null,
    distance: radius === null ? null : Number(radius.slice(0, 4)),
    query: keywords ?? (hasQuery ? (plain.at(-1)?.replaceAll('-', ' ') ?? null) : null),
    priceFrom: asMinorText(price?.[1] || null, 'EUR'),
    priceTo: asMinorText(price?.[2] || null, 'EUR'),
    currency: 'EUR',
    others,
  }
}
