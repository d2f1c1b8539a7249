import * as z from 'zod'
import { cursorSchema, linesSchema } from '../schema'
import { TOUCH_KINDS } from './rules'

export const logTouchSchema = z.object({
  contactId: z.uuid(),
  kind: z.enum(TOUCH_KINDS),
  /** When it took place (ISO); left out: now. */
  at: z.iso.datetime({ offset: true }).optional(),
  note: linesSchema(5000).default(''),
})
export type LogTouch = z.output<typeof logTouchSchema>

export const touchIdSchema = z.object({ id: z.uuid() })
export const changeTouchSchema = z.object({
  id: z.uuid(),
  version: z.number().int().min(1).optional(),
  kind: logTouchSchema.shape.kind.optional(),
  at: z.iso.datetime({ offset: true }).optional(),
  note: linesSchema(5000).optional(),
})
export type ChangeTouch = z.output<typeof changeTouchSchema>

export const listTouchesSchema = z.object({
  contactId: z.uuid(),
  cursor: cursorSchema,
  limit: z.coerce.number().int().min(1).max(100).default(50),
})
export type ListTouches = z.output<typeof listTouchesSchema>

export const listedTouchSchema = z.object({
  id: z.string(),
  contactId: z.string(),
  kind: logTouchSchema.shape.kind,
  at: z.string(),
  note: z.string(),
  memberName: z.string().nullable(),
  version: z.number(),
})
export const touchPageSchema = z.object({ touches: z.array(listedTouchSchema), nextCursor: z.string().nullable() })
export type TouchPage = z.output<typeof touchPageSchema>
