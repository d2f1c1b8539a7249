import * as z from 'zod'
import { cursorSchema } from '../schema'
import { ALERT_VERDICTS } from './rules-alerts'
import { CARE_LISTS } from './rules-lists'

export const preferencesSchema = z.object({
  muted: z.array(z.string().max(40)).max(20),
  summary: z.boolean(),
  /** 1 = Monday. */
  summaryWeekday: z.number().int().min(1).max(7),
  summaryHour: z.number().int().min(0).max(23),
})
export type Preferences = z.output<typeof preferencesSchema>
export const changePreferencesSchema = preferencesSchema.partial()

export const careSettingsSchema = z.object({
  graceDays: z.number().int().min(0).max(365),
  /** Minor units as text in the workspace's currency; null: no goal. */
  monthlyGoal: z
    .string()
    .regex(/^\d{1,15}$/)
    .nullable(),
  riskRule: z.enum(['cadence', 'plain']),
  checkHour: z.number().int().min(0).max(23),
})
export type CareSettings = z.output<typeof careSettingsSchema>

export const listCareSchema = z.object({
  show: z.enum(CARE_LISTS),
  whose: z.enum(['mine', 'all']).default('mine'),
  offset: z.coerce.number().int().min(0).max(100_000).default(0),
  limit: z.coerce.number().int().min(1).max(100).default(50),
})
export type ListCare = z.output<typeof listCareSchema>

/** A row of a list of care; what a list has no use for is null. */
export const careRowSchema = z.object({
  contactId: z.string(),
  name: z.string(),
  phone: z.string().nullable(),
  pledgeId: z.string().nullable(),
  /** Days late or silent, or until the birthday. */
  days: z.number(),
  /** The due date, the last gift, the birthday. */
  on: z.string().nullable(),
  gapDays: z.number().nullable(),
  basis: z.enum(['pledge', 'own', 'default']).nullable(),
  amount: z.string().nullable(),
  currency: z.string().nullable(),
  frequency: z.string().nullable(),
  /** When somebody spoke to them last, and the next open task about them. */
  spokenOn: z.string().nullable(),
  taskOn: z.string().nullable(),
  /** Gifts that wait for thanks. */
  gifts: z.array(z.object({ id: z.string(), amount: z.string(), currency: z.string(), givenOn: z.string() })),
})
export type CareRow = z.output<typeof careRowSchema>
export const carePageSchema = z.object({ rows: z.array(careRowSchema), total: z.number() })
export type CarePage = z.output<typeof carePageSchema>

export const thankSchema = z.object({
  contactId: z.uuid(),
  giftIds: z.array(z.uuid()).max(1000).nullable().default(null),
})
export const thankedSchema = z.object({ contactId: z.string(), giftIds: z.array(z.string()) })
export const unthankSchema = z.object({ contactId: z.uuid(), giftIds: z.array(z.uuid()).min(1).max(1000) })
export const remindSchema = z.object({ contactId: z.uuid() })

export const timelineSchema = z.object({
  contactId: z.uuid(),
  cursor: cursorSchema,
  limit: z.coerce.number().int().min(1).max(100).default(30),
})
export type TimelineInput = z.output<typeof timelineSchema>

export const TIMELINE_KINDS = ['touch', 'task', 'gift', 'refund', 'pledge', 'change', 'alert'] as const
export const timelineEventSchema = z.object({
  id: z.string(),
  kind: z.enum(TIMELINE_KINDS),
  at: z.string(),
  /** What kind of it: `call`, `pledge.pause`, `contact.status` … */
  what: z.string(),
  text: z.string(),
  amount: z.string().nullable(),
  currency: z.string().nullable(),
  /** Of a gift or instalment: its day. */
  on: z.string().nullable(),
  who: z.string().nullable(),
  done: z.boolean(),
})
export type TimelineEvent = z.output<typeof timelineEventSchema>
export const timelinePageSchema = z.object({ events: z.array(timelineEventSchema), nextCursor: z.string().nullable() })
export type TimelinePage = z.output<typeof timelinePageSchema>

export const pledgeAlertsSchema = z.object({
  graceDays: z.number(),
  /** The day of the next daily check, and its hour by the workspace's clock. */
  nextCheckOn: z.string(),
  checkHour: z.number(),
  /** Who would be told: the member who looks after the contact, else the owners. */
  readers: z.array(z.string()),
  /** Due and not fully paid, the oldest first. */
  instalments: z.array(
    z.object({
      dueOn: z.string(),
      daysLate: z.number(),
      verdict: z.enum(ALERT_VERDICTS),
      /** Of a grace or a pause: until when; null where nobody said. */
      until: z.string().nullable(),
    }),
  ),
  /** The stretches of being late, the newest first. */
  episodes: z.array(
    z.object({
      id: z.string(),
      sinceOn: z.string(),
      openedAt: z.string(),
      resolvedAt: z.string().nullable(),
      resolution: z.enum(['gift', 'ended']).nullable(),
      /** The gift that ended it. */
      gift: z.object({ amount: z.string(), currency: z.string(), on: z.string() }).nullable(),
      tellings: z.array(
        z.object({
          id: z.string(),
          at: z.string(),
          to: z.string(),
          /** It stood in one message with others. */
          together: z.boolean(),
          ways: z.array(
            z.object({ id: z.string(), kind: z.string(), state: z.string(), reason: z.string().nullable() }),
          ),
        }),
      ),
    }),
  ),
})
export type PledgeAlerts = z.output<typeof pledgeAlertsSchema>
