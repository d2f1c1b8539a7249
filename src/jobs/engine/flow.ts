import { createHash } from 'node:crypto'
import { z } from 'zod'
import { parseSleep } from './rules-due'
import { type Expression, keyText, numberOf } from './rules-expression'
import { inOrder, type Place, type Scope, slotName } from './rules-slots'
import { hardRate, type Rate, throttleRate } from './rules-throttle'

type Limit = { readonly limit: number; readonly key: Expression | null; readonly scope: Scope }
type Keyed<T> = T & { readonly key: Expression | null }

/** When a function's runs may begin, and whether they do. */
export type Flow = {
  readonly limits: readonly Limit[]
  readonly throttle: Keyed<{ readonly rate: Rate }> | null
  readonly rateLimit: Keyed<{ readonly rate: Rate; readonly reason: 'rate limit' | 'idempotency' }> | null
  readonly debounce: Keyed<{ readonly periodMs: number; readonly timeoutMs: number | null }> | null
  readonly singleton: Keyed<{ readonly mode: 'skip' | 'cancel' }> | null
  readonly priority: Expression | null
}

const SECOND = 1000
const DAY = 86_400 * SECOND
const MOST_PRIORITY = 600
const LONGEST_KEY = 200

/** A duration of the SDK, `1m30s`, within bounds; as milliseconds. */
function period(longestMs: number) {
  const wrong = `a time from 1s to ${longestMs / DAY}d, such as 1m30s`
  return z
    .string()
    .refine((text) => /^(\d+[wdhms])+$/.test(text) && isWithin(toMs(text), longestMs), wrong)
    .transform(toMs)
}

function isWithin(ms: number, longestMs: number): boolean {
  return ms >= SECOND && ms <= longestMs
}

function toMs(text: string): number {
  const due = parseSleep(text)
  return 'afterMs' in due ? due.afterMs : 0
}

const key = z.string().min(1).optional()
const count = z.int().positive()
/** 0 is no limit, as the SDK says. */
const limit = z
  .strictObject({ limit: z.int().nonnegative(), key, scope: z.enum(['fn', 'env', 'account']).optional() })
  .refine(({ scope = 'fn', key }) => scope === 'fn' || key !== undefined, 'a shared limit has a key')

/** Flow control's part of a function's configuration, as the SDK registers it. */
export const flowShape = {
  concurrency: z.union([z.int().nonnegative(), limit, z.array(limit).max(2)]).optional(),
  throttle: z
    .strictObject({ limit: count, period: period(7 * DAY), burst: z.int().nonnegative().optional(), key })
    .optional(),
  rateLimit: z.strictObject({ limit: count, period: period(DAY), key }).optional(),
  debounce: z.strictObject({ period: period(7 * DAY), timeout: period(7 * DAY).optional(), key }).optional(),
  singleton: z.strictObject({ mode: z.enum(['skip', 'cancel']), key }).optional(),
  priority: z.strictObject({ run: z.string().optional() }).optional(),
  idempotency: z.string().min(1).optional(),
}
const flowSchema = z.object(flowShape)
type Config = z.infer<typeof flowSchema>

/** Compiles the expression of an option; throws with the option's name. */
type Read = (option: string, text: string | undefined) => Expression | null

/** Compiles flow control. Throws with the option whose expression cannot be read. */
export function compileFlow(config: Config, read: Read): Flow {
  const { singleton, priority } = config
  return {
    limits: limitsOf(config, read),
    throttle: throttleOf(config, read),
    rateLimit: rateLimitOf(config, read),
    debounce: debounceOf(config, read),
    singleton: singleton ? { mode: singleton.mode, key: read('singleton.key', singleton.key) } : null,
    priority: read('priority.run', priority?.run),
  }
}

function throttleOf({ throttle }: Config, read: Read): Flow['throttle'] {
  if (!throttle) return null
  const { limit, period, burst, key } = throttle
  return { rate: throttleRate(limit, period, burst), key: read('throttle.key', key) }
}

function debounceOf({ debounce }: Config, read: Read): Flow['debounce'] {
  if (!debounce) return null
  const { period, timeout = null, key } = debounce
  return { periodMs: period, timeoutMs: timeout, key: read('debounce.key', key) }
}

function limitsOf({ concurrency = [] }: Config, read: Read): readonly Limit[] {
  const asked: readonly z.infer<typeof limit>[] =
    typeof concurrency === 'number' ? [{ limit: concurrency }] : [concurrency].flat()
  return asked
    .filter(({ limit }) => limit > 0)
    .map(({ limit, key, scope = 'fn' }) => ({ limit, scope, key: read('concurrency.key', key) }))
}

/** Idempotency is a rate limit of one a day, and overrides the other (Inngest, "Handling idempotency"). */
function rateLimitOf({ idempotency, rateLimit }: Config, read: Read): Flow['rateLimit'] {
  if (idempotency !== undefined) {
    return { rate: hardRate(1, DAY), reason: 'idempotency', key: read('idempotency', idempotency) }
  }
  if (!rateLimit) return null
  const rate = hardRate(rateLimit.limit, rateLimit.period)
  return { rate, reason: 'rate limit', key: read('rateLimit.key', rateLimit.key) }
}

type Owner = { readonly id: string; readonly flow: Flow }

/** A run's places among concurrency limits, in the order in which it takes them. */
export function placesFor({ id, flow }: Owner, event: unknown): readonly Place[] {
  return inOrder(
    flow.limits.map(({ limit, key, scope }, at) => ({
      slot: slotName(scope, id, at, key && textOf(key, event)),
      limit,
    })),
  )
}

/** The key of a function's throttle, rate limit, debounce or singleton for this event; null where it has none. */
export function keyFor(
  { id, flow }: Owner,
  option: 'throttle' | 'rateLimit' | 'debounce' | 'singleton',
  event: unknown,
): string | null {
  const own = flow[option]
  return own && `${option}/${id}/${own.key ? textOf(own.key, event) : ''}`
}

/** Seconds by which a run goes before others, from -600 to 600; what is no number is 0. */
export function priorityFor({ flow }: Owner, event: unknown): number {
  const seconds = Math.trunc((flow.priority && numberOf(flow.priority, event)) ?? 0)
  return Math.min(MOST_PRIORITY, Math.max(-MOST_PRIORITY, seconds))
}

/** Whether events may begin no run of this function, or not at once. */
export function isGuarded({ rateLimit, debounce, singleton }: Flow): boolean {
  return rateLimit !== null || debounce !== null || singleton !== null
}

/** A key's value, or its hash where it is long: an index takes no more than 2.7 kB. */
function textOf(key: Expression, event: unknown): string {
  const text = keyText(key, event) ?? 'null'
  return text.length <= LONGEST_KEY ? text : `sha256:${createHash('sha256').update(text).digest('hex')}`
}
