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
  .object({ low: z.string(), median: z.string(), high: z.string(), count: z.number() })
  .nullable()
export type ShownComparables = z.output<typeof shownComparablesSchema>
