import type { Bot } from 'grammy'
import { z } from 'zod'
import type { Deps } from '@/accounts/context'
import { equalHashes, sha256 } from '@/accounts/secret-hash'
import type { Installation } from '@/notifications/installation/installation'
import { acceptUpdate } from './accept-update'
import type { BotContext, BotFeature } from './context'
import { createBot } from './create-bot'

const BODY_MAX = 1024 * 1024
const updateSchema = z.looseObject({ update_id: z.number().int().nonnegative() })

export type WebhookDoor = {
  readonly deps: Deps
  readonly installation: Installation
  readonly features: readonly BotFeature[]
}

/**
 * Telegram's call: 401 without the path and the secret that we gave it, `{"ok":true}` for everything else that is an
 * update, a repeated one too, which is not handled again.
 */
export async function answerWebhook(door: WebhookDoor, request: Request, path: string): Promise<Response> {
  const { telegram } = await door.installation.settings()
  if (!telegram) return answer(401, { ok: false })
  const expected = door.installation.webhookOf(telegram.token)
  const secret = request.headers.get('x-telegram-bot-api-secret-token') ?? ''
  // Both are compared, always, so that the time tells nothing of either.
  const same = [isSame(path, expected.path), isSame(secret, expected.secret)]
  if (same.includes(false)) return answer(401, { ok: false })
  const update = await readUpdate(request)
  if (!update) return answer(400, { ok: false })
  const bot = await findBot(door, telegram.token, telegram.apiRoot)
  await acceptUpdate(door.deps, bot, update)
  return answer(200, { ok: true })
}

function isSame(given: string, expected: string): boolean {
  return equalHashes(sha256(given), sha256(expected))
}

function answer(status: number, body: { readonly ok: boolean }): Response {
  return Response.json(body, { status })
}

type Update = Parameters<Bot['handleUpdate']>[0]

async function readUpdate(request: Request): Promise<Update | null> {
  const text = await request.text()
  if (text.length > BODY_MAX) return null
  const parsed = updateSchema.safeParse(parseJson(text))
  // Its form is Telegram's own: the secret has proved who sends it.
  return parsed.success ? (parsed.data as Update) : null
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // The schema refuses undefined.
    return undefined
  }
}

const bots = new Map<string, Promise<Bot<BotContext>>>()

/** One a token and process; a failed start is not kept. */
function findBot(door: WebhookDoor, token: string, apiRoot: string): Promise<Bot<BotContext>> {
  const known = bots.get(token)
  if (known) return known
  const started = createBot(token, { deps: door.deps, features: door.features, apiRoot })
  bots.set(token, started)
  started.catch(() => bots.delete(token))
  return started
}
