import type { Bell } from '../bell.ts'
import { isLoopback } from '../http.ts'
import { badRequest, type Params, Refusal, type Update } from './wire.ts'

/** Updates wait in one queue until they are confirmed by an offset or taken by a webhook. */

type WebhookTry = { readonly at: Date; readonly status: number; readonly update: Update }

type Webhook = {
  readonly url: string
  readonly secret: string
  readonly allowed: readonly string[] | null
}

export type Updates = {
  readonly queue: readonly Update[]
  readonly webhook: () => Webhook | null
  /** Each POST to the webhook and what came back; status 0 where nothing did. */
  readonly tries: readonly WebhookTry[]
  readonly push: (kind: string, body: Params) => void
  /** The same update again, under the same `update_id`, as Telegram does after an answer it did not get. */
  readonly replay: (updateId: number) => Promise<number>
  readonly getUpdates: (params: Params, gone: AbortSignal) => Promise<readonly Update[]>
  readonly setWebhook: (params: Params) => string
  readonly deleteWebhook: (params: Params) => string
  readonly webhookInfo: () => Params
  readonly pollers: () => number
  /** Forgets what nobody has taken and what was tried; the webhook and whoever polls stay. */
  readonly reset: () => void
  readonly close: () => void
}

export type UpdatesSetting = {
  readonly now: () => Date
  readonly bell: Bell
  /** A webhook may answer with a method call of its own. */
  readonly onReply: (method: string, params: Params) => void
}

type Poller = { readonly wake: () => void; readonly end: (refusal: Refusal) => void }

const OTHER_POLLER = 'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running'
const WEBHOOK_ACTIVE =
  "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"

