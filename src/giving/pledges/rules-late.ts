import { daysBetween, type PlainDate } from '@/kernel/dates'

/** Days after the due date on which nobody is asked yet, where neither workspace nor pledge says otherwise. */
export const GRACE_DAYS = 10

export const LATE_BUCKETS = ['1-30', '31-60', '61+'] as const
export type LateBucket = (typeof LATE_BUCKETS)[number]

export type Owed = {
  readonly dueOn: PlainDate
  /** Minor units. */
  readonly amount: bigint
  readonly paid: bigint
  /** What nobody expects any more. */
  readonly writtenOff: bigint
  readonly skipped: boolean
}

/** What is still to come of an instalment, minor units. */
export function openAmount({ amount, paid, writtenOff, skipped }: Omit<Owed, 'dueOn'>): bigint {
  const open = amount - writtenOff - paid
  return skipped || open < 0n ? 0n : open
}

/** RULES "Late": not fully paid, and today is after the due date and its days of grace. */
export function isLate(owed: Owed, today: PlainDate, graceDays: number): boolean {
  return openAmount(owed) > 0n && daysBetween(owed.dueOn, today) > graceDays
}

/** Today less the due date: computed, never stored. 0 before it is due. */
export function daysLate(dueOn: PlainDate, today: PlainDate): number {
  return Math.max(0, daysBetween(dueOn, today))
}

/** The days' bucket; null for none. */
export function lateBucket(days: number): LateBucket | null {
  if (days < 1) return null
  if (days <= 30) return '1-30'
  return days <= 60 ? '31-60' : '61+'
}

/** A pledge's oldest late instalment, by which its one signal is known; null where none is late. */
export function oldestLate<I extends Owed>(instalments: readonly I[], today: PlainDate, graceDays: number): I | null {
  const late = instalments.filter((one) => isLate(one, today, graceDays))
  return late.toSorted((a, b) => (a.dueOn < b.dueOn ? -1 : 1))[0] ?? null
}

export const INSTALMENT_STATES = ['paid', 'partly', 'late', 'expected', 'skipped', 'written_off'] as const
export type InstalmentState = (typeof INSTALMENT_STATES)[number]

/** How an instalment stands on a day, as its square shows it. */
export function instalmentState(owed: Owed, today: PlainDate, graceDays: number): InstalmentState {
  if (owed.skipped) return 'skipped'
  if (owed.writtenOff > 0n && openAmount(owed) === 0n) return 'written_off'
  if (openAmount(owed) === 0n) return 'paid'
  if (isLate(owed, today, graceDays)) return 'late'
  return owed.paid > 0n ? 'partly' : 'expected'
}
