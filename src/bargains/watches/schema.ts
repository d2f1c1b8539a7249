import { z } from 'zod'
import { filterFormSchema, filterSchema, minorTextSchema } from '../matches/schema'

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
