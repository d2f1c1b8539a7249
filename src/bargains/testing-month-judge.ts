import { GONE_GAP, gapOf, HOUR } from '../../e2e/world/market/month/lives'
import type { Month } from './testing-month'
import type { Told, ToldSignal } from './testing-month-told'
import { type Due, truthOf } from './testing-month-truth'
import type { MonthWatch } from './testing-month-watches'

/** What was told of adverts, against what happened to them. */
export type AdvertVerdict = {
  readonly found: readonly { readonly due: Due; readonly at: number }[]
  readonly missed: readonly Due[]
  readonly doubled: readonly ToldSignal[]
  readonly invented: readonly ToldSignal[]
}

const KINDS: Readonly<Record<string, Due['kind']>> = {
  'listing.new': 'new',
  'listing.price_drop': 'drop',
  'listing.reappeared': 'again',
}

type Found = AdvertVerdict['found'][number]
/** What is to be told still, and what was. */
type Ledger = { readonly open: ReadonlyMap<string, Due[]>; readonly found: Found[] }

export function judgeAdverts({ plan, watches, until }: Month, told: Told): AdvertVerdict {
  const dues = Map.groupBy(truthOf(plan, watches), keyOf)
  const ledger: Ledger = { open: new Map([...dues].map(([key, list]) => [key, [...list]])), found: [] }
  const single = told.signals.filter(({ kind }) => kind in KINDS)
  const wrong = single.filter((signal) => !isDue(ledger, signal))
  const doubled = wrong.filter((signal) => ledger.found.some(({ due }) => isSame(signal, due)))
  const many = told.signals.filter(({ kind }) => kind === 'listing.many')
  const invented = [
    ...wrong.filter((signal) => !doubled.includes(signal)),
    ...many.filter((signal) => !areDue(ledger, told, signal)),
  ]
  const left = [...ledger.open.values()].flat()
  const missed = left.filter((due) => due.at < until - patienceOf(watches[due.watch]))
  return { found: ledger.found, missed, doubled, invented }
}

/** Takes what this message tells off the ledger; false where nothing of the kind was to be told. */
function isDue(ledger: Ledger, signal: ToldSignal): boolean {
  const dues = ledger.open.get(`${signal.watch} ${signal.advert}`) ?? []
  const due = dues.find((one) => one.at <= signal.at && isSame(signal, one))
  if (due) settle(ledger, due, signal.at)
  return due !== undefined
}

/** One message for several adverts: what it counts is what the watch found at that moment. */
function areDue(ledger: Ledger, told: Told, signal: ToldSignal): boolean {
  const dues = [...ledger.open.values()].flat()
  const inside = dues.filter((due) => due.watch === signal.watch && isOf(told, due, signal.at))
  const counted = (kind: Due['kind']) => inside.filter((due) => due.kind === kind).length
  for (const due of inside) settle(ledger, due, signal.at)
  const { fresh, cheaper, again } = signal.facts
  return counted('new') === fresh && counted('drop') === cheaper && counted('again') === again
}

function settle({ open, found }: Ledger, due: Due, at: number): void {
  const dues = open.get(keyOf(due)) ?? []
  dues.splice(dues.indexOf(due), 1)
  found.push({ due, at })
}

function isSame(signal: ToldSignal, due: Due): boolean {
  const { watch, advert, kind } = due
  return signal.watch === watch && signal.advert === advert && KINDS[signal.kind] === kind && says(signal, due)
}

/** What happened later than that before the end need not have been found. */
function patienceOf(watch: MonthWatch | undefined): number {
  return Math.max(40 * HOUR, ...(watch?.searches.map(gapOf) ?? []))
}

function keyOf({ watch, advert }: Due): string {
  return `${watch} ${advert}`
}

/** The figures of a message are those of the event. */
function says({ facts }: ToldSignal, due: Due): boolean {
  const { amount } = facts.price as { amount: string | null }
  if (amount !== `${due.price}00`) return false
  return due.kind !== 'drop' || (facts.before === `${due.before}00` && facts.newLowest === due.lowest)
}

/** Told in one message with others: what the watch found at that very moment. */
function isOf({ known }: Told, due: Due, at: number): boolean {
  const kept = known.get(keyOf(due))
  if (!kept || due.at > at) return false
  return due.kind === 'new' ? kept.matchedAt === at : kept.prices.get(at) === `${due.price}00`
}

export type GoneVerdict = {
  readonly found: readonly { readonly lag: number; readonly favourite: boolean }[]
  readonly missed: readonly number[]
  readonly doubled: readonly number[]
  readonly invented: readonly number[]
}

/** Adverts that somebody watches are found gone once each time they go, and never while they are there. */
export function judgeGone({ plan, until: end }: Month, told: Told): GoneVerdict {
  const matched = new Set([...told.known.keys()].map((key) => Number(key.split(' ')[1])))
  const spans = plan.adverts.flatMap(({ n, deeds }) =>
    deeds.flatMap((deed) => {
      if (deed.kind !== 'remove' && deed.kind !== 'repost') return []
      const until =
        deeds.find((later) => later.kind === 'restore' && later.at > deed.at)?.at ?? Number.POSITIVE_INFINITY
      return [{ advert: n, from: deed.at, until, seen: [] as Told['gone'][number][] }]
    }),
  )
  const byAdvert = Map.groupBy(spans, ({ advert }) => advert)
  const invented: number[] = []
  for (const one of told.gone) {
    const span = byAdvert.get(one.advert)?.find(({ from, until }) => from <= one.at && one.at < until)
    if (span) span.seen.push(one)
    else invented.push(one.advert)
  }
  const due = spans.filter(({ advert, from }) => matched.has(advert) && from < end - GONE_GAP)
  return {
    found: spans.flatMap(({ from, seen }) =>
      seen.slice(0, 1).map(({ at, favourite }) => ({ lag: at - from, favourite })),
    ),
    missed: due.filter(({ seen }) => seen.length === 0).map(({ advert }) => advert),
    doubled: spans.filter(({ seen }) => seen.length > 1).map(({ advert }) => advert),
    invented,
  }
}

/** A repost is told as new; what it lists again is known to be so. */
export function judgeReposts({ plan }: Month, { reposts }: Told) {
  const planned = new Set(plan.adverts.flatMap(({ n, repostOf }) => (repostOf === null ? [] : [`${n} ${repostOf}`])))
  const linked = reposts.map(([advert, earlier]) => `${advert} ${earlier}`)
  return {
    planned: planned.size,
    found: linked.filter((pair) => planned.has(pair)).length,
    invented: linked.filter((pair) => !planned.has(pair)).length,
  }
}

/** Each watch hears once of each of its searches what was there already, and how many. */
export function judgeBaselines({ plan, watches }: Month, { signals }: Told): readonly string[] {
  const heard = signals.filter(({ kind }) => kind === 'watch.baseline')
  return watches.flatMap((watch) => {
    const own = heard.filter((signal) => signal.watch === watch.n)
    const wanted = watch.searches.map((search) => {
      const there = plan.adverts.filter((one) => one.seeded && one.search === (search.within?.search ?? search.n))
      const most = Math.min(search.within?.upTo ?? Infinity, watch.priceTo ?? Infinity)
      return there.filter(({ deeds: [first] }) => first?.kind === 'publish' && first.price <= most).length
    })
    const said = own.map(({ facts }) => Number(facts.count))
    const [one, other] = [said, wanted].map((counts) => counts.toSorted((a, b) => a - b).join())
    return one === other ? [] : [`watch ${watch.n}: ${one} instead of ${other}`]
  })
}
