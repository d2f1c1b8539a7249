import { addMonths, type PlainDate } from '@/kernel/dates'
import { countsDays, dueDate, type Frequency, isPausedOn, type Pause } from './rules'

/** One version of what was promised; it holds from a day on, until the next one does. */
export type Terms = {
  readonly fromOn: PlainDate
  /** Minor units. */
  readonly amount: bigint
  readonly frequency: Frequency
  /** The first due date of this version's row of dates. */
  readonly firstDueOn: PlainDate
  /** 1–31: kept through short months. */
  readonly anchorDay: number
}

export type Schedule = {
  /** In the order of their `fromOn`. */
  readonly terms: readonly Terms[]
  readonly pauses: readonly Pause[]
  readonly endOn: PlainDate | null
}

export type PlannedInstalment = { readonly dueOn: PlainDate; readonly amount: bigint; readonly skipped: boolean }

/** How far instalments are written ahead: a year's payment at once finds something to pay. */
const MONTHS_AHEAD = 13

export function horizonOf(today: PlainDate): PlainDate {
  return addMonths(today, MONTHS_AHEAD)
}

/** The first version: due on the start date, or one period later where the pledge says so. */
export function firstTerms(promise: {
  readonly startOn: PlainDate
  readonly amount: bigint
  readonly frequency: Frequency
  readonly firstAfterPeriod: boolean
}): Terms {
  const { startOn, amount, frequency, firstAfterPeriod } = promise
  const anchorDay = dayOf(startOn)
  const firstDueOn = (firstAfterPeriod && dueDate(startOn, anchorDay, frequency, 1)) || startOn
  return { fromOn: startOn, amount, frequency, firstDueOn, anchorDay }
}

/**
 * A version that follows: it goes on with the dates that there were, the first of them on or after `fromOn`, unless a
 * first date of its own is given.
 */
export function nextTerms(
  schedule: Schedule,
  change: {
    readonly fromOn: PlainDate
    readonly amount: bigint
    readonly frequency: Frequency
    readonly firstDueOn: PlainDate | null
  },
): Terms {
  const { fromOn, amount, frequency, firstDueOn } = change
  const before = schedule.terms.findLast((terms) => terms.fromOn <= fromOn) ?? schedule.terms[0]
  const going = before && firstDueOn === null ? firstFrom(before, fromOn) : null
  if (before && going) return { fromOn, amount, frequency, firstDueOn: going, anchorDay: anchorOf(before, going) }
  const first = firstDueOn ?? fromOn
  return { fromOn, amount, frequency, firstDueOn: first, anchorDay: dayOf(first) }
}

/** Months keep the day that they had; of weeks, whose day wanders, it is the day of the date itself. */
function anchorOf({ frequency, anchorDay }: Terms, going: PlainDate): number {
  return countsDays(frequency) ? dayOf(going) : anchorDay
}

function firstFrom(terms: Terms, fromOn: PlainDate): PlainDate | null {
  for (let n = 0; ; n++) {
    const dueOn = dueDate(terms.firstDueOn, terms.anchorDay, terms.frequency, n)
    if (dueOn === null || dueOn >= fromOn) return dueOn
  }
}

/** Every instalment up to and with `until`, oldest first. A pause skips what is due in it; irregular terms expect nothing. */
export function planInstalments(schedule: Schedule, until: PlainDate): readonly PlannedInstalment[] {
  const last = schedule.endOn !== null && schedule.endOn < until ? schedule.endOn : until
  return schedule.terms.flatMap((terms, n) => {
    const next = schedule.terms[n + 1]?.fromOn ?? null
    return datesOf(terms, next, last).map((dueOn) => ({
      dueOn,
      amount: terms.amount,
      skipped: isPausedOn(schedule.pauses, dueOn),
    }))
  })
}

function datesOf(terms: Terms, before: PlainDate | null, last: PlainDate): readonly PlainDate[] {
  const dates: PlainDate[] = []
  for (let n = 0; ; n++) {
    const dueOn = dueDate(terms.firstDueOn, terms.anchorDay, terms.frequency, n)
    if (dueOn === null || dueOn > last || (before !== null && dueOn >= before)) return dates
    if (dueOn >= terms.fromOn) dates.push(dueOn)
  }
}

function dayOf(date: PlainDate): number {
  return Number(date.slice(8))
}
