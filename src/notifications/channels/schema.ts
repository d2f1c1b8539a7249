import * as z from 'zod'

// Messages that look like keys are keys of the `errors` texts.

const name = z.string().trim().min(1).max(100)

/** Folded to lower case: one mailbox is one channel. */
const address = z
  .string()
  .max(254)
  .transform((text) => text.trim().toLowerCase())
  .pipe(z.email())

export const newEmailSchema = z.object({ address, name: name.optional() })
export type NewEmail = z.output<typeof newEmailSchema>

export const channelIdSchema = z.object({ id: z.uuid() })

export const renameSchema = z.object({ id: z.uuid(), name })
export type Rename = z.output<typeof renameSchema>

const state = z.enum(['pending', 'sending', 'sent', 'failed', 'skipped'])

/** Plain JSON, the same at both doors. */
export const listedChannelSchema = z.object({
  id: z.string(),
  kind: z.enum(['telegram', 'email', 'discord', 'webhook']),
  name: z.string(),
  /** Chat id, e-mail address or URL; null where it is another member's own. */
  address: z.string().nullable(),
  locale: z.string(),
  /** Whose it is; null for one of the whole workspace. */
  memberId: z.string().nullable(),
  memberName: z.string().nullable(),
  /** Whether the reader may test it and choose it for a watch; whether they may name and delete it. */
  usable: z.boolean(),
  changeable: z.boolean(),
  /** Why it is off: a key of the `deliveries.reasons` texts; null while it is on. */
  offReason: z.string().nullable(),
  offAt: z.string().nullable(),
  createdAt: z.string(),
  /** Its newest delivery: whether it works is what people ask. */
  last: z.object({ state, reason: z.string().nullable(), at: z.string() }).nullable(),
  /** Deliveries that wait to be sent. */
  waiting: z.number(),
})
export type ListedChannel = z.output<typeof listedChannelSchema>
