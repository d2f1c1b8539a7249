import { setTimeout as sleep } from 'node:timers/promises'
import { type Api, type Bot, GrammyError } from 'grammy'
import type { Deps } from '@/accounts/context'
import { openTelegramApi } from '@/notifications/channels/telegram/telegram-client'
import { acceptUpdate } from './accept-update'
import type { BotContext, BotFeature } from './context'
import { createBot, UPDATES } from './create-bot'
import { type Hold, holdPoller } from './hold-poller'
import { forgetTrouble, keepTrouble, troubleOf } from './keep-trouble'

const POLL_SECONDS = 25
const WAIT_MS = 3000

export type PollingOptions = {
  readonly token: string
  readonly deps: Deps
  readonly features: readonly BotFeature[]
  readonly apiRoot: string
  readonly signal: AbortSignal
}

/**
 * Long polling until `signal`: one process polls a bot, the others wait for its turn. Never throws; what goes wrong is
 * logged and tried again.
 */
export async function startPolling({ token, deps, features, apiRoot, signal }: PollingOptions): Promise<void> {
  const api = openTelegramApi({ token, apiRoot }, POLL_SECONDS + 15)
  let bot: Bot<BotContext> | null = null
  while (!signal.aborted) {
    try {
      bot ??= await createBot(token, { deps, features, apiRoot })
      const hold = await holdPoller(deps.db, BigInt(bot.botInfo.id))
      if (hold) await pollWhileHeld({ bot, api, deps, signal }, hold)
    } catch (error) {
      if (!signal.aborted) await tellTrouble(deps, error)
    }
    await pause(WAIT_MS, signal)
  }
}

/** In the log, and where the health check looks. */
async function tellTrouble(deps: Deps, error: unknown): Promise<void> {
  deps.log.warn({ reason: reasonOf(error) }, 'polling stopped; it starts again in a moment')
  await keepTrouble(deps.db, troubleOf(error), deps.clock()).catch(() => {
    // The database may be what is away; the next trouble, or none, is written when it is back.
  })
}

type Polling = {
  readonly bot: Bot<BotContext>
  readonly api: Api
  readonly deps: Deps
  readonly signal: AbortSignal
}

async function pollWhileHeld(polling: Polling, hold: Hold): Promise<void> {
  const { bot, api, deps, signal } = polling
  const ended = AbortSignal.any([signal, hold.lost])
  try {
    // A webhook of another mode or installation would keep every update from us.
    await api.deleteWebhook()
    deps.log.info({ bot: bot.botInfo.username }, 'polling Telegram')
    for (let offset = 0; !ended.aborted; ) offset = await pollOnce(polling, offset, ended)
  } finally {
    await hold.release()
  }
}

/** Chats in parallel, each in its order. An update is confirmed by the next poll, so after it was handled. */
async function pollOnce({ bot, api, deps }: Polling, offset: number, ended: AbortSignal): Promise<number> {
  const options = { offset, timeout: POLL_SECONDS, allowed_updates: [...UPDATES] }
  const updates = await api.getUpdates(options, toGrammySignal(ended))
  await forgetTrouble(deps.db)
  const chats = Map.groupBy(updates, (update) => chatOf(update))
  await Promise.all(
    [...chats.values()].map(async (own) => {
      for (const update of own) await acceptUpdate(deps, bot, update)
    }),
  )
  const last = updates.at(-1)
  return last ? last.update_id + 1 : offset
}

type Update = Awaited<ReturnType<Api['getUpdates']>>[number]

function chatOf(update: Update): number {
  const { message, callback_query, my_chat_member } = update
  return (message ?? callback_query?.message ?? my_chat_member)?.chat.id ?? 0
}

type GrammySignal = Parameters<Api['getUpdates']>[1]

/** grammY's type is that of a polyfill, which Node's own signal fits. */
function toGrammySignal(signal: AbortSignal): GrammySignal {
  return signal as unknown as GrammySignal
}

/** Without the address, which holds the token. */
function reasonOf(error: unknown): string {
  if (error instanceof GrammyError) return error.description
  return error instanceof Error ? error.name : 'unknown'
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal }).catch(() => undefined)
}
