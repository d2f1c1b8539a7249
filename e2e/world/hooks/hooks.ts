import type { IncomingMessage, ServerResponse } from 'node:http'
import { type Bell, PATIENCE_MS } from '../bell.ts'
import type { Clock } from '../clock.ts'
import { plainHeaders, readBody, sendJson, urlOf } from '../http.ts'

/** Discord's webhooks and a receiver of signed webhooks: they record what came, and can be told to fail. */

type Received = {
  readonly kind: 'discord' | 'webhook'
  /** `/api/webhooks/<id>/<token>` or `/webhook/<name>`. */
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  /** As it came: a signature is over these bytes. */
  readonly body: string
  readonly at: Date
  readonly status: number
}

type HookFault = { readonly status: number; readonly retryAfter?: number; readonly times?: number }

export type Hooks = {
  /** What was accepted. */
  readonly received: readonly Received[]
  /** What was refused. */
  readonly refused: readonly Received[]
  readonly failNext: (fault: HookFault) => void
  readonly waitFor: (predicate?: (one: Received) => boolean, timeoutMs?: number) => Promise<Received>
  readonly serve: (request: IncomingMessage, response: ServerResponse) => Promise<boolean>
  readonly reset: () => void
}

type Answer = { readonly status: number; readonly body: unknown; readonly headers?: Record<string, string> }

export function makeHooks(clock: Clock, bell: Bell): Hooks {
  const received: Received[] = []
  const refused: Received[] = []
  let fault: { fault: HookFault; left: number } | null = null
  const take = (kind: Received['kind'], body: string): Answer => {
    if (fault !== null && fault.left > 0) {
      fault.left--
      return faultOf(kind, fault.fault)
    }
    return kind === 'discord' ? discordAnswer(body, received.length) : { status: 200, body: { ok: true } }
  }
  return {
    received,
    refused,
    failNext: (given) => {
      fault = { fault: given, left: given.times ?? 1 }
    },
    waitFor: (predicate = () => true, timeoutMs = PATIENCE_MS) =>
      bell.until(() => received.findLast(predicate), timeoutMs, 'a webhook'),
    serve: async (request, response) => {
      const url = urlOf(request)
      const kind = kindOf(url.pathname)
      if (kind === null || request.method !== 'POST') return false
      const body = (await readBody(request)).toString()
      const answer = take(kind, body)
      const one = {
        kind,
        path: url.pathname,
        headers: plainHeaders(request),
        body,
        at: clock.now(),
        status: answer.status,
      }
      const list = answer.status < 300 ? received : refused
      list.push(one)
      bell.ring()
      const silent = kind === 'discord' && answer.status === 200 && url.searchParams.get('wait') !== 'true'
      if (silent) response.writeHead(204).end()
      else sendJson(response, answer.status, answer.body, answer.headers)
      return true
    },
    reset: () => {
      received.length = 0
      refused.length = 0
      fault = null
    },
  }
}

function kindOf(path: string): Received['kind'] | null {
  if (/^\/api(\/v\d+)?\/webhooks\/\d+\/[\w-]+$/.test(path)) return 'discord'
  return path.startsWith('/webhook/') ? 'webhook' : null
}

function faultOf(kind: Received['kind'], { status, retryAfter = 1 }: HookFault): Answer {
  if (status === 429) {
    const body = { message: 'You are being rate limited.', retry_after: retryAfter, global: false }
    return { status, body, headers: { 'retry-after': String(Math.ceil(retryAfter)) } }
  }
  if (status === 404 && kind === 'discord') return { status, body: { message: 'Unknown Webhook', code: 10015 } }
  return { status, body: { message: `${status}` } }
}

const LIMITS: readonly (readonly [string, number])[] = [
  ['title', 256],
  ['description', 4096],
]

function discordAnswer(body: string, number: number): Answer {
  const message = JSON.parse(body) as { content?: string; embeds?: Record<string, string>[] } // checked just below
  const { content = '', embeds = [] } = message
  if (content === '' && embeds.length === 0) {
    return { status: 400, body: { message: 'Cannot send an empty message', code: 50006 } }
  }
  if (content.length > 2000) return { status: 400, body: { content: ['Must be 2000 or fewer in length.'] } }
  const long = embeds.some((embed) => LIMITS.some(([field, limit]) => (embed[field]?.length ?? 0) > limit))
  if (embeds.length > 10 || long) return { status: 400, body: { embeds: ['Must be fewer or shorter.'] } }
  return { status: 200, body: { id: String(1_300_000_000_000 + number), type: 0, content, embeds } }
}
