import * as z from 'zod'
import { amountSchema, currencySchema, dateSchema, noteSchema, takenBackSchema } from '../gifts/schema'
import { FREQUENCIES, PLEDGE_STATES } from './rules'
import { INSTALMENT_STATES } from './rules-late'

// Messages that look like keys are keys of the `errors` texts.

const frequencySchema = z.enum(FREQUENCIES)
const graceSchema = z.number().int().min(0, 'pledge.badGrace').max(365, 'pledge.badGrace').nullable()
/** The version that was read, so that who comes second is told; left out: whatever is there is changed. */
const versionSchema = z.number().int().min(1).optional()

export const newPledgeSchema = z
  .object({
    contactId: z.uuid(),
    /** Minor units as text, of one payment. */
    amount: amountSchema,
    currency: currencySchema,
    frequency: frequencySchema,
    startOn: dateSchema,
    endOn: dateSchema.nullable().default(null),
    /** The first payment is due one period after the start, not on it. */
    firstAfterPeriod: z.boolean().default(false),
    fundId: z.uuid().nullable().default(null),
    /** Days; null: the workspace's. */
    graceDays: graceSchema.default(null),
    note: noteSchema.default(''),
  })
  .refine(({ startOn, endOn }) => endOn === null || endOn >= startOn, {
    path: ['endOn'],
    message: 'pledge.endsBeforeStart',
  })
export type NewPledge = z.output<typeof newPledgeSchema>

const one = { id: z.uuid(), version: versionSchema }
export const pledgeIdSchema = z.object({ id: z.uuid() })
export const pledgeVersionSchema = z.object(one)

/** What stands beside the terms; what is left out stays as it is. */
export const changePledgeSchema = z.object({
  ...one,
  fundId: z.uuid().nullable().optional(),
  graceDays: graceSchema.optional(),
  note: noteSchema.optional(),
})
export type ChangePledge = z.output<typeof changePledgeSchema>

export const changeTermsSchema = z.object({
  ...one,
  /** From that day on; what was due before stays. */
  fromOn: dateSchema,
  amount: amountSchema,
  frequency: frequencySchema,
  /** A new row of dates; null: the dates go on. */
  firstDueOn: dateSchema.nullable().default(null),
})
export type ChangeTerms = z.output<typeof changeTermsSchema>

export const pausePledgeSchema = z
  .object({
    ...one,
    fromOn: dateSchema,
    /** The first day on which it goes on; null: until somebody resumes it. */
    untilOn: dateSchema.nullable().default(null),
    reason: noteSchema.default(''),
  })
  .refine(({ fromOn, untilOn }) => untilOn === null || untilOn > fromOn, {
    path: ['untilOn'],
    message: 'pledge.pauseEndsFirst',
  })
export type PausePledge = z.output<typeof pausePledgeSchema>

export const resumePledgeSchema = z.object({ ...one, /** Left out: today. */ on: dateSchema.optional() })
export type ResumePledge = z.output<typeof resumePledgeSchema>

/** Null takes the end date away. */
export const endPledgeSchema = z.object({ ...one, endOn: dateSchema.nullable() })
export type EndPledge = z.output<typeof endPledgeSchema>

export const cancelPledgeSchema = z.object({
  ...one,
  /** What is overdue stays owed, unless this says otherwise. */
  writeOffOverdue: z.boolean().default(false),
})
export type CancelPledge = z.output<typeof cancelPledgeSchema>

/** All that the gift pays by hand; the machine allocates the rest of it. */
export const allocateGiftSchema = z.object({
  giftId: z.uuid(),
  shares: z.array(z.object({ instalmentId: z.uuid(), amount: amountSchema })).max(100),
})
export type AllocateGift = z.output<typeof allocateGiftSchema>

export const freeAllocationSchema = z.object({ giftId: z.uuid(), instalmentId: z.uuid() })

const page = { cursor: z.string().max(100).nullish(), limit: z.coerce.number().int().min(1).max(100).default(50) }

/** `mine`: of contacts that the reader looks after, or nobody. */
const whoseSchema = z.enum(['mine', 'all']).optional()

export const listPledgesSchema = z.object({
  contactId: z.uuid().optional(),
  fundId: z.uuid().optional(),
  /** `late`: something of it is. `in_hand`: active, and something of it was paid; `promised`: active, and nothing was yet. */
  state: z.enum([...PLEDGE_STATES, 'late', 'in_hand', 'promised']).optional(),
  currency: currencySchema.optional(),
  whose: whoseSchema,
  ...page,
})
export type ListPledges = z.output<typeof listPledgesSchema>

