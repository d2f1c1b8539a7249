import type { MatchTagKind } from '@/ui/match-tag'
import type { ShellData } from '@/ui/shell-types'

export const sampleShell: ShellData = {
  user: { name: 'Anna', email: 'anna@example.org', role: 'owner' },
  workspace: { id: 'w', name: 'Kowalscy', timeZone: 'Europe/Warsaw', currency: 'PLN' },
  otherWorkspaces: [{ id: 'b', name: 'Food bank' }],
  halves: { bargains: true, giving: false },
  locale: 'en',
  counts: {},
}

export type SampleWatch = {
  id: string
  name: string
  source: string
  state: 'runs' | 'blocked' | 'paused'
  every: string
  checkedAt: Date | null
  fresh: number
  week: number[]
}

const MINUTE_MS = 60_000
/** Fixed, so that the server and the browser draw the same. */
export const SAMPLE_NOW = Date.UTC(2026, 10, 20, 12)

const ago = (minutes: number) => new Date(SAMPLE_NOW - minutes * MINUTE_MS)

export const sampleWatches: SampleWatch[] = [
  {
    id: 'w1',
    name: 'Rower miejski Kraków',
    source: 'OLX.pl · 2 searches',
    state: 'runs',
    every: '10 min',
    checkedAt: ago(2),
    fresh: 4,
    week: [2, 3, 2, 5, 3, 4, 4],
  },
  {
    id: 'w2',
    name: 'Passat B8 kombi, diesel, od pierwszego właściciela, bezwypadkowy',
    source: 'Otomoto',
    state: 'runs',
    every: '30 min',
    checkedAt: ago(9),
    fresh: 0,
    week: [5, 5, 3, 2, 2, 1, 0],
  },
  {
    id: 'w3',
    name: 'Łóżeczko',
    source: 'OLX.pl',
    state: 'blocked',
    every: '10 min',
    checkedAt: ago(140),
    fresh: 0,
    week: [1, 0, 2, 1, 0, 0, 0],
  },
  {
    id: 'w4',
    name: 'Zamrażarka',
    source: 'OLX.pl',
    state: 'paused',
    every: '1 h',
    checkedAt: null,
    fresh: 0,
    week: [0, 0, 0, 0, 0, 0, 0],
  },
]

export type SampleMatch = {
  id: string
  title: string
  photo: string | null
  amount: string
  before: string | null
  place: string
  seen: Date
  tags: MatchTagKind[]
  gone: boolean
}

const PICTURE = `data:image/svg+xml,${encodeURIComponent('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 56 56"><rect width="56" height="56" fill="#9fb3a4"/><circle cx="18" cy="36" r="9" fill="none" stroke="#2d3a31" stroke-width="2"/><circle cx="38" cy="36" r="9" fill="none" stroke="#2d3a31" stroke-width="2"/><path d="M18 36l8-14h8l4 14M26 22l-3-4" fill="none" stroke="#2d3a31" stroke-width="2"/></svg>')}`

const titles = [
  'Rower miejski Gazelle 28"',
  'Rower damka z koszykiem, stan bardzo dobry, po przeglądzie w serwisie',
  'Batavus Monaco 7 biegów',
  'Rower składany 20"',
  'Sparta Pick-Up',
  'Koga Miyata',
]

export const sampleMatches: SampleMatch[] = Array.from({ length: 240 }, (_, place) => ({
  id: `m${place}`,
  title: `${titles[place % titles.length]}`,
  photo: place % 4 === 3 ? null : PICTURE,
  amount: `${(650 + ((place * 137) % 900)) * 100}`,
  before: place % 5 === 0 ? `${(750 + ((place * 137) % 900)) * 100}` : null,
  place: ['Kraków, Podgórze · 3.2 km', 'Wieliczka · 11 km', 'Skawina · 14 km'][place % 3] ?? '',
  seen: ago(place * 23),
  tags:
    place % 5 === 0
      ? ['cheaper', 'lowest']
      : place < 4
        ? ['new']
        : place % 7 === 0
          ? ['again']
          : place % 11 === 0
            ? ['gone']
            : [],
  gone: place % 11 === 0 && place % 5 !== 0 && place >= 4 && place % 7 !== 0,
}))
