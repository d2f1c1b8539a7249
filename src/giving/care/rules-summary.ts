import { addDays, momentOf, mondayOf, type PlainDate, weekdayOf } from '@/kernel/dates'
import type { LateBucket } from '../pledges/rules-late'
import type { GapBasis } from './rules-rhythm'

/** Names in a section; the rest is a number. */
export const LISTED = 10

/** What a weekly summary says: plain JSON, kept as the signal's facts. Lists are cut; the counts are whole. */
export type SummaryFacts = GivingFacts & {
  readonly workspace: string
  readonly memberId: string
  readonly workspaceId: string
  /** Of one's own contacts, or of all where the role sees all. */
  readonly whose: 'mine' | 'all'
  /** Whether giving is switched on: else the summary is of the other half alone. */
  readonly giving: boolean
  /** The week that it is about: Monday to Sunday. */
  readonly from: PlainDate
  readonly to: PlainDate
  readonly tasks: {
    /** Within seven days, and before. */
    readonly count: number
    /** Of these today or before. */
    readonly due: number
    readonly rows: readonly TaskRow[]
  }
  /** What the other half found worth telling, as it keeps it; null: nothing. */
  readonly other: Readonly<Record<string, unknown>> | null
}

/** What all who see the same contacts share. */
export type GivingFacts = {
  readonly gifts: Sums & {
    /** The same seven days 52 weeks before. */
    readonly before: Sums
    readonly inKind: Sums
    readonly rows: readonly GiftRow[]
  }
  readonly fresh: Names
  readonly recovered: Names
  readonly late: {
    readonly count: number
    readonly buckets: readonly { readonly bucket: LateBucket; readonly count: number }[]
    readonly rows: readonly LateRow[]
  }
  readonly risk: { readonly count: number; readonly rows: readonly RiskRow[] }
  /** `count` gifts of so many people. */
  readonly thanks: Sums & { readonly people: number; readonly rows: readonly ThanksRow[] }
  readonly next: Sums & { readonly rows: readonly ExpectedRow[] }
  readonly goal: SummaryGoal | null
  readonly birthdays: { readonly count: number; readonly rows: readonly (Named & { readonly on: PlainDate })[] }
}

/** Minor units as text: never two currencies added. */
export type Sum = { readonly currency: string; readonly total: string }
export type Sums = { readonly count: number; readonly sums: readonly Sum[] }
type Named = { readonly contactId: string; readonly name: string }
export type Names = { readonly count: number; readonly rows: readonly Named[] }
type Priced = { readonly amount: string; readonly currency: string }
type GiftRow = Named & Priced & { readonly on: PlainDate; readonly inKind: boolean }
type PersonRow = Named & { readonly phone: string | null; readonly days: number }
type LateRow = PersonRow & Partial<Priced> & { readonly dueOn: PlainDate }
type RiskRow = PersonRow & { readonly gapDays: number; readonly basis: GapBasis }
type ThanksRow = Named & { readonly since: PlainDate | null; readonly sums: readonly Sum[] }
type ExpectedRow = Named & Priced & { readonly on: PlainDate }
type TaskRow = { readonly title: string; readonly dueOn: PlainDate | null; readonly name: string | null }

/** Monthly equivalents in the workspace's currency, minor units as text. */
export type SummaryGoal = {
  readonly goal: string
  /** Of pledges that something was paid on, and of those that nothing was yet. */
  readonly inHand: string
  readonly promised: string
  /** Of both together since a week ago; may be negative. */
  readonly change: string
  readonly currency: string
}

const NONE: Sums = { count: 0, sums: [] }

/** Of a workspace without giving. */
export const NO_GIVING: GivingFacts = {
  gifts: { ...NONE, before: NONE, inKind: NONE, rows: [] },
  fresh: { count: 0, rows: [] },
  recovered: { count: 0, rows: [] },
  late: { count: 0, buckets: [], rows: [] },
  risk: { count: 0, rows: [] },
  thanks: { ...NONE, people: 0, rows: [] },
  next: { ...NONE, rows: [] },
  goal: null,
  birthdays: { count: 0, rows: [] },
}

/** Nothing to say → no mail. A goal alone is no news, nor is what came a year ago. */
export function hasNews(facts: SummaryFacts): boolean {
  const { gifts, fresh, recovered, late, risk, thanks, next, tasks, birthdays } = facts
  const counted = [gifts, gifts.inKind, fresh, recovered, late, risk, thanks, next, tasks, birthdays]
  return facts.other !== null || counted.some(({ count }) => count > 0)
}

/** The week before the one of `today`. */
export function lastWeek(today: PlainDate): { readonly from: PlainDate; readonly to: PlainDate } {
  const monday = mondayOf(today)
  return { from: addDays(monday, -7), to: addDays(monday, -1) }
}

const YEAR_OF_WEEKS = -52 * 7

/** The same week of the year before: the same days of the week, 52 weeks back. */
export function yearBefore({ from, to }: { readonly from: PlainDate; readonly to: PlainDate }) {
  return { from: addDays(from, YEAR_OF_WEEKS), to: addDays(to, YEAR_OF_WEEKS) }
}

/**
 * Whether a member's hour has come in the week of `today`, by the clock on the wall: an hour that daylight saving leaves
 * out comes an hour later, and of one that comes twice the first counts. Whoever joined after it waits for the next week's.
 */
export function isSummaryDue(
  { weekday, hour, joinedAt }: { readonly weekday: number; readonly hour: number; readonly joinedAt: Date },
  { today, now, timeZone }: { readonly today: PlainDate; readonly now: Date; readonly timeZone: string },
): boolean {
  if (weekdayOf(today) < weekday) return false
  const day = addDays(mondayOf(today), weekday - 1)
  const moment = momentOf(day, hour, timeZone)
  const joinedSince = joinedAt > moment && joinedAt <= now
  return now >= moment && !joinedSince
}
