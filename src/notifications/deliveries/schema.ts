import * as z from 'zod'
import { DELIVERY_STATES } from './rules-states'

export const deliveryFilterSchema = z.object({
  state: z.enum(DELIVERY_STATES).optional(),
  channelId: z.uuid().optional(),
  watchId: z.uuid().optional(),
  /** The `nextCursor` of the page before. */
  cursor: z
    .string()
    .max(100)
    .regex(/^[0-9TZ:.-]+_[0-9a-f-]{36}$/)
    .optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
})
export type DeliveryFilter = z.output<typeof deliveryFilterSchema>

export const deliveryIdSchema = z.object({ id: z.uuid() })

/** Plain JSON, the same at both doors. */
export const deliverySchema = z.object({
  id: z.string(),
  /** `listing.new` … */
  kind: z.string(),
  /** What was said, as a subject line in the reader's language. */
  what: z.string(),
  watchId: z.string().nullable(),
  channel: z.object({ id: z.string(), kind: z.enum(['telegram', 'email', 'discord', 'webhook']), name: z.string() }),
  state: z.enum(DELIVERY_STATES),
  reason: z.string().nullable(),
  /** The provider's own words. */
  detail: z.string().nullable(),
  attempts: z.number(),
  /** A try ended without an answer: the message may be there twice. */
  uncertain: z.boolean(),
  createdAt: z.string(),
  sentAt: z.string().nullable(),
  /** When it is tried next; null when it is not. */
  nextTryAt: z.string().nullable(),
})
export type ListedDelivery = z.output<typeof deliverySchema>

export const deliveryPageSchema = z.object({
  deliveries: z.array(deliverySchema),
  nextCursor: z.string().nullable(),
})
