import type { Site } from '../advert.ts'

/** The searches of a simulated month: as many on each host, every one with a word of its own. */

export type MonthSize = {
  readonly seed: number
  readonly searches: number
  readonly adverts: number
  readonly days: number
  /** Which part of the adverts is in busy searches. */
  readonly busyShare: number
  /** Minutes between two looks at a busy search, and at a quiet one. */
  readonly busyMinutes: number
  readonly quietMinutes: number
}

export type PlannedSearch = {
  readonly n: number
  readonly site: Site
  /** As the world's modes name it. */
  readonly host: string
  readonly url: string
  /** Every title begins with it. */
  readonly word: string
  readonly busy: boolean
  /** More adverts than one page shows. */
  readonly deep: boolean
  readonly minutes: number
  /** Złoty: a narrower view of the search of that number, up to that price. */
  readonly within: { readonly search: number; readonly upTo: number } | null
}

type MonthHost = {
  readonly site: Site
  readonly host: string
  readonly url: (word: string, upTo?: number) => string
  /** Its searches take a highest price. */
  readonly narrows?: true
}

export const MONTH_HOSTS: readonly MonthHost[] = [
  {
    site: 'olx',
    host: 'olx.pl',
    url: (word, upTo) =>
      `https://www.olx.pl/oferty/q-${word}/${upTo === undefined ? '' : `?search[filter_float_price:to]=${upTo}`}`,
    narrows: true,
  },
  { site: 'otomoto', host: 'otomoto.pl', url: (word) => `https://www.otomoto.pl/osobowe?q=${word}` },
  { site: 'kleinanzeigen', host: 'kleinanzeigen.de', url: (word) => `https://www.kleinanzeigen.de/s-${word}/k0` },
  { site: 'vinted', host: 'vinted.pl', url: (word) => `https://www.vinted.pl/catalog?search_text=${word}` },
  { site: 'marktplaats', host: 'marktplaats.nl', url: (word) => `https://www.marktplaats.nl/q/${word}/` },
  {
    site: 'sprzedajemy',
    host: 'sprzedajemy.pl',
    url: (word, upTo) =>
      `https://sprzedajemy.pl/szukaj?${upTo === undefined ? '' : `inp_price[to]=${upTo}&`}inp_text[v]=${word}`,
    narrows: true,
  },
]

const LETTERS = 'bcdfghjklmnprstwz'

/** Words of one length, so that none begins another. */
export function wordOf(n: number): string {
  const letter = (at: number) => LETTERS[Math.floor(n / LETTERS.length ** at) % LETTERS.length] ?? 'x'
  return `${letter(2)}o${letter(1)}e${letter(0)}ka`
}

/** The tenth search of each host is busy; the last of those whose hosts narrow looks at the one before it, up to a price. */
export function planSearches(size: MonthSize): readonly PlannedSearch[] {
  return Array.from({ length: size.searches }, (_, n) => planSearch(size, n))
}

const NARROW_UP_TO = 500
/** Adverts that come to a quiet search in a day, beyond which its pages are too short for all that are there. */
const MOST_A_DAY = 5

function isCrowded({ searches, adverts, busyShare, days }: MonthSize): boolean {
  return (adverts * (1 - busyShare)) / searches / days > MOST_A_DAY
}

function planSearch(size: MonthSize, n: number): PlannedSearch {
  const place = MONTH_HOSTS[n % MONTH_HOSTS.length]
  if (place === undefined) throw new Error('a month has hosts')
  const row = Math.floor(n / MONTH_HOSTS.length)
  const busy = row % 10 === 2
  const deep = busy || isCrowded(size)
  const narrow = !deep && place.narrows === true && row % 5 === 4
  const wide = n - MONTH_HOSTS.length
  const word = wordOf(narrow ? wide : n)
  return {
    ...{ n, site: place.site, host: place.host, word, busy, deep },
    url: place.url(word, narrow ? NARROW_UP_TO : undefined),
    minutes: busy ? size.busyMinutes : size.quietMinutes,
    within: narrow ? { search: wide, upTo: NARROW_UP_TO } : null,
  }
}
