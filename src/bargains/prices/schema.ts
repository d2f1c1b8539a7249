import * as z from 'zod'

export const watchPricesSchema = z.object({ watchId: z.uuid() })

/** What a watch's matches cost over time. Amounts are minor units as text, in the currency that most of them have. */
export const shownPricesSchema = z.object({
  /** Null: no match has a price. */
  currency: z.string().nullable(),
  /** A day each, oldest first: what was on the market at its end. Days without any are left out. */
  days: z.array(
    z.object({ day: z.string(), lowest: z.string(), median: z.string(), highest: z.string(), count: z.number() }),
  ),
  /** Of the matches that are on the market now: the middle half and the ends; null without any. */
  now: z
    .object({
      lowest: z.string(),
      low: z.string(),
      median: z.string(),
      high: z.string(),
      highest: z.string(),
      count: z.number(),
    })
    .nullable(),
  /** Newest first. */
  drops: z.array(
    z.object({
      matchId: z.string(),
      title: z.string(),
      photo: z.string().nullable(),
      before: z.string(),
      amount: z.string(),
      currency: z.string(),
      at: z.string(),
    }),
  ),
})
export type ShownPrices = z.output<typeof shownPricesSchema>

/** Minor units as text, in the advert's own currency; null: not enough data. */
export const shownComparablesSchema = z
  .object({
    low: z.string(),
    median: z.string(),
    high: z.string(),
    count: z.number(),
    /** Whole percent of them that ask more; null where this one names no price. */
    cheaperThan: z.number().nullable(),
  })
  .nullable()
export type ShownComparables = z.output<typeof shownComparablesSchema>

/** How often a thing was listed on its site, where it was before. Amounts are minor units as text. */
export const shownLadderSchema = z.object({
  /** 2 or more. */
  times: z.number(),
  /** What the advert before this one asked last. */
  before: z.string().nullable(),
  currency: z.string().nullable(),
  /** Whole days since it was listed first. */
  days: z.number(),
})
export type ShownLadder = z.output<typeof shownLadderSchema>

/** Another advert of the same thing: an earlier or the later one of its ladder, or its twin on another site. */
export const linkedListingSchema = z.object({
  /** The pair, as it is taken apart. */
  listingId: z.string(),
  earlierId: z.string(),
  relation: z.enum(['earlier', 'later', 'twin']),
  sourceName: z.string(),
  title: z.string(),
  url: z.string(),
  amount: z.string().nullable(),
  currency: z.string().nullable(),
  since: z.string(),
  lastSeenAt: z.string(),
  goneAt: z.string().nullable(),
})
export type LinkedListing = z.output<typeof linkedListingSchema>

export const setLinkSchema = z.object({
  listingId: z.uuid(),
  earlierId: z.uuid(),
  /** False takes the pair apart, true joins it again. */
  linked: z.boolean(),
})
