import { addDays, momentOf, mondayOf, type PlainDate, weekdayOf } from '@/kernel/dates'
import type { LateBucket } from '../pledges/rules-late'
import type { GapBasis } from './rules-rhythm'

/** What a weekly summary says: plain JSON, kept as the signal's facts. Lists are cut; the counts are whole. */
export type SummaryFacts = {
  readonly workspace: string
  readonly memberId: string
  readonly workspaceId: string
  /** The week that it is about: Monday to Sunday. */
  readonly from: PlainDate
  readonly to: PlainDate
  readonly gifts: { readonly count: number; readonly sums: readonly Sum[]; readonly rows: readonly GiftRow[] }
  readonly fresh: Names
  readonly recovered: Names
  readonly late: {
    readonly count: number
    readonly buckets: readonly { readonly bucket: LateBucket; readonly count: number }[]
    readonly rows: readonly PersonRow[]
  }
  readonly risk: { readonly count: number; readonly rows: readonly RiskRow[] }
  readonly thanks: { readonly count: number; readonly sums: readonly Sum[] }
  readonly next: { readonly count: number; readonly sums: readonly Sum[] }
  readonly goal: { readonly goal: string; readonly promised: string; readonly currency: string } | null
  readonly tasks: {
    readonly count: number
    readonly rows: readonly { readonly title: string; readonly dueOn: PlainDate | null }[]
  }
  readonly birthdays: {
    readonly count: number
    readonly rows: readonly { readonly name: string; readonly on: PlainDate }[]
  }
}

/** Minor units as text: never two currencies added. */
export type Sum = { readonly currency: string; readonly total: string }
export type Names = { readonly count: number; readonly names: readonly string[] }
type GiftRow = { readonly contactId: string; readonly name: string; readonly amount: string; readonly currency: string }
type PersonRow = {
  readonly contactId: string
  readonly name: string
  readonly phone: string | null
  readonly days: number
}
type RiskRow = PersonRow & { readonly gapDays: number; readonly basis: GapBasis }

/** Nothing to say → no mail. A goal alone is no news. */
export function hasNews(facts: SummaryFacts): boolean {
  const { gifts, fresh, recovered, late, risk, thanks, next, tasks, birthdays } = facts
  return [gifts, fresh, recovered, late, risk, thanks, next, tasks, birthdays].some(({ count }) => count > 0)
}

/** The week before the one of `today`. */
export function lastWeek(today: PlainDate): { readonly from: PlainDate; readonly to: PlainDate } {
  const monday = mondayOf(today)
  return { from: addDays(monday, -7), to: addDays(monday, -1) }
}

/**
 * Whether a member's hour has come in the week of `today`, by the clock on the wall: an hour that daylight saving leaves
 * out comes an hour later, and of one that comes twice the first counts.
 */
export function isSummaryDue(
  { weekday, hour }: { readonly weekday: number; readonly hour: number },
  { today, now, timeZone }: { readonly today: PlainDate; readonly now: Date; readonly timeZone: string },
): boolean {
  if (weekdayOf(today) < weekday) return false
  const day = addDays(mondayOf(today), weekday - 1)
  return now.getTime() >= momentOf(day, hour, timeZone).getTime()
}
