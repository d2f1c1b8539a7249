import * as z from 'zod'
import { minorTextSchema } from '../matches/schema'

export const MOST_PUSHED = 500
const LONGEST_ADDRESS = 2000
const address = z.url({ protocol: /^https?$/ }).max(LONGEST_ADDRESS)
const words = (most: number) => z.string().trim().min(1).max(most)

/** One advert as another program read it. Amounts are minor units as text; what is not known is left out. */
export const pushedListingSchema = z.object({
  /** Of the advert's own page; it says which source the advert is of. */
  url: address,
  /** The site's own id. Left out: the one in the address. */
  externalId: words(200).optional(),
  title: words(500),
  description: z.string().max(20_000).optional(),
  price: z.discriminatedUnion('kind', [
    z.object({
      kind: z.literal('fixed'),
      amount: minorTextSchema,
      currency: z.string().regex(/^[A-Z]{3}$/),
      negotiable: z.boolean().default(false),
    }),
    z.object({ kind: z.enum(['free', 'exchange', 'on_request', 'unknown']) }),
  ]),
  seller: z
    .object({
      kind: z.enum(['private', 'business', 'unknown']).default('unknown'),
      id: words(200).nullish(),
      name: words(200).nullish(),
    })
    .optional(),
  place: z
    .object({ city: words(200).nullish(), district: words(200).nullish(), region: words(200).nullish() })
    .optional(),
  coordinates: z
    .object({ lat: z.number().min(-90).max(90), lon: z.number().min(-180).max(180), exact: z.boolean().default(false) })
    .optional(),
  photos: z.array(address).max(50).default([]),
  attributes: z
    .array(z.object({ key: words(100), label: words(200), value: words(500) }))
    .max(100)
    .default([]),
  postedAt: z.iso.datetime({ offset: true }).optional(),
})
export type PushedListing = z.output<typeof pushedListingSchema>

export const pushBatchSchema = z.object({
  /** Chosen by the caller: the same batch again gets the same answer and does nothing. */
  requestId: words(200),
  /** A watch of yours that asks its filter of each. */
  watchId: z.uuid().optional(),
  /** The search that shows them: each of your watches that uses it asks its filter. */
  searchUrl: address.optional(),
  /** Each is judged by itself: one that is wrong does not keep the others out. */
  listings: z.array(z.unknown()).min(1).max(MOST_PUSHED),
})
export type PushBatch = z.output<typeof pushBatchSchema>

const REJECTIONS = ['shape', 'address', 'notAnAdvert', 'noId', 'otherId', 'twice', 'shared'] as const
export type Rejection = (typeof REJECTIONS)[number]

export const pushedSchema = z.object({
  /** `known`: nothing of it is new. */
  result: z.enum(['stored', 'updated', 'known', 'rejected']),
  reason: z.enum(REJECTIONS).nullable(),
  /** What is wrong, in English, for whoever writes the program. */
  detail: z.string().nullable(),
  externalId: z.string().nullable(),
})
export type Pushed = z.output<typeof pushedSchema>

export const pushAnswerSchema = z.object({
  stored: z.number(),
  updated: z.number(),
  known: z.number(),
  rejected: z.number(),
  /** How many of your watches were asked. */
  watches: z.number(),
  /** In the order of `listings`. */
  results: z.array(pushedSchema),
})
export type PushAnswer = z.output<typeof pushAnswerSchema>

/** A page as a browser had it: UTF-8, gzipped, in base64, so that the largest of them fits a request. */
export const pushedPageSchema = z.object({ url: address, page: z.base64().max(1_000_000) })
export type PushedPage = z.output<typeof pushedPageSchema>

export const readPageSchema = z.object({
  sourceName: z.string(),
  kind: z.enum(['result', 'offer', 'feed', 'api']),
  verdict: z.enum(['ok', 'empty', 'blocked', 'changed', 'held', 'partial', 'gone', 'failed']),
  reason: z.string().nullable(),
  rejected: z.number(),
  /** Names of this workspace's watches that use the search. */
  watches: z.array(z.string()),
  items: z.array(
    z.object({
      externalId: z.string(),
      title: z.string(),
      url: z.string(),
      photo: z.string().nullable(),
      city: z.string().nullable(),
      price: z.object({
        kind: z.enum(['fixed', 'free', 'exchange', 'on_request', 'unknown']),
        amount: z.string().nullable(),
        currency: z.string().nullable(),
      }),
    }),
  ),
})
export type ReadPage = z.output<typeof readPageSchema>
