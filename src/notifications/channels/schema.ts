import { z } from 'zod'

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
