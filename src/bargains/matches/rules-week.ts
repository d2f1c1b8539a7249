import type { Trouble } from '../searches/rules-health'
import type { PriceFacts } from './rules-facts'

/** Adverts in a section of the weekly summary; the rest is a number. */
export const LISTED = 5
/** RULES "Deal score": cheaper than so many percent of its like. */
export const BEST_DEAL = 75

/** A match as the summary names it; minor units as text. */
export type WeekAdvert = PriceFacts & { readonly matchId: string; readonly watchId: string; readonly title: string }
export type DropRow = WeekAdvert & { readonly before: string }
export type DealRow = WeekAdvert & { readonly cheaperThan: number; readonly among: number; readonly median: string }
export type BrokenRow = {
  readonly watchId: string
  readonly watchNames: readonly string[]
  readonly sourceName: string
  readonly trouble: Trouble
  /** ISO. */
  readonly since: string
}

/** What bargains say in the weekly summary: plain JSON, kept with the signal. */
export type WeekOfBargains = {
  readonly fresh: { readonly count: number; readonly rows: readonly WeekAdvert[] }
  readonly drops: { readonly count: number; readonly rows: readonly DropRow[] }
  readonly deals: readonly DealRow[]
  readonly broken: readonly BrokenRow[]
}
