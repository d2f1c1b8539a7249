import { z } from 'zod'

export const botTokenInput = z.object({
  token: z
    .string()
    .trim()
    .regex(/^\d+:[\w-]+$/)
    .max(200),
})

const from = z.string().trim().max(200).regex(/@/).nullable().default(null)

export const mailInput = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('smtp'), url: z.url({ protocol: /^smtps?$/ }).max(500), from }),
  z.object({ kind: z.literal('resend'), key: z.string().trim().min(1).max(200), from }),
])
export type MailInput = z.output<typeof mailInput>

export const removeInput = z.object({ what: z.enum(['bot', 'mail']) })

const origin = z.enum(['environment', 'settings']).nullable()

/** Never a secret: only who is there and where it is set. */
export const installationStatus = z.object({
  bot: z.object({
    origin,
    username: z.string().nullable(),
    mode: z.enum(['polling', 'webhook']),
    /** A key of the `errors` messages: why the bot cannot be reached. */
    problem: z.string().nullable(),
  }),
  mail: z.object({
    origin,
    kind: z.enum(['smtp', 'resend', 'files']),
    /** Host and port of the server, or the folder. */
    where: z.string(),
    from: z.string(),
  }),
})
export type InstallationStatus = z.output<typeof installationStatus>
