import type { SummarySection } from '@emails/weekly-summary'
import type { Ctx } from '@/accounts/context'
import type { PlainDate } from '@/kernel/dates'
import type { Reader } from './message'

/** What a weekly summary is about: Monday to Sunday on the workspace's wall. */
export type Week = { readonly from: PlainDate; readonly to: PlainDate; readonly timeZone: string }

/** Plain JSON, kept with the signal. */
type WeekFacts = Readonly<Record<string, unknown>>

/** What a room adds to the weekly summary of another, put together in `wiring`. */
export type WeekPart = {
  /** As whoever acts in `ctx` may see it, by their role alone; null: nothing to say. */
  readonly gather: (ctx: Ctx, week: Week) => Promise<WeekFacts | null>
  /** The words for what `gather` found. */
  readonly say: (facts: WeekFacts, reader: Reader) => readonly SummarySection[]
}

/** Where no other room takes part. */
export const NO_PART: WeekPart = { gather: async () => null, say: () => [] }
