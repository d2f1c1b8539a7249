import type { Month } from './testing-month'
import type { Told, ToldSignal } from './testing-month-told'

/** What was told of searches in trouble, against what their hosts answered, as the world's own log has it. */
export type TroubleVerdict = {
  readonly told: number
  readonly missed: readonly string[]
  readonly wrong: readonly string[]
}

type Answer = 'good' | 'bad' | 'failed' | 'unknown'

/** What a page in this mode has to be taken for; of a page that was cut or changed by chance nobody knows beforehand. */
function answerOf(host: string, mode: string): Answer {
  if (mode === 'cut' || mode === 'mutated') return 'unknown'
  if (mode === 'broken') return 'failed'
  if (mode === 'blocked' || mode === 'captcha200' || mode === 'changed' || mode === 'gone' || mode === 'rate')
    return 'bad'
  // Nobody has seen what these two say when nothing is found.
  return mode === 'empty' && (host === 'kleinanzeigen.de' || host === 'sprzedajemy.pl') ? 'bad' : 'good'
}

type Episode = { readonly from: number; told: boolean; unknown: boolean; over: boolean }

export function judgeTroubles(month: Month, told: Told): TroubleVerdict {
  const reads = readsBySearch(month, told)
  const told1 = (signal: ToldSignal) =>
    `${signal.watch} ${signal.facts.searchId} ${Date.parse(String(signal.facts.since)) - month.begin.getTime()}`
  const troubles = told.signals.filter(({ kind }) => /^search\.(blocked|changed|failing|gone|forbidden)$/.test(kind))
  const recoveries = told.signals.filter(({ kind }) => kind === 'search.recovered')
  const [due, allowed, over] = [new Set<string>(), new Set<string>(), new Set<string>()]
  for (const { id, url } of told.searches)
    for (const episode of episodesOf(reads.get(id) ?? []))
      for (const watch of watchesOf(month, url)) {
        const key = `${watch} ${id} ${episode.from}`
        allowed.add(key)
        if (episode.told && !episode.unknown) due.add(key)
        if (episode.over) over.add(key)
      }
  const heard = troubles.map(told1)
  const ended = recoveries.map(told1)
  return {
    told: heard.length + ended.length,
    missed: [
      ...[...due].filter((key) => !heard.includes(key)).map((key) => `trouble ${key}`),
      ...heard.filter((key) => over.has(key) && !ended.includes(key)).map((key) => `recovery ${key}`),
    ],
    wrong: [
      ...heard.filter((key, n) => heard.indexOf(key) !== n || !allowed.has(key)).map((key) => `trouble ${key}`),
      ...ended.filter((key, n) => ended.indexOf(key) !== n || !heard.includes(key)).map((key) => `recovery ${key}`),
    ],
  }
}

function watchesOf({ watches }: Month, url: string): readonly number[] {
  const words = decodeURIComponent(url)
  const narrow = /price:to|price\[to\]/.test(words)
  return watches
    .filter(({ searches }) => searches.some(({ word, within }) => words.includes(word) && (within !== null) === narrow))
    .map(({ n }) => n)
}

type Read = { readonly at: number; readonly answer: Answer }

/** First pages alone: by their address, or at the site's API. */
function readsBySearch({ hosts, begin }: Month, { searches }: Told): ReadonlyMap<string, readonly Read[]> {
  const ids = new Map(
    searches.flatMap(({ id, url, apiUrl }) =>
      [url, apiUrl].flatMap((one) => (one === null ? [] : [[addressOf(one), id] as const])),
    ),
  )
  const reads = new Map<string, Read[]>()
  for (const { host, path, at, mode } of hosts.flatMap(({ world }) => world.market.requests)) {
    const id = ids.get(`${host}${path}`)
    if (id === undefined) continue
    reads.set(id, [...(reads.get(id) ?? []), { at: at.getTime() - begin.getTime(), answer: answerOf(host, mode) }])
  }
  return reads
}

function addressOf(url: string): string {
  const { hostname, pathname, search } = new URL(url)
  return `${hostname.replace(/^www\./, '')}${pathname}${search}`
}

/** RULES: a refusal, a page that cannot be read or is gone is told at once, a failing site after three failures. */
function episodesOf(reads: readonly Read[]): readonly Episode[] {
  const episodes: Episode[] = []
  let open: (Episode & { failures: number }) | null = null
  for (const { at, answer } of reads) {
    if (answer === 'good') {
      if (open) open.over = true
      open = null
      continue
    }
    if (open === null) {
      open = { from: at, told: false, unknown: false, over: false, failures: 0 }
      episodes.push(open)
    }
    open.failures++
    open.unknown ||= answer === 'unknown'
    open.told ||= answer === 'bad' || open.failures >= 3
  }
  return episodes
}

/** The worlds' logs against what a host grants: the most in any minute, the most at once, and requests within a `Retry-After`. */
export function judgePoliteness({ hosts }: Month) {
  return hosts.map(({ host, world: { market } }) => {
    let [until, early] = [0, 0]
    for (const { at, status, retryAfter } of market.requests) {
      if (at.getTime() < until) early++
      if (status === 429) until = at.getTime() + (retryAfter ?? 0) * 1000
    }
    const [busiestMinute, atOnce] = [market.busiestMinute(host), market.peakAtOnce(host)]
    return { host, requests: market.requests.length, busiestMinute, atOnce, early }
  })
}
