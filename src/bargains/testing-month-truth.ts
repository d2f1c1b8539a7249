import type { Deed, PlannedAdvert } from '../../e2e/world/market/month/lives'
import type { MonthPlan } from '../../e2e/world/market/month/plan'
import type { MonthWatch } from './testing-month-watches'

/** What a watch has to be told in a simulated month: from the plan and RULES alone, without a line of what is tested. */
export type Due = {
  readonly watch: number
  readonly advert: number
  readonly kind: 'new' | 'drop' | 'again'
  /** Milliseconds from the month's beginning: when it happened. */
  readonly at: number
  /** Whole złoty or euro then. */
  readonly price: number
  /** Of a drop. */
  readonly before: number | null
  readonly lowest: boolean
}

export function truthOf(plan: MonthPlan, watches: readonly MonthWatch[]): readonly Due[] {
  const bySearch = Map.groupBy(plan.adverts, ({ search }) => search)
  return watches.flatMap((watch) => {
    const [first] = watch.searches
    const adverts = bySearch.get(first?.within?.search ?? first?.n ?? -1) ?? []
    return adverts.flatMap((advert) => dueOf(watch, advert))
  })
}

type Seen = {
  price: number
  /** All prices before. */
  readonly earlier: number[]
  matched: boolean
  /** The level that was told last, what it fell from, and whether the price was above that since. */
  told: { now: number; before: number; rose: boolean } | null
  hidden: 'removed' | 'held' | null
}

function dueOf(watch: MonthWatch, advert: PlannedAdvert): readonly Due[] {
  const seen: Seen = { price: 0, earlier: [], matched: false, told: null, hidden: null }
  const deeds = advert.deeds.toSorted((a, b) => a.at - b.at)
  return deeds.flatMap((deed) => {
    const said = judge(watch, advert, seen, deed)
    return said === null ? [] : [{ watch: watch.n, advert: advert.n, at: deed.at, price: seen.price, ...said }]
  })
}

type Said = Pick<Due, 'kind' | 'before' | 'lowest'>
const PLAIN = { before: null, lowest: false }

function judge(watch: MonthWatch, advert: PlannedAdvert, seen: Seen, deed: Deed): Said | null {
  switch (deed.kind) {
    case 'publish':
      seen.price = deed.price
      seen.matched = passes(watch, deed.price) && isShown(watch, deed.price)
      return seen.matched && !advert.seeded ? { kind: 'new', ...PLAIN } : null
    case 'reprice':
      return afterReprice(watch, seen, deed.price)
    case 'restore': {
      const wasGone = seen.hidden === 'removed'
      seen.hidden = null
      return wasGone && seen.matched && passes(watch, seen.price) ? { kind: 'again', ...PLAIN } : null
    }
    case 'remove':
    case 'repost':
      seen.hidden = 'removed'
      return null
    case 'hold':
      seen.hidden = 'held'
      return null
    case 'bump':
    case 'promote':
      return null
  }
}

function afterReprice(watch: MonthWatch, seen: Seen, price: number): Said | null {
  const before = seen.price
  const lowest = [...seen.earlier, before].every((one) => price < one)
  seen.earlier.push(before)
  seen.price = price
  if (seen.told && price > seen.told.before) seen.told.rose = true
  if (!passes(watch, price)) return null
  if (!seen.matched) return firstPass(watch, seen, { before, lowest })
  const isSameLevel = seen.told !== null && !seen.told.rose && price >= seen.told.now
  if ((before - price) * 100 < 5 * before || isSameLevel) return null
  return drop(seen, { before, lowest })
}

/** New to the search itself it is new; known there, and let in by a lower price, it is a drop of whatever size. */
function firstPass(watch: MonthWatch, seen: Seen, was: { before: number; lowest: boolean }): Said | null {
  if (!isShown(watch, seen.price)) return null
  seen.matched = true
  const known = watch.searches.some(({ within }) => within === null)
  return known && seen.price < was.before ? drop(seen, was) : { kind: 'new', ...PLAIN }
}

function drop(seen: Seen, was: { before: number; lowest: boolean }): Said {
  seen.told = { now: seen.price, before: was.before, rose: false }
  return { kind: 'drop', ...was }
}

function passes({ priceTo }: MonthWatch, price: number): boolean {
  return priceTo === null || price <= priceTo
}

function isShown({ searches }: MonthWatch, price: number): boolean {
  return searches.some(({ within }) => within === null || price <= within.upTo)
}