export function makeUpdates(setting: UpdatesSetting): Updates {
  let queue: Update[] = []
  const delivered: Update[] = []
  const tries: WebhookTry[] = []
  let nextId = 1_000_001
  let webhook: Webhook | null = null
  let poller: Poller | null = null
  let allowed: readonly string[] | null = null
  let lastError: { at: Date; message: string } | null = null
  let pumping = false
  let retry: NodeJS.Timeout | undefined

  const post = async (update: Update, to: Webhook): Promise<number> => {
    const status = await deliver(update, to, setting.onReply).catch(() => 0)
    tries.push({ at: setting.now(), status, update })
    if (status < 200 || status > 299) {
      lastError = { at: setting.now(), message: `Wrong response from the webhook: ${status}` }
    }
    return status
  }
  /** In order, one at a time; what is refused stays first in the queue and is tried again a second later. */
  const pump = async () => {
    if (pumping) return
    pumping = true
    for (let first = queue[0]; webhook !== null && first !== undefined; first = queue[0]) {
      const status = await post(first, webhook)
      if (status < 200 || status > 299) {
        clearTimeout(retry)
        retry = setTimeout(() => void pump(), 1000)
        break
      }
      delivered.push(first)
      queue = queue.filter((update) => update !== first)
    }
    pumping = false
    setting.bell.ring()
  }
  const push = (kind: string, body: Params) => {
    const update = { update_id: nextId++, [kind]: body }
    const list = webhook?.allowed ?? allowed
    if (list !== null && list.length > 0 && !list.includes(kind)) return
    queue.push(update)
    poller?.wake()
    if (webhook !== null) void pump()
    setting.bell.ring()
  }
  const replay = async (updateId: number) => {
    const update = delivered.find((one) => one.update_id === updateId)
    if (webhook === null || update === undefined) throw new Error(`update ${updateId} was not delivered to a webhook`)
    return post(update, webhook)
  }
  const confirm = (offset: number) => {
    if (offset > 0) queue = queue.filter((update) => update.update_id >= offset)
    if (offset < 0) queue = queue.slice(offset)
  }
  const getUpdates = async (params: Params, gone: AbortSignal): Promise<readonly Update[]> => {
    if (webhook !== null) throw new Refusal(409, WEBHOOK_ACTIVE)
    poller?.end(new Refusal(409, OTHER_POLLER))
    poller = null
    if (Array.isArray(params.allowed_updates)) allowed = params.allowed_updates.map(String)
    confirm(Number(params.offset ?? 0))
    const limit = Math.min(100, Math.max(1, Number(params.limit ?? 100)))
    const seconds = Number(params.timeout ?? 0)
    if (queue.length === 0 && seconds > 0) await waitForUpdate(seconds * 1000, gone)
    return queue.slice(0, limit)
  }
  const waitForUpdate = (ms: number, gone: AbortSignal) =>
    new Promise<void>((resolve, reject) => {
      const leave = () => {
        clearTimeout(timer)
        if (poller === mine) poller = null
      }
      const wake = () => {
        leave()
        resolve()
      }
      const end = (refusal: Refusal) => {
        leave()
        reject(refusal)
      }
      const mine: Poller = { wake, end }
      const timer = setTimeout(wake, ms)
      gone.addEventListener('abort', wake)
      poller = mine
    })
  const setWebhook = (params: Params): string => {
    const url = String(params.url ?? '')
    if (url === '') return deleteWebhook(params)
    const secret = String(params.secret_token ?? '')
    checkWebhook(url, secret)
    const list = Array.isArray(params.allowed_updates) ? params.allowed_updates.map(String) : (allowed ?? null)
    const same = webhook?.url === url && webhook.secret === secret
    webhook = { url, secret, allowed: list }
    if (params.drop_pending_updates === true || params.drop_pending_updates === 'true') queue = []
    poller?.end(new Refusal(409, 'Conflict: terminated by setWebhook request'))
    lastError = null
    void pump()
    return same ? 'Webhook is already set' : 'Webhook was set'
  }
  const deleteWebhook = (params: Params): string => {
    const had = webhook !== null
    webhook = null
    clearTimeout(retry)
    if (params.drop_pending_updates === true || params.drop_pending_updates === 'true') queue = []
    return had ? 'Webhook was deleted' : 'Webhook is already deleted'
  }
  const webhookInfo = (): Params => ({
    url: webhook?.url ?? '',
    has_custom_certificate: false,
    pending_update_count: queue.length,
    ...(lastError === null
      ? {}
      : { last_error_date: Math.floor(lastError.at.getTime() / 1000), last_error_message: lastError.message }),
    ...(webhook?.allowed ? { allowed_updates: webhook.allowed } : {}),
  })
  const reset = () => {
    clearTimeout(retry)
    queue = []
    delivered.length = 0
    tries.length = 0
    lastError = null
  }
  const close = () => {
    clearTimeout(retry)
    webhook = null
    poller?.wake()
  }
  return {
    get queue() {
      return queue
    },
    webhook: () => webhook,
    tries,
    push,
    replay,
    getUpdates,
    setWebhook,
    deleteWebhook,
    webhookInfo,
    pollers: () => (poller === null ? 0 : 1),
    reset,
    close,
  }
}

/** The real one takes https from anywhere; the world calls loopback only, where http is all there is. */
function checkWebhook(url: string, secret: string): void {
  if (!/^[A-Za-z0-9_-]{0,256}$/.test(secret)) throw badRequest('secret token contains unallowed characters')
  if (!URL.canParse(url)) throw badRequest('bad webhook: invalid url specified')
  if (!isLoopback(new URL(url))) throw badRequest('bad webhook: Failed to resolve host: Name or service not known')
}

async function deliver(update: Update, to: Webhook, onReply: UpdatesSetting['onReply']): Promise<number> {
  const secret: Record<string, string> = to.secret === '' ? {} : { 'x-telegram-bot-api-secret-token': to.secret }
  const response = await fetch(to.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...secret },
    body: JSON.stringify(update),
    redirect: 'manual',
    signal: AbortSignal.timeout(30_000),
  })
  const text = await response.text()
  if (response.ok && text.includes('"method"')) {
    const { method, ...params } = JSON.parse(text) as { method: unknown } // a reply within the webhook's answer
    if (typeof method === 'string') onReply(method, params)
  }
  return response.status
}
