import type { Logger } from '@/observability/log'
import type { Channel } from './channel'
import { createEmailChannel } from './email/create-email-channel'
import type { MailSettings } from './email/mail'
import type { ChannelKind } from './table'
import { createTelegramChannel } from './telegram/create-telegram-channel'
import type { TelegramSettings } from './telegram/telegram-client'

/** What the channels need of the installation; null: its administrator has not set it. */
export type ChannelSettings = {
  readonly telegram: TelegramSettings | null
  readonly mail: MailSettings
}

/** A channel that may hold connections. */
export type OpenChannel = Channel & { readonly close?: () => void }

type Create = (settings: ChannelSettings, log: Logger) => OpenChannel

/** Every way to reach people. A new one is a folder here, a line in this list, and its words in `channels.json`. */
const REGISTRY: Partial<Record<ChannelKind, Create>> = {
  telegram: ({ telegram }) => (telegram ? createTelegramChannel(telegram) : unset('telegram', 'no_bot')),
  email: ({ mail }, log) => createEmailChannel(mail, log),
}

export const CHANNEL_KINDS = Object.keys(REGISTRY) as readonly ChannelKind[] // keys of a typed record

export function createChannel(kind: ChannelKind, settings: ChannelSettings, log: Logger): OpenChannel {
  const create = REGISTRY[kind]
  return create ? create(settings, log) : unset(kind, 'not_available')
}

/** Messages wait for the administrator, and the log says for what. */
function unset(kind: ChannelKind, reason: string): Channel {
  return { kind, send: async () => ({ kind: 'later', reason, detail: '' }) }
}
