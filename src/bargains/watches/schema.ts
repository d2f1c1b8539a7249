import * as z from 'zod'
import type { Filter } from '../matches/rules'
import { filterFormSchema, filterSchema, minorTextSchema } from '../matches/schema'
import { OWN_WAYS } from '../searches/rules-ways'

// Messages that look like keys are keys of the `errors` texts.

export const MOST_SEARCHES = 20

const nameSchema = z.string().trim().min(1, 'watch.noName').max(120, 'watch.longName')
const pastedSchema = z.string().trim().min(1, 'watch.noLink').max(20_000, 'watch.longText')
const urlsSchema = z
  .array(z.string().trim().min(1).max(2048, 'watch.longLink'))
  .min(1, 'watch.noLink')
  .max(MOST_SEARCHES, 'watch.tooManySearches')
/** Minutes: 1 minute to 7 days. */
const intervalSchema = z.number().int().min(1, 'watch.badInterval').max(10_080, 'watch.badInterval')
const dropPercentSchema = z.number().int().min(1, 'watch.badPercent').max(99, 'watch.badPercent')
const channelIdsSchema = z.array(z.uuid()).max(20)

export const previewSchema = z.object({ text: pastedSchema })

export const newWatchSchema = z.object({
  name: nameSchema,
  urls: urlsSchema,
  interval: intervalSchema.default(10),
  /** Either the simple form or a whole tree; neither: everything passes. */
  form: filterFormSchema.optional(),
  filter: filterSchema.optional(),
  dropPercent: dropPercentSchema.default(5),
  dropAmount: minorTextSchema.nullable().default(null),
  channelIds: channelIdsSchema.default([]),
  notify: z.boolean().default(true),
})
export type NewWatch = z.output<typeof newWatchSchema>

/** What is left out stays as it is. */
export const changeWatchSchema = z.object({
  id: z.uuid(),
  name: nameSchema.optional(),
  urls: urlsSchema.optional(),
  interval: intervalSchema.optional(),
  form: filterFormSchema.optional(),
  filter: filterSchema.optional(),
  dropPercent: dropPercentSchema.optional(),
  dropAmount: minorTextSchema.nullable().optional(),
  channelIds: channelIdsSchema.optional(),
  notify: z.boolean().optional(),
})
export type ChangeWatch = z.output<typeof changeWatchSchema>

export const watchIdSchema = z.object({ id: z.uuid() })

const waySchema = z.enum(OWN_WAYS)

export const chosenWaySchema = watchIdSchema.extend({
  searchId: z.uuid(),
  /** Null: the politest that works. */
  way: waySchema.nullable(),
})
export type ChosenWay = z.output<typeof chosenWaySchema>

const momentSchema = z.string().nullable()

const factsSchema = z.object({
  category: z.array(z.string()).readonly(),
  place: z.string().nullable(),
  distance: z.number().nullable(),
  query: z.string().nullable(),
  priceFrom: z.string().nullable(),
  priceTo: z.string().nullable(),
  currency: z.string(),
  others: z.number(),
})

const healthSchema = z.enum([
  'new',
  'ok',
  'empty',
  'blocked',
  'changed',
  'held',
  'partial',
  'gone',
  'failed',
  'forbidden',
])

const shownSearchSchema = z.object({
  id: z.string(),
  source: z.string(),
  sourceName: z.string(),
  /** What is asked of the site: newest first. */
  url: z.string(),
  pasted: z.string(),
  says: factsSchema,
  health: healthSchema,
  healthReason: z.string().nullable(),
  healthSince: momentSchema,
  failures: z.number(),
  checkedAt: momentSchema,
  dueAt: momentSchema,
  total: z.number().nullable(),
})

/** Times are ISO texts, money is minor units as text: the same for the page and for REST. */
export const listedWatchSchema = z.object({
  id: z.string(),
  name: z.string(),
  interval: z.number(),
  notify: z.boolean(),
  pausedAt: momentSchema,
  createdAt: z.string(),
  lastMatchAt: momentSchema,
  searches: z.array(shownSearchSchema),
  /** Matches and told price drops of the last 24 hours. */
  newCount: z.number(),
  droppedCount: z.number(),
  /** Matches a day of the last seven, today last. */
  week: z.array(z.number()),
})
export type ListedWatch = z.output<typeof listedWatchSchema>

export const shownWatchSchema = listedWatchSchema.extend({
  /** RULES "Filter": a tree. */
  filter: z.custom<Filter>().meta({ type: 'object', description: 'A tree of all, any and not over conditions' }),
  /** The simple form that says the same, where one can. */
  form: z
    .object({
      priceFrom: z.string().nullable(),
      priceTo: z.string().nullable(),
      currency: z.string(),
      words: z.array(z.string()).readonly(),
      notWords: z.array(z.string()).readonly(),
    })
    .nullable(),
  dropPercent: z.number(),
  dropAmount: z.string().nullable(),
  channelIds: z.array(z.string()),
  matchCount: z.number(),
})
export type ShownWatch = z.output<typeof shownWatchSchema>

export const previewedSchema = z.object({
  searches: z.array(
    z.object({
      pasted: z.string(),
      url: z.string(),
      source: z.string(),
      sourceName: z.string(),
      says: factsSchema,
      page: z
        .object({
          verdict: healthSchema.exclude(['new']),
          total: z.number(),
          cheapest: z.object({ amount: z.string(), currency: z.string() }).nullable(),
          photos: z.array(z.string()).readonly(),
        })
        .nullable(),
    }),
  ),
  refused: z.array(
    z.object({
      pasted: z.string(),
      reason: z.string(),
      values: z.record(z.string(), z.union([z.string(), z.number()])).readonly(),
    }),
  ),
})

/** The ways to a search, the politest first, and how each went last. */
export const searchWaysSchema = z.object({
  searchId: z.string(),
  /** By this watch; null: by itself. */
  chosen: waySchema.nullable(),
  ways: z.array(
    z.object({
      way: waySchema,
      /** Whether it can be gone: an API whose address a page said, a browser that is installed. */
      there: z.boolean(),
      /** How its last page was: read, refused, unreadable or none; null until it was gone for this search. */
      went: z.enum(['well', 'refused', 'unread', 'failed']).nullable(),
      at: momentSchema,
      /** In a row. */
      refusals: z.number(),
      /** Let alone until then, for the search or its whole host refused it. */
      restsUntil: momentSchema,
    }),
  ),
})
export type SearchWays = z.output<typeof searchWaysSchema>
