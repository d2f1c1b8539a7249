import { z } from 'zod'
import { readSetting } from '@/accounts/instance-settings'
import type { SecretBox } from '@/accounts/secret-box'
import type { Database } from '@/db/client'
import type { Env } from '@/env'
import type { MailSettings } from '../channels/email/mail'
import type { TelegramSettings } from '../channels/telegram/telegram-client'

/** What of the environment decides how people are reached. */
export type InstallationEnv = Pick<
  Env,
  | 'APP_URL'
  | 'GLEANER_DATA_DIR'
  | 'MAIL_FROM'
  | 'PORT'
  | 'RESEND_API_KEY'
  | 'RESEND_BASE_URL'
  | 'SMTP_URL'
  | 'TELEGRAM_API_ROOT'
  | 'TELEGRAM_BOT_TOKEN'
  | 'TELEGRAM_MODE'
> & { readonly GLEANER_ENCRYPTION_KEY: string }

/** Where a setting comes from; the environment wins over what was pasted. */
export type Origin = 'environment' | 'settings'

export type Settings = {
  readonly telegram: (TelegramSettings & { readonly origin: Origin }) | null
  readonly mail: MailSettings & { readonly origin: Origin | null }
}

export const BOT_TOKEN_KEY = 'telegram.bot_token'
export const MAIL_KEY = 'mail'

/** As it is kept, sealed: one key for all of it, so that half a change cannot be read. */
export const storedMail = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('smtp'), url: z.string(), from: z.string().nullable() }),
  z.object({ kind: z.literal('resend'), key: z.string(), from: z.string().nullable() }),
])
export type StoredMail = z.output<typeof storedMail>

export async function readSettings(db: Database, box: SecretBox, env: InstallationEnv): Promise<Settings> {
  return { telegram: await readTelegram(db, box, env), mail: await readMail(db, box, env) }
}

async function readTelegram(db: Database, box: SecretBox, env: InstallationEnv): Promise<Settings['telegram']> {
  const apiRoot = env.TELEGRAM_API_ROOT
  if (env.TELEGRAM_BOT_TOKEN) return { token: env.TELEGRAM_BOT_TOKEN, apiRoot, origin: 'environment' }
  const token = await readSetting(db, box, BOT_TOKEN_KEY)
  return token ? { token, apiRoot, origin: 'settings' } : null
}

async function readMail(db: Database, box: SecretBox, env: InstallationEnv): Promise<Settings['mail']> {
  const fromEnv = mailOfEnv(env)
  if (fromEnv) return { ...toMail(fromEnv, env), origin: 'environment' }
  const text = await readSetting(db, box, MAIL_KEY)
  if (text) return { ...toMail(storedMail.parse(JSON.parse(text)), env), origin: 'settings' }
  return { kind: 'files', folder: `${env.GLEANER_DATA_DIR}/mail`, from: senderOf(null, null, env), origin: null }
}

function mailOfEnv(env: InstallationEnv): StoredMail | null {
  if (env.SMTP_URL) return { kind: 'smtp', url: env.SMTP_URL, from: null }
  if (env.RESEND_API_KEY) return { kind: 'resend', key: env.RESEND_API_KEY, from: null }
  return null
}

export function toMail(stored: StoredMail, env: InstallationEnv): MailSettings {
  switch (stored.kind) {
    case 'smtp':
      return { kind: 'smtp', url: stored.url, from: senderOf(stored.from, new URL(stored.url).username, env) }
    case 'resend':
      return { kind: 'resend', key: stored.key, baseUrl: env.RESEND_BASE_URL, from: senderOf(stored.from, null, env) }
  }
}

/** What was asked for, else the mail server's own user, else a name at our own address. */
function senderOf(from: string | null, user: string | null, env: InstallationEnv): string {
  const wanted = env.MAIL_FROM ?? from
  if (wanted) return wanted
  const account = user ? decodeURIComponent(user) : ''
  return `Gleaner <${account.includes('@') ? account : `gleaner@${new URL(appUrlOf(env)).hostname}`}>`
}

/** Gleaner's own address, as far as it is known. */
export function appUrlOf(env: Pick<InstallationEnv, 'APP_URL' | 'PORT'>): string {
  return env.APP_URL ?? `http://localhost:${env.PORT}`
}
