import { addDays, addMonths, type PlainDate } from '@/kernel/dates'
import { divideHalfEven } from '@/kernel/money'

export const FREQUENCIES = [
  'weekly',
  'biweekly',
  'monthly',
  'bimonthly',
  'quarterly',
  'semiannual',
  'annual',
  'irregular',
] as const
export type Frequency = (typeof FREQUENCIES)[number]

type Period = { readonly days: number } | { readonly months: number }

const PERIODS: Readonly<Record<Exclude<Frequency, 'irregular'>, Period>> = {
  weekly: { days: 7 },
  biweekly: { days: 14 },
  monthly: { months: 1 },
  bimonthly: { months: 2 },
  quarterly: { months: 3 },
  semiannual: { months: 6 },
  annual: { months: 12 },
}

/** Payments a year over twelve months, as a fraction. Source: RULES "Frequencies". */
const MONTHLY: Readonly<Record<Frequency, readonly [numerator: bigint, denominator: bigint]>> = {
  weekly: [52n, 12n],
  biweekly: [26n, 12n],
  monthly: [1n, 1n],
  bimonthly: [1n, 2n],
  quarterly: [1n, 3n],
  semiannual: [1n, 6n],
  annual: [1n, 12n],
  irregular: [0n, 1n],
}

export type Promised = { readonly amount: bigint; readonly frequency: Frequency }

/**
 * What promises of one currency come to in a month, in minor units: added as fractions and rounded once, half to even. An
 * irregular one adds nothing.
 */
export function monthlyEquivalent(promises: readonly Promised[]): bigint {
  const twelfths = promises.map(({ amount, frequency }) => {
    const [numerator, denominator] = MONTHLY[frequency]
    return (amount * numerator * 12n) / denominator
  })
  return divideHalfEven(
    twelfths.reduce((sum, part) => sum + part, 0n),
    12n,
  )
}

/** The nth due date after the first (0 is the first itself); `anchorDay` is kept through short months. */
export function dueDate(first: PlainDate, anchorDay: number, frequency: Frequency, n: number): PlainDate | null {
  if (frequency === 'irregular') return null
  const period = PERIODS[frequency]
  return 'days' in period ? addDays(first, period.days * n) : addMonths(first, period.months * n, anchorDay)
}

/** Whether its periods are so many days, and not months. */
export function countsDays(frequency: Frequency): boolean {
  return frequency !== 'irregular' && 'days' in PERIODS[frequency]
}

/** The usual days between two payments, for a donor who says nothing else; null for an irregular one. */
export function periodDays(frequency: Frequency): number | null {
  if (frequency === 'irregular') return null
  const period = PERIODS[frequency]
  return 'days' in period ? period.days : Math.round((period.months * 365) / 12)
}

export const PLEDGE_STATES = ['active', 'upcoming', 'paused', 'completed', 'cancelled'] as const
export type PledgeState = (typeof PLEDGE_STATES)[number]

/** `untilOn` is the first day on which it goes on; null: until somebody resumes it. */
export type Pause = { readonly fromOn: PlainDate; readonly untilOn: PlainDate | null }

export function isPausedOn(pauses: readonly Pause[], date: PlainDate): boolean {
  return pauses.some(({ fromOn, untilOn }) => fromOn <= date && (untilOn === null || date < untilOn))
}

export type Lifetime = {
  readonly startOn: PlainDate
  /** The last day on which something may be due. */
  readonly endOn: PlainDate | null
  readonly cancelledOn: PlainDate | null
  /** Declared fulfilled before its end. */
  readonly completedOn: PlainDate | null
  readonly pauses: readonly Pause[]
}

/** How a pledge stands on a day. Never stored: a pause ends and an end date passes without anybody doing anything. */
export function stateOn(pledge: Lifetime, today: PlainDate): PledgeState {
  if (pledge.cancelledOn !== null) return 'cancelled'
  if (pledge.completedOn !== null || (pledge.endOn !== null && pledge.endOn < today)) return 'completed'
  if (isPausedOn(pledge.pauses, today)) return 'paused'
  return today < pledge.startOn ? 'upcoming' : 'active'
}
