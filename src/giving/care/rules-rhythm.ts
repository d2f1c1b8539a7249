import { addDays, daysBetween, type PlainDate } from '@/kernel/dates'

/** Days on which the donor agreed not to give: from `from` on, before `to`; null is open. */
export type Pause = { readonly from: PlainDate; readonly to: PlainDate | null }

/** Why a gap is what it is: an active pledge, the donor's own gifts, or nothing better than a year. */
export type GapBasis = 'pledge' | 'own' | 'default'
export type Gap = { readonly days: number; readonly basis: GapBasis }

const DEFAULT_GAP = 365

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
 * gaps, known from three days of giving on; else a year. Source: RULES "At risk".
 */
export function expectedGap(pledgeDays: number | null, medianGap: number | null): Gap {
  if (pledgeDays !== null) return { days: pledgeDays, basis: 'pledge' }
  return medianGap === null ? { days: DEFAULT_GAP, basis: 'default' } : { days: medianGap, basis: 'own' }
}

function later(a: PlainDate, b: PlainDate): PlainDate {
  return a > b ? a : b
}

function earlier(a: PlainDate, b: PlainDate): PlainDate {
  return a < b ? a : b
}
