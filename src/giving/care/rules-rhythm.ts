import { addDays, daysBetween, type PlainDate } from '@/kernel/dates'

/** Days on which the donor agreed not to give: from `from` on, before `to`; null is open. */
export type Pause = { readonly from: PlainDate; readonly to: PlainDate | null }

/** Why a gap is what it is: an active pledge, the donor's own gifts, or nothing better than a year. */
export type GapBasis = 'pledge' | 'own' | 'default'
export type Gap = { readonly days: number; readonly basis: GapBasis }

const DEFAULT_GAP = 365
const MEDIAN_FROM = 3

/** Days when something was given, each once, oldest first: two gifts of one day are no rhythm. */
export function givingDays(gifts: readonly PlainDate[]): readonly PlainDate[] {
  return [...new Set(gifts)].sort()
}

/** Days after `from` up to `to` on which a gift could be expected: those of agreed pauses are left out, once each. */
export function silentDays(from: PlainDate, to: PlainDate, pauses: readonly Pause[]): number {
  const after = addDays(from, 1)
  const end = addDays(to, 1)
  return daysBetween(after, end) - pausedDays(after, end, pauses)
}

/** Days of pauses within [start, end), those of two pauses counted once. */
function pausedDays(start: PlainDate, end: PlainDate, pauses: readonly Pause[]): number {
  let [sum, reached] = [0, start]
  for (const pause of pauses.toSorted((a, b) => (a.from < b.from ? -1 : 1))) {
    const from = later(pause.from, reached)
    const to = pause.to === null ? end : earlier(pause.to, end)
    if (from >= to) continue
    sum += daysBetween(from, to)
    reached = to
  }
  return sum
}

/**
 * What lies between two gifts when all is well, in days: the active pledge's period; else the median of the donor's own
 * gaps once three days of giving are known; else a year. Source: RULES "At risk".
 */
export function expectedGap(gifts: readonly PlainDate[], pledgeDays: number | null, pauses: readonly Pause[]): Gap {
  if (pledgeDays !== null) return { days: pledgeDays, basis: 'pledge' }
  const days = givingDays(gifts)
  if (days.length < MEDIAN_FROM) return { days: DEFAULT_GAP, basis: 'default' }
  return { days: medianOf(gapsOf(days, pauses)), basis: 'own' }
}

/** At least a day each: a gift within a pause has no silence before it. */
function gapsOf(days: readonly PlainDate[], pauses: readonly Pause[]): readonly number[] {
  return days.slice(1).map((day, at) => Math.max(1, silentDays(days[at] ?? day, day, pauses)))
}

/** Of an even count the mean of the two in the middle. Throws for none. */
export function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const [low, high] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.floor(sorted.length / 2)]]
  if (low === undefined || high === undefined) throw new RangeError('no values have no median')
  return (low + high) / 2
}

function later(a: PlainDate, b: PlainDate): PlainDate {
  return a > b ? a : b
}

function earlier(a: PlainDate, b: PlainDate): PlainDate {
  return a < b ? a : b
}
