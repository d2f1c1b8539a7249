import * as z from 'zod'
import { lineSchema } from '../schema'

// Messages that look like keys are keys of the `errors` texts.

export const LISTS = ['contacts', 'gifts', 'pledges', 'tasks'] as const

export const listViewsSchema = z.object({ list: z.enum(LISTS) })

export const newViewSchema = z.object({
  list: z.enum(LISTS),
  name: lineSchema(60).min(1, 'view.noName'),
  /** What follows `?` in the list's address. */
  query: lineSchema(1000),
  /** For everybody in the workspace. */
  shared: z.boolean().default(false),
})
export type NewView = z.output<typeof newViewSchema>

export const viewIdSchema = z.object({ id: z.uuid() })

export const shownViewSchema = z.object({
  id: z.string(),
  name: z.string(),
  query: z.string(),
  shared: z.boolean(),
  /** Made by the reader, who may delete it. */
  own: z.boolean(),
})
export type ShownView = z.output<typeof shownViewSchema>
