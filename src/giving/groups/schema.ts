import * as z from 'zod'
import { lineSchema } from '../schema'
import { GROUP_COLOURS } from './rules'

// Messages that look like keys are keys of the `errors` texts.

const nameSchema = lineSchema(60).min(1, 'group.noName')

export const newGroupSchema = z.object({
  name: nameSchema,
  colour: z.enum(GROUP_COLOURS).default('neutral'),
  /** Only whoever makes it sees it. */
  personal: z.boolean().default(false),
})
export type NewGroup = z.output<typeof newGroupSchema>

/** What is left out stays as it is. */
export const changeGroupSchema = z.object({
  id: z.uuid(),
  name: nameSchema.optional(),
  colour: z.enum(GROUP_COLOURS).optional(),
})
export type ChangeGroup = z.output<typeof changeGroupSchema>

export const groupIdSchema = z.object({ id: z.uuid() })
export const groupContactsSchema = z.object({ id: z.uuid(), contactIds: z.array(z.uuid()).min(1).max(1000) })
export const changedSchema = z.object({ changed: z.number() })

export const pageGroupsSchema = z.object({
  /** Null for the first page. */
  cursor: z.string().max(1000).nullish(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
})
export type PageGroups = z.output<typeof pageGroupsSchema>

export const shownGroupSchema = z.object({
  id: z.string(),
  name: z.string(),
  colour: z.enum(GROUP_COLOURS),
  personal: z.boolean(),
  /** Contacts in it that the reader may see. */
  count: z.number(),
})
export type ShownGroup = z.output<typeof shownGroupSchema>
export const groupPageSchema = z.object({ groups: z.array(shownGroupSchema), nextCursor: z.string().nullable() })
export type GroupPage = z.output<typeof groupPageSchema>
