import * as z from 'zod'
import { WAYS } from './rules-ways'

const momentSchema = z.string().nullable()

const verdictSchema = z.enum(['ok', 'empty', 'blocked', 'changed', 'held', 'partial', 'gone', 'failed', 'forbidden'])

const robotsSchema = z.object({
  state: z.enum(['read', 'absent', 'unreachable']),
  /** When the host last told. */
  readAt: momentSchema,
  checkedAt: z.string(),
  /** Seconds between two requests that it asks for. */
  crawlDelay: z.number().nullable(),
  /** Whether it forbids a search of this workspace's watches. */
  forbids: z.boolean(),
})

/** An owner's word against a robots.txt; the reason is read by whoever asks why. */
export const overrideSchema = z.object({
  host: z.string().max(253),
  reason: z.string().trim().min(5).max(500),
})
export const hostSchema = overrideSchema.pick({ host: true })

/** How the marketplaces stand that this workspace reads. Times are ISO texts. */
export const listedSourceSchema = z.object({
  id: z.string(),
  name: z.string(),
  /** An address that works here, for people who have no search yet. */
  example: z.string(),
  hosts: z.array(
    z.object({
      host: z.string(),
      /** Most requests a minute, and those of the last one. */
      perMinute: z.number(),
      lastMinute: z.number(),
      closedUntil: momentSchema,
      failures: z.number(),
      lastRequestAt: momentSchema,
      /** When the next request may be made; null: now. */
      nextAt: momentSchema,
      /** Since when it refuses a search of this workspace. */
      blockedSince: momentSchema,
      /** Its answers by the hour, in the last 7 days. */
      hours: z.array(z.object({ hour: z.string(), verdict: verdictSchema, count: z.number() })),
      robots: z.nullable(robotsSchema),
      /** The owner's word that it is read against its robots.txt. */
      override: z.nullable(z.object({ reason: z.string(), by: z.string(), at: z.string() })),
      /** Ways that it refuses, and until when each is let alone. */
      resting: z.array(z.object({ way: z.enum(WAYS), until: z.string() })),
    }),
  ),
  /** Those that this workspace's watches use. */
  searches: z.array(
    z.object({
      id: z.string(),
      source: z.string(),
      sourceName: z.string(),
      url: z.string(),
      says: z.object({
        category: z.array(z.string()).readonly(),
        place: z.string().nullable(),
        distance: z.number().nullable(),
        query: z.string().nullable(),
        priceFrom: z.string().nullable(),
        priceTo: z.string().nullable(),
        currency: z.string(),
        others: z.number(),
      }),
      health: z.enum(['new', ...verdictSchema.options]),
      healthReason: z.string().nullable(),
      healthSince: momentSchema,
      failures: z.number(),
      checkedAt: momentSchema,
      dueAt: momentSchema,
      total: z.number().nullable(),
      watches: z.array(z.object({ id: z.string(), name: z.string(), paused: z.boolean() })),
    }),
  ),
})
export type ListedSource = z.output<typeof listedSourceSchema>
