import { setTimeout as sleep } from 'node:timers/promises'
import type { Deps } from '@/accounts/context'
import { isAppError } from '@/kernel/app-error'
import { openTelegramApi, type TelegramSettings } from '@/notifications/channels/telegram/telegram-client'
import type { Installation } from '@/notifications/installation/installation'
import type { BotFeature } from './context'
import { UPDATES } from './create-bot'
import { forgetTrouble, keepTrouble, troubleOf } from './keep-trouble'
import { startPolling } from './start-polling'

/** How often the settings are looked at: a pasted token works within seconds. */
const LOOK_MS = 2000
const RETRY_MS = 15_000

export type RunBotOptions = {
  readonly deps: Deps
  readonly installation: Installation
  readonly features: readonly BotFeature[]
  readonly signal: AbortSignal
}

/**
 * Keeps the installation's bot listening until `signal`: polls, or tells Telegram our webhook; follows the settings when
 * the token changes. For the worker; any number of them may run it.
 */
export async function runBot(options: RunBotOptions): Promise<void> {
  const { deps, installation, signal } = options
  let running: Running | null = null
  while (!signal.aborted) {
    const telegram = await readTelegram(installation, deps)
    if (running && running.token !== telegram?.token) running = await stopListening(running)
    if (telegram && !running) running = listen(options, telegram)
    await sleep(LOOK_MS, undefined, { signal }).catch(() => undefined)
  }
  await running?.done
}

type Running = { readonly token: string; readonly stop: AbortController; readonly done: Promise<void> }

function listen(options: RunBotOptions, { token, apiRoot }: TelegramSettings): Running {
  const stop = new AbortController()
  const listening = { ...options, token, apiRoot, signal: AbortSignal.any([options.signal, stop.signal]) }
  const start = options.installation.mode === 'polling' ? startPolling : keepWebhook
  return { token, stop, done: start(listening) }
}

async function stopListening({ stop, done }: Running): Promise<null> {
  stop.abort()
  await done
  return null
}

/** A database that is away for a moment must not end the bot. */
async function readTelegram(installation: Installation, deps: Deps) {
  try {
    return (await installation.settings()).telegram
  } catch (error) {
    const reason = isAppError(error) ? error.message : 'settings could not be read'
    deps.log.warn({ reason }, 'the bot token could not be read')
    return null
  }
}

type Listening = RunBotOptions & { readonly token: string; readonly apiRoot: string }

/** Told again until Telegram has taken it, then left alone. */
async function keepWebhook({ token, apiRoot, installation, deps, signal }: Listening): Promise<void> {
  const { url, secret } = installation.webhookOf(token)
  const api = openTelegramApi({ token, apiRoot }, 15)
  while (!signal.aborted) {
    try {
      await api.setWebhook(url, { secret_token: secret, allowed_updates: [...UPDATES] })
      deps.log.info('Telegram calls our webhook')
      await forgetTrouble(deps.db)
      return
    } catch (error) {
      // The error's text may hold the token.
      const code = troubleOf(error)
      deps.log.warn({ code }, 'Telegram did not take our webhook; it is told again in a moment')
      await keepTrouble(deps.db, code, deps.clock()).catch(() => undefined)
    }
    await sleep(RETRY_MS, undefined, { signal }).catch(() => undefined)
  }
}
