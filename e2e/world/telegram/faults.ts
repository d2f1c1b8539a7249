import { type Random, randomOf } from '../random.ts'
import { type Params, Refusal } from './wire.ts'

/** What a test makes go wrong at the Bot API. */

type Fault = {
  /** Every method when left out. */
  readonly method?: string
  /** One chat only. */
  readonly chatId?: number
  readonly status: number
  readonly description?: string
  readonly parameters?: Params
  /** How often; once by default. */
  readonly times?: number
  /** Of all calls only this share, drawn from the seed: 0.3 fails about three in ten. */
  readonly share?: number
}

type Lost = {
  /** The connection is cut, unless a status is given: then that is what the proxy says. */
  readonly status?: number
  /** The connection stays open and nothing comes: time to kill who waits. */
  readonly hold?: boolean
  readonly method?: string
}

export type Faults = {
  readonly failNext: (fault: Fault) => void
  /** The next `times` calls do their work, and their answer is never received. */
  readonly answerLost: (times: number, how?: Lost) => void
  /** At most so many messages a second into the chat (`*`: into all together); more is told to wait. */
  readonly rate: (chatId: number | '*', perSecond: number, retryAfter?: number) => void
  /** Every call takes so long. */
  readonly delay: (milliseconds: number) => void
  readonly refusalFor: (method: string, chatId: number | null) => Refusal | null
  readonly lostFor: (method: string) => Lost | null
  readonly milliseconds: () => number
  readonly reset: () => void
}

const READING = new Set(['getMe', 'getUpdates', 'getWebhookInfo', 'setWebhook', 'deleteWebhook'])
const SENDING = /^(send|edit|copy|forward)(?!ChatAction)/

const WORDS: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  502: 'Bad Gateway',
  504: 'Gateway Timeout',
}

export function makeFaults(seed: number, now: () => Date): Faults {
  let faults: { fault: Fault; left: number }[] = []
  let lost: { how: Lost; left: number } | null = null
  let random: Random = randomOf(`${seed}/telegram/faults`)
  let wait = 0
  const rates = new Map<number | '*', { perSecond: number; retryAfter: number; times: number[] }>()

  const failing = (method: string, chatId: number | null): Refusal | null => {
    const found = faults.find(({ fault }) => isFor(fault, method, chatId))
    if (found === undefined || !random.chance(found.fault.share ?? 1)) return null
    found.left--
    if (found.left <= 0) faults = faults.filter((one) => one !== found)
    const { status, description, parameters } = found.fault
    const retry = parameters?.retry_after
    const words = status === 429 ? `Too Many Requests: retry after ${retry ?? 1}` : (WORDS[status] ?? 'Error')
    return new Refusal(status, description ?? words, parameters ?? (status === 429 ? { retry_after: 1 } : undefined))
  }
  const tooFast = (method: string, chatId: number | null): Refusal | null => {
    if (!SENDING.test(method)) return null
    for (const key of ['*' as const, chatId]) {
      const limit = key === null ? undefined : rates.get(key)
      if (limit === undefined) continue
      const at = now().getTime()
      limit.times = limit.times.filter((time) => at - time < 1000)
      if (limit.times.length >= limit.perSecond) {
        const { retryAfter } = limit
        return new Refusal(429, `Too Many Requests: retry after ${retryAfter}`, { retry_after: retryAfter })
      }
      limit.times.push(at)
    }
    return null
  }
  return {
    failNext: (fault) => void faults.push({ fault, left: fault.times ?? 1 }),
    answerLost: (times, how = {}) => {
      lost = { how, left: times }
    },
    rate: (chatId, perSecond, retryAfter = 1) => void rates.set(chatId, { perSecond, retryAfter, times: [] }),
    delay: (milliseconds) => {
      wait = milliseconds
    },
    refusalFor: (method, chatId) => failing(method, chatId) ?? tooFast(method, chatId),
    lostFor: (method) => {
      if (lost === null || lost.left <= 0 || !(lost.how.method === method || isPlainSend(lost.how, method))) return null
      lost.left--
      return lost.how
    },
    milliseconds: () => wait,
    reset: () => {
      faults = []
      lost = null
      wait = 0
      rates.clear()
      random = randomOf(`${seed}/telegram/faults`)
    },
  }
}

/** A fault without a method spares what only asks, or polling would use it up. */
function isFor(fault: Fault, method: string, chatId: number | null): boolean {
  if (fault.chatId !== undefined && fault.chatId !== chatId) return false
  return fault.method === undefined ? !READING.has(method) : fault.method === method
}

function isPlainSend(how: Lost, method: string): boolean {
  return how.method === undefined && SENDING.test(method)
}
