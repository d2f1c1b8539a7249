import * as z from 'zod'
import { isPlainDate } from '@/kernel/dates'
import { inert } from '@/kernel/text'
import { GIFT_TYPES, METHODS, MOST_AMOUNT } from './rules'

// Messages that look like keys are keys of the `errors` texts.

export const LIMITS = { note: 5000, externalId: 200, softCredits: 10, batch: 500 } as const

const CURRENCIES = new Set(Intl.supportedValuesOf('currency'))

/** Minor units as text, above 0: JSON has no bigint. */
export const amountSchema = z
  .string()
  .regex(/^\d{1,18}$/, { error: 'gift.badAmount', abort: true })
  .refine((text) => BigInt(text) > 0n, { message: 'gift.zeroAmount', abort: true })
  .refine((text) => BigInt(text) <= MOST_AMOUNT, 'gift.hugeAmount')

export const dateSchema = z.string().refine(isPlainDate, 'gift.badDate')
export const currencySchema = z.string().refine((code) => CURRENCIES.has(code), 'gift.badCurrency')
export const noteSchema = z.string().overwrite(inert).trim().max(LIMITS.note, 'gift.longNote')
const externalIdSchema = z.string().overwrite(inert).trim().min(1).max(LIMITS.externalId)
const softCreditSchema = z.object({ contactId: z.uuid(), amount: amountSchema })

const fields = {
  givenOn: dateSchema,
  amount: amountSchema,
  currency: currencySchema,
  fundId: z.uuid().nullable(),
  method: z.enum(METHODS),
  type: z.enum(GIFT_TYPES),
  externalId: externalIdSchema.nullable(),
  note: noteSchema,
  anonymous: z.boolean(),
  /** Beyond what was promised: pays no instalment by itself. */
  extra: z.boolean(),
  softCredits: z.array(softCreditSchema).max(LIMITS.softCredits),
}

export const newGiftSchema = z.object({
  contactId: z.uuid(),
  givenOn: fields.givenOn,
  amount: fields.amount,
  currency: fields.currency,
  fundId: fields.fundId.default(null),
  method: fields.method,
  type: fields.type.default('one_off'),
  externalId: fields.externalId.default(null),
  note: fields.note.default(''),
  anonymous: fields.anonymous.default(false),
  extra: fields.extra.default(false),
  softCredits: fields.softCredits.default([]),
})
export type NewGift = z.output<typeof newGiftSchema>

/** All or none; `controlTotal` is what the pile of slips adds up to, in the currency of the rows. */
export const newBatchSchema = z.object({
  gifts: z.array(newGiftSchema).min(1).max(LIMITS.batch),
  controlTotal: amountSchema.nullable().default(null),
})
export type NewBatch = z.output<typeof newBatchSchema>

export const giftIdSchema = z.object({ id: z.uuid() })
/** The version that was read, so that who comes second is told; left out: whatever is there is changed. */
const versionSchema = z.number().int().min(1).optional()

/** What is left out stays as it is. */
export const changeGiftSchema = z.object({
  id: z.uuid(),
  version: versionSchema,
  givenOn: fields.givenOn.optional(),
  amount: fields.amount.optional(),
  currency: fields.currency.optional(),
  fundId: fields.fundId.optional(),
  method: fields.method.optional(),
  type: fields.type.optional(),
  externalId: fields.externalId.optional(),
  note: fields.note.optional(),
  anonymous: fields.anonymous.optional(),
  extra: fields.extra.optional(),
  softCredits: fields.softCredits.optional(),
})
export type ChangeGift = z.output<typeof changeGiftSchema>

export const voidGiftSchema = z.object({ id: z.uuid(), version: versionSchema, reason: noteSchema.default('') })
export const refundGiftSchema = z.object({
  id: z.uuid(),
  version: versionSchema,
  /** Left out: all that is left. */
  amount: fields.amount.optional(),
  givenOn: fields.givenOn,
  note: fields.note.default(''),
})
export type RefundGift = z.output<typeof refundGiftSchema>
export const reassignGiftSchema = z.object({ id: z.uuid(), version: versionSchema, contactId: z.uuid() })

export const listGiftsSchema = z.object({
  contactId: z.uuid().optional(),
  fundId: z.uuid().optional(),
  method: fields.method.optional(),
  type: fields.type.optional(),
  currency: currencySchema.optional(),
  importId: z.uuid().optional(),
  /** `mine`: of contacts that the reader looks after, or nobody. */
  whose: z.enum(['mine', 'all']).optional(),
  from: dateSchema.optional(),
  to: dateSchema.optional(),
  /** Left out: what counts. `voided` are those that do not, `refunds` what was given back. */
  show: z.enum(['counted', 'voided', 'refunds', 'all']).default('counted'),
  /** Waiting for thanks. */
  unthanked: z.boolean().optional(),
  cursor: z.string().max(100).nullish(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
})
export type ListGifts = z.output<typeof listGiftsSchema>

const sumSchema = z.object({
  currency: z.string(),
  gifts: z.number(),
  /** Minor units as text. */
  total: z.string(),
  inKind: z.number(),
  inKindTotal: z.string(),
})
export const giftTotalsSchema = z.object({ sums: z.array(sumSchema) })
export type GiftTotals = z.output<typeof giftTotalsSchema>

/** Dates are "2026-11-22", moments ISO texts, money is minor units as text: the same for the page and for REST. */
export const listedGiftSchema = z.object({
  id: z.string(),
  contactId: z.string(),
  contactName: z.string(),
  givenOn: z.string(),
  amount: z.string(),
  /** What was given back of it. */
  refunded: z.string(),
  currency: z.string(),
  fundId: z.string().nullable(),
  fundName: z.string().nullable(),
  method: fields.method,
  type: fields.type,
  externalId: z.string().nullable(),
  note: z.string(),
  anonymous: z.boolean(),
  extra: z.boolean(),
  /** The gift that this entry gives back. */
  reversesId: z.string().nullable(),
  voidedAt: z.string().nullable(),
  voidReason: z.string(),
  thanksDue: z.boolean(),
  thankedAt: z.string().nullable(),
  importId: z.string().nullable(),
  version: z.number(),
  createdAt: z.string(),
})
export type ListedGift = z.output<typeof listedGiftSchema>

export const giftPageSchema = z.object({ gifts: z.array(listedGiftSchema), nextCursor: z.string().nullable() })
export type GiftPage = z.output<typeof giftPageSchema>

const paidSchema = z.object({
  instalmentId: z.string(),
  pledgeId: z.string(),
  dueOn: z.string(),
  amount: z.string(),
  madeBy: z.enum(['hand', 'machine']),
})

export const shownGiftSchema = listedGiftSchema.extend({
  refunds: z.array(listedGiftSchema),
  softCredits: z.array(z.object({ contactId: z.string(), contactName: z.string(), amount: z.string() })),
  allocations: z.array(paidSchema),
  /** Open instalments of its contact that it may be put to by hand, oldest first. */
  openInstalments: z.array(
    z.object({ instalmentId: z.string(), pledgeId: z.string(), dueOn: z.string(), open: z.string() }),
  ),
})
export type ShownGift = z.output<typeof shownGiftSchema>

/** What was taken back of allocations made by hand, because the gift or the instalment no longer covers them. */
export const takenBackSchema = z.array(z.object({ giftId: z.string(), instalmentId: z.string(), amount: z.string() }))
export const changedGiftSchema = z.object({ id: z.string(), takenBack: takenBackSchema })

export const ledgerCheckSchema = z.object({ checkedAt: z.string(), compared: z.number(), drift: z.number() }).nullable()
