import * as z from 'zod'
import { linkedListingSchema, shownComparablesSchema, shownLadderSchema } from '../prices/schema'
import { FILTER_LIMITS, type Filter, filterProblem } from './rules'

// Messages that look like keys are keys of the `errors` texts.

/** Minor units as text: JSON has no bigint. */
export const minorTextSchema = z.string().regex(/^\d{1,15}$/, 'filter.badAmount')
const currencySchema = z.string().regex(/^[A-Z]{3}$/)

const text = z.strictObject({
  on: z.enum(['title', 'description', 'place', 'seller']),
  is: z.enum(['word', 'phrase', 'prefix', 'regex']),
  value: z.string().min(1).max(FILTER_LIMITS.characters, 'filter.too_long'),
  exact: z.boolean().optional(),
  orUnknown: z.boolean().optional(),
})

const price = z.strictObject({
  on: z.literal('price'),
  is: z.enum(['at_most', 'at_least']),
  amount: minorTextSchema,
  currency: currencySchema,
  orUnknown: z.boolean().optional(),
})

const tree: z.ZodType<Filter> = z.lazy(() =>
  z.union([
    text,
    price,
    z.strictObject({ all: z.array(tree) }),
    z.strictObject({ any: z.array(tree) }),
    z.strictObject({ not: tree }),
  ]),
)

/** Brackets opened at once; a tree of 10 levels has at most 20 and its condition. */
const MOST_NESTING = 2 * FILTER_LIMITS.levels + 1

/** Depth is judged before the shape: reading a hostile depth would exhaust the stack. */
function isShallow(value: unknown): boolean {
  let level: unknown[] = [value]
  for (let depth = 0; depth <= MOST_NESTING; depth++) {
    if (level.length > FILTER_LIMITS.conditions * 10) return false
    level = level.flatMap((part) => (part !== null && typeof part === 'object' ? Object.values(part) : []))
    if (level.length === 0) return true
  }
  return false
}

/** RULES "Filter", as it comes in through a door. */
export const filterSchema = z
  .unknown()
  .refine(isShallow, { message: 'filter.too_deep', abort: true })
  .pipe(tree)
  .superRefine((filter, context) => {
    const problem = filterProblem(filter)
    if (problem) context.addIssue({ code: 'custom', message: `filter.${problem}`, params: FILTER_LIMITS })
  })

/** The simple form; `filterFromForm` makes a tree of it. */
export const filterFormSchema = z.object({
  priceFrom: minorTextSchema.nullable().default(null),
  priceTo: minorTextSchema.nullable().default(null),
  currency: currencySchema.default('PLN'),
  words: z.array(z.string().trim().min(1).max(FILTER_LIMITS.characters, 'filter.too_long')).max(20).default([]),
  notWords: z.array(z.string().trim().min(1).max(FILTER_LIMITS.characters, 'filter.too_long')).max(20).default([]),
})

const stateSchema = z.enum(['new', 'seen', 'favourite', 'ignored'])

export const listMatchesSchema = z.object({
  watchId: z.uuid().optional(),
  /** Left out: all but ignored. */
  state: stateSchema.optional(),
  source: z.string().max(40).optional(),
  /** Whose price fell within a week, and was told. */
  cheaper: z.boolean().optional(),
  sort: z.enum(['newest', 'cheapest', 'dearest']).default('newest'),
  /** Null for the first page: what the browser's query says when the server rendered that page. */
  cursor: z.string().max(300).nullish(),
  limit: z.number().int().min(1).max(100).default(50),
})
export type ListMatches = z.output<typeof listMatchesSchema>

export const setStateSchema = z.object({ ids: z.array(z.uuid()).min(1).max(200), state: stateSchema })
export const setNoteSchema = z.object({ id: z.uuid(), note: z.string().trim().max(2000, 'match.longNote') })

