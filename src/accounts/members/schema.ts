import * as z from 'zod'
import { ROLES } from '../rules-permissions'
import { emailSchema, newUserSchema } from '../schema'

// Messages that look like keys are keys of the `errors` texts.

const roleSchema = z.enum(ROLES)

/** Without an address it is a link, for whoever has it. */
export const inviteSchema = z.object({ role: roleSchema, email: emailSchema.nullable().default(null) })
export type InviteInput = z.output<typeof inviteSchema>

/** The form's: an empty field is no address. */
export const inviteFormSchema = z.object({
  role: roleSchema,
  email: z.union([z.literal('').transform(() => null), emailSchema]),
})

const tokenSchema = z.string().regex(/^[\w-]{20,80}$/)
export const invitationTokenSchema = z.object({ token: tokenSchema })

/** A new person. `email` counts where the invitation names none. */
export const acceptSchema = z.intersection(newUserSchema, invitationTokenSchema)
export type AcceptInput = z.output<typeof acceptSchema>

export const memberIdSchema = z.object({ id: z.uuid() })
export const changeRoleSchema = z.object({ id: z.uuid(), role: roleSchema })
export type ChangeRole = z.output<typeof changeRoleSchema>

/** `heirId`: the member who gets what they looked after. */
export const removeMemberSchema = z.object({ id: z.uuid(), heirId: z.uuid() })
export type RemoveMember = z.output<typeof removeMemberSchema>
export const leaveSchema = z.object({ heirId: z.uuid() })
