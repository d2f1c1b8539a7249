import { createHmac } from 'node:crypto'
import { type Administrator, deleteSetting, requireAdministrator, writeSetting } from '@/accounts/instance-settings'
import { openSecretBox } from '@/accounts/secret-box'
import type { Database } from '@/db/client'
import { decodeKey } from '@/env'
import { AppError, isAppError } from '@/kernel/app-error'
import type { MailSettings } from '../channels/email/mail'
import { trySmtp } from '../channels/email/send-by-smtp'
import { type Bot, findBot } from './find-bot'
import type { InstallationStatus, MailInput } from './schema'
import {
  appUrlOf,
  BOT_TOKEN_KEY,
  type InstallationEnv,
  MAIL_KEY,
  readSettings,
  type Settings,
  toMail,
} from './settings'

/** How people are reached from here, and the administrator's way to change it. Nothing needs a restart. */
export type Installation = {
  readonly settings: () => Promise<Settings>
  /** Who the bot is; null where none is set. Throws where Telegram refuses it or is silent. */
  readonly bot: () => Promise<Bot | null>
  readonly status: () => Promise<InstallationStatus>
  /** Tried with Telegram before it is kept. */
  readonly setBotToken: (by: Administrator, token: string) => Promise<Bot>
  /** Tried with the server before it is kept. */
  readonly setMail: (by: Administrator, mail: MailInput) => Promise<void>
  readonly remove: (by: Administrator, what: 'bot' | 'mail') => Promise<void>
  readonly mode: 'polling' | 'webhook'
  /** Where Telegram calls us, and how it proves that it is Telegram. */
  readonly webhookOf: (token: string) => Webhook
}

export type Webhook = { readonly url: string; readonly path: string; readonly secret: string }

export function createInstallation(db: Database, env: InstallationEnv): Installation {
  const box = openSecretBox(env.GLEANER_ENCRYPTION_KEY)
  const settings = () => readSettings(db, box, env)
  const whoIs = rememberBots()
  const mode = modeOf(env)
  return {
    settings,
    mode,
    webhookOf: (token) => webhookOf(env, token),
    bot: async () => {
      const { telegram } = await settings()
      return telegram && whoIs(telegram.token, env.TELEGRAM_API_ROOT)
    },
    status: async () => {
      const now = await settings()
      return { bot: { ...(await botStatus(now, whoIs)), mode }, mail: mailStatus(now.mail) }
    },
    setBotToken: async (by, token) => {
      requireAdministrator(by)
      refuseFixed(env.TELEGRAM_BOT_TOKEN, 'TELEGRAM_BOT_TOKEN')
      const bot = await findBot({ token, apiRoot: env.TELEGRAM_API_ROOT })
      await writeSetting(db, box, by, BOT_TOKEN_KEY, token)
      return bot
    },
    setMail: async (by, mail) => {
      requireAdministrator(by)
      refuseFixed(env.SMTP_URL, 'SMTP_URL')
      refuseFixed(env.RESEND_API_KEY, 'RESEND_API_KEY')
      await tryMail(toMail(mail, env))
      await writeSetting(db, box, by, MAIL_KEY, JSON.stringify(mail))
    },
    remove: (by, what) => deleteSetting(db, by, what === 'bot' ? BOT_TOKEN_KEY : MAIL_KEY),
  }
}

/** Telegram calls only a public https address; elsewhere we ask it. */
function modeOf({ TELEGRAM_MODE, APP_URL }: InstallationEnv): 'polling' | 'webhook' {
  if (TELEGRAM_MODE !== 'auto') return TELEGRAM_MODE
  return APP_URL?.startsWith('https:') ? 'webhook' : 'polling'
}

/** Derived, so that every process knows them and a new token makes new ones. */
function webhookOf(env: InstallationEnv, token: string): Webhook {
  const derive = (purpose: string) =>
    createHmac('sha256', decodeKey(env.GLEANER_ENCRYPTION_KEY)).update(`${purpose} ${token}`).digest('base64url')
  const path = derive('telegram webhook path')
  return { url: `${appUrlOf(env)}/api/webhooks/telegram/${path}`, path, secret: derive('telegram webhook secret') }
}

/** The environment wins: what is pasted beside it would never be used. */
function refuseFixed(value: string | undefined, key: string): void {
  if (!value) return
  throw new AppError('conflict', `${key} is set in the environment`, { reason: 'installation.fixed', values: { key } })
}

type WhoIs = (token: string, apiRoot: string) => Promise<Bot>

/** A token's bot never changes, so each is asked for once a process; a failure is asked again. */
function rememberBots(): WhoIs {
  const known = new Map<string, Bot>()
  return async (token, apiRoot) => {
    const bot = known.get(token) ?? (await findBot({ token, apiRoot }))
    known.set(token, bot)
    return bot
  }
}

async function botStatus({ telegram }: Settings, whoIs: WhoIs) {
  if (!telegram) return { origin: null, username: null, problem: null }
  try {
    const { username } = await whoIs(telegram.token, telegram.apiRoot)
    return { origin: telegram.origin, username, problem: null }
  } catch (error) {
    if (!isAppError(error)) throw error
    return { origin: telegram.origin, username: null, problem: error.reason ?? null }
  }
}

function mailStatus(mail: Settings['mail']): InstallationStatus['mail'] {
  return { origin: mail.origin, kind: mail.kind, from: mail.from, where: whereOf(mail) }
}

/** Without user and password. */
function whereOf(mail: MailSettings): string {
  switch (mail.kind) {
    case 'smtp':
      return new URL(mail.url).host
    case 'resend':
      return new URL(mail.baseUrl).host
    case 'files':
      return mail.folder
  }
}

/** Resend has no call that proves a key without sending, so that one is tried by its first letter. */
async function tryMail(mail: MailSettings): Promise<void> {
  if (mail.kind !== 'smtp') return
  try {
    await trySmtp(mail)
  } catch (error) {
    const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : ''
    const reason = code === 'EAUTH' ? 'installation.mailLogin' : 'installation.mailSilent'
    throw new AppError(code === 'EAUTH' ? 'bad_input' : 'upstream', `mail server: ${code}`, { reason })
  }
}
