import * as z from 'zod'
import { RUN_STATES } from './rules-states'

const functionId = z.string().min(1).max(200)
const limit = z.coerce.number().int().min(1).max(100).default(50)

export const runFilterSchema = z.object({
  function: functionId.optional(),
  state: z.enum(RUN_STATES).optional(),
  /** The `nextCursor` of the page before. */
  cursor: z
    .string()
    .max(100)
    .regex(/^[0-9 :.+-]*_[0-9a-f-]{36}$/)
    .optional(),
  limit,
})
export type RunFilter = z.output<typeof runFilterSchema>

export const eventFilterSchema = z.object({ cursor: z.uuid().optional(), limit })
export type EventFilter = z.output<typeof eventFilterSchema>

export const jobRunSchema = z.object({ run: z.uuid() })

/** A payload: an event's, the event that began a run, a run's result, or that of one of its steps. */
export const wholeSchema = z.discriminatedUnion('of', [
  z.object({ of: z.literal('event'), event: z.uuid() }),
  z.object({ of: z.literal('begunBy'), run: z.uuid() }),
  z.object({ of: z.literal('output'), run: z.uuid() }),
  z.object({ of: z.literal('step'), run: z.uuid(), hash: z.string().max(100) }),
])
export type Whole = z.output<typeof wholeSchema>

/** 512 kB is the engine's own limit on an event. */
export const runNowSchema = z.object({
  function: functionId,
  /** The event's data, as JSON; nothing for a schedule. */
  data: z
    .string()
    .max(512 * 1024)
    .optional(),
  /** The time that a scheduled function shall take for now. */
  now: z.iso.datetime({ offset: true }).optional(),
})
export type RunNow = z.output<typeof runNowSchema>