const termsSchema = z.object({
  fromOn: z.string(),
  /** Minor units as text. */
  amount: z.string(),
  frequency: frequencySchema,
  firstDueOn: z.string(),
})

/** Dates are "2026-11-22", moments ISO texts, money is minor units as text: the same for the page and for REST. */
export const listedPledgeSchema = z.object({
  id: z.string(),
  contactId: z.string(),
  contactName: z.string(),
  currency: z.string(),
  fundId: z.string().nullable(),
  fundName: z.string().nullable(),
  /** The terms of today: of the first day where it has not begun. */
  amount: z.string(),
  frequency: frequencySchema,
  startOn: z.string(),
  endOn: z.string().nullable(),
  state: z.enum(PLEDGE_STATES),
  /** The first day on which a pause that holds today is over. */
  pausedUntil: z.string().nullable(),
  /** Of the oldest that is late; null where none is. */
  lateSince: z.string().nullable(),
  lateCount: z.number(),
  lateAmount: z.string(),
  /** The next that is open and due today or later. */
  nextDueOn: z.string().nullable(),
  /** Of its instalments: the last six that were due and the next six. */
  squares: z.array(z.object({ dueOn: z.string(), state: z.enum(INSTALMENT_STATES) })),
  version: z.number(),
  createdAt: z.string(),
})
export type ListedPledge = z.output<typeof listedPledgeSchema>
export const pledgePageSchema = z.object({ pledges: z.array(listedPledgeSchema), nextCursor: z.string().nullable() })
export type PledgePage = z.output<typeof pledgePageSchema>

const paidBySchema = z.object({
  giftId: z.string(),
  givenOn: z.string(),
  amount: z.string(),
  madeBy: z.enum(['hand', 'machine']),
})

export const shownInstalmentSchema = z.object({
  id: z.string(),
  dueOn: z.string(),
  amount: z.string(),
  paid: z.string(),
  open: z.string(),
  writtenOff: z.string(),
  state: z.enum(INSTALMENT_STATES),
  /** Today less the due date, for one that is late; else 0. */
  daysLate: z.number(),
  paidBy: z.array(paidBySchema),
})
export type ShownInstalment = z.output<typeof shownInstalmentSchema>

export const shownPledgeSchema = listedPledgeSchema.extend({
  note: z.string(),
  graceDays: z.number().nullable(),
  cancelledOn: z.string().nullable(),
  completedOn: z.string().nullable(),
  /** Oldest first. */
  terms: z.array(termsSchema),
  pauses: z.array(z.object({ fromOn: z.string(), untilOn: z.string().nullable(), reason: z.string() })),
  /** Oldest first. */
  instalments: z.array(shownInstalmentSchema),
  /** Of what was due up to today: promised, less what was skipped and written off; and what of it is paid. */
  promised: z.string(),
  received: z.string(),
})
export type ShownPledge = z.output<typeof shownPledgeSchema>

export const changedPledgeSchema = z.object({ id: z.string(), takenBack: takenBackSchema })

export const monthsSchema = z.object({ contactId: z.uuid().optional(), currency: currencySchema.optional() })
export const monthsShownSchema = z.object({
  currency: z.string(),
  months: z.array(z.object({ month: z.string(), expected: z.string(), received: z.string() })),
})
export type MonthsShown = z.output<typeof monthsShownSchema>

export const listInstalmentsSchema = z.object({
  pledgeId: z.uuid().optional(),
  contactId: z.uuid().optional(),
  from: dateSchema.optional(),
  to: dateSchema.optional(),
  currency: currencySchema.optional(),
  whose: whoseSchema,
  /** `late` is past its grace; `open` is whatever is not fully paid. */
  show: z.enum(['all', 'open', 'late']).default('all'),
  ...page,
})
export type ListInstalments = z.output<typeof listInstalmentsSchema>

export const listedInstalmentSchema = shownInstalmentSchema.omit({ paidBy: true }).extend({
  pledgeId: z.string(),
  contactId: z.string(),
  contactName: z.string(),
  currency: z.string(),
})
export const instalmentPageSchema = z.object({
  instalments: z.array(listedInstalmentSchema),
  nextCursor: z.string().nullable(),
})
export type InstalmentPage = z.output<typeof instalmentPageSchema>
