import * as z from 'zod'

const momentSchema = z.string().nullable()

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
      health: z.enum(['new', 'ok', 'empty', 'blocked', 'changed', 'held', 'partial', 'gone', 'failed', 'forbidden']),
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
