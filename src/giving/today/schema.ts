import * as z from 'zod'
import { careRowSchema } from '../care/schema'
import { IMPORT_STATES } from '../imports/rules'
import { listedTaskSchema } from '../tasks/schema'

/** `mine`: contacts of one's own and of nobody. Who sees only their own contacts has only these. */
export const todaySchema = z.object({ whose: z.enum(['mine', 'all']).default('mine') })
export type TodayInput = z.output<typeof todaySchema>

/** The most urgent rows, and how many there are in all. */
const careSchema = z.object({ rows: z.array(careRowSchema), total: z.number() })

/** Money is minor units as text, of the workspace's currency; dates are "2026-11-22": the same for the page and for REST. */
export const shownTodaySchema = z.object({
  today: z.string(),
  currency: z.string(),
  /** Null for whoever sees their own contacts alone: the goal is the whole workspace's. */
  goal: z.string().nullable(),
  /** Monthly equivalents of active pledges: of those that something was paid on, and of those that nothing was yet. */
  inHand: z.string(),
  promised: z.string(),
  late: careSchema,
  risk: careSchema,
  thanks: careSchema,
  tasks: z.object({ rows: z.array(listedTaskSchema), total: z.number() }),
  /** Money given in each of the last twelve months, this one last, and in the same month a year before. */
  months: z.array(z.object({ month: z.string(), value: z.string(), before: z.string() })),
  /** Open instalments due within seven days, today first. */
  expected: z.object({ from: z.string(), to: z.string(), count: z.number(), total: z.string() }),
  /** Imports that ended since yesterday, or stand still. */
  imports: z.array(
    z.object({
      id: z.string(),
      fileName: z.string(),
      state: z.enum(IMPORT_STATES),
      added: z.number(),
      errors: z.number(),
    }),
  ),
  /** Whether there is a contact at all, and a gift. */
  begun: z.object({ contacts: z.boolean(), gifts: z.boolean() }),
})
export type ShownToday = z.output<typeof shownTodaySchema>