const priceSchema = z.object({
  kind: z.enum(['fixed', 'free', 'exchange', 'on_request', 'unknown']),
  /** Minor units as text; null unless `fixed`. */
  amount: z.string().nullable(),
  currency: z.string().nullable(),
})

const listingSchema = z.object({
  id: z.string(),
  source: z.string(),
  sourceName: z.string(),
  title: z.string(),
  url: z.string(),
  photos: z.array(z.string()),
  price: priceSchema,
  negotiable: z.boolean(),
  /** The last other price in the same currency, minor units as text. */
  previousAmount: z.string().nullable(),
  lowestAmount: z.string().nullable(),
  city: z.string().nullable(),
  district: z.string().nullable(),
  region: z.string().nullable(),
  coordinates: z.object({ lat: z.number(), lon: z.number(), exact: z.boolean() }).nullable(),
  sellerKind: z.enum(['private', 'business', 'unknown']),
  sellerName: z.string().nullable(),
  postedAt: z.string().nullable(),
  refreshedAt: z.string().nullable(),
  firstSeenAt: z.string(),
  lastSeenAt: z.string(),
  goneAt: z.string().nullable(),
  /** When it was gone last, also where it is there again. */
  wasGoneAt: z.string().nullable(),
  /** Since when a moderator hides it. */
  heldAt: z.string().nullable(),
  /** Null: listed for the first time, as far as we saw. */
  ladder: shownLadderSchema.nullable(),
})

/** Times are ISO texts, money is minor units as text: the same for the page and for REST. */
export const listedMatchSchema = z.object({
  id: z.string(),
  watchId: z.string(),
  watchName: z.string(),
  state: stateSchema,
  note: z.string(),
  /** Was there when the watch began. */
  baseline: z.boolean(),
  matchedAt: z.string(),
  /** When a price drop was told last. */
  toldAt: z.string().nullable(),
  listing: listingSchema,
})
export type ListedMatch = z.output<typeof listedMatchSchema>

export const matchPageSchema = z.object({ matches: z.array(listedMatchSchema), nextCursor: z.string().nullable() })
export type MatchPage = z.output<typeof matchPageSchema>

const reasonSchema = z.object({
  condition: z.record(z.string(), z.unknown()),
  truth: z.enum(['yes', 'no', 'unknown']),
  negated: z.boolean(),
})

const pointSchema = z.object({ at: z.string(), state: z.enum(['open', 'gone']), price: priceSchema })

/** What the advert's own page said at a moment, when that was new. */
export const shownSnapshotSchema = z.object({
  id: z.string(),
  takenAt: z.string(),
  title: z.string(),
  description: z.string().nullable(),
  price: priceSchema,
  /** Of the page that is kept, in hexadecimal digits, and its length in bytes. */
  sha256: z.string(),
  bytes: z.number(),
})
export type ShownSnapshot = z.output<typeof shownSnapshotSchema>

export const shownMatchSchema = listedMatchSchema.extend({
  description: z.string().nullable(),
  attributes: z.array(z.object({ key: z.string(), label: z.string(), value: z.string() })),
  /** Why it matched: each condition and what the listing answered. */
  reasons: z.array(reasonSchema),
  /** Oldest first. */
  history: z.array(pointSchema),
  /** The middle half of what the watch's other adverts ask. */
  comparables: shownComparablesSchema,
  /** The adverts before and after it, and its twins on other sites. */
  linked: z.array(linkedListingSchema),
  /** What the seller wrote then: oldest first. */
  snapshots: z.array(shownSnapshotSchema),
  /** Neighbours in the watch's list, newest first. */
  previousId: z.string().nullable(),
  nextId: z.string().nullable(),
})
export type ShownMatch = z.output<typeof shownMatchSchema>
export const historySchema = z.object({ points: z.array(pointSchema) })

export const snapshotIdSchema = z.object({ id: z.uuid(), snapshotId: z.uuid() })

export const matchIdSchema = z.object({ id: z.uuid() })
