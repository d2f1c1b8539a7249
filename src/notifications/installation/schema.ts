import * as z from 'zod'

export const botTokenInput = z.object({
  token: z
    .string()
    .trim()
    .regex(/^\d+:[\w-]+$/)
    .max(200),
})

/** An address that names no host would mean this very machine, and a lone % in user or password means nothing. */
function isSmtpUrl(text: string): boolean {
  const { hostname, username, password } = new URL(text)
  return hostname !== '' && [username, password].every(isDecodable)
}

function isDecodable(part: string): boolean {
  try {
    return decodeURIComponent(part) !== undefined
  } catch {
    // URIError: no UTF-8.
    return false
  }
}

const smtpUrlSchema = z
  .url({ protocol: /^smtps?$/, abort: true })
  .max(500)
  .refine(isSmtpUrl, 'fields.format')

/** It travels in a header, which takes nothing else. */
const headerText = z
  .string()
  .trim()
  .regex(/^[\x21-\x7e]+$/)
  .max(200)

const from = z.string().trim().max(200).regex(/@/).nullable().default(null)

export const mailInput = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('smtp'), url: smtpUrlSchema, from }),
  z.object({ kind: z.literal('resend'), key: headerText, from }),
])
export type MailInput = z.output<typeof mailInput>

const text = z.string().trim().max(200)

/** What the form asks for; what leaves it is what the door takes. */
export const mailForm = z
  .object({
    kind: z.enum(['smtp', 'resend']),
    host: text,
    port: text,
    security: z.enum(['starttls', 'tls']),
    user: text,
    password: z.string().max(200),
    key: text,
    from: text,
  })
  .superRefine((form, context) => {
    for (const path of missingIn(form)) context.addIssue({ code: 'custom', path: [path], message: 'fields.wrong' })
  })
  .transform((form): MailInput => {
    const sender = form.from || null
    if (form.kind === 'resend') return { kind: 'resend', key: form.key, from: sender }
    return { kind: 'smtp', url: smtpUrl(form), from: sender }
  })

function missingIn(form: SmtpForm & { readonly kind: string; readonly key: string }): readonly string[] {
  if (form.kind === 'resend') return form.key ? [] : ['key']
  const host = /^[\w.:[\]-]+$/.test(form.host) ? [] : ['host']
  return /^\d{0,5}$/.test(form.port) ? host : [...host, 'port']
}

type SmtpForm = { readonly host: string; port: string; security: string; user: string; password: string }

function smtpUrl({ host, port, security, user, password }: SmtpForm): string {
  const login = user ? `${encodeURIComponent(user)}:${encodeURIComponent(password)}@` : ''
  return `${security === 'tls' ? 'smtps' : 'smtp'}://${login}${host}${port ? `:${port}` : ''}`
}

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
