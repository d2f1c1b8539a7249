import { setTimeout as pause } from 'node:timers/promises'
import type { Database } from '@/db/client'
import { releaseSlot, takeSlot, type WaitForSlot } from './host-budget'
import { answerOf, findFreshRobots, findRobots, keepRobots, type RobotsAnswer, robotsUrl } from './robots'
import { type RequestOutcome, retryAfterSeconds } from './rules-budget'
import { judgeAddress } from './rules-robots-copy'
import type { Fetched, FetchRequest, Transport } from './transport'

export type PoliteDeps = {
  readonly db: Database
  readonly transport: Transport
  readonly clock: () => Date
  readonly sleep?: (milliseconds: number) => Promise<unknown>
}

/** What came back, as the caller judged it: `outcome` is what the host's budget learns of it. */
export type JudgedFetch<T> = { readonly value: T; readonly outcome: RequestOutcome }

export type PoliteFetch<T> = { readonly kind: 'fetched'; readonly value: T } | WaitForSlot

export type Courtesy = {
  /** Milliseconds that may pass until the host has room; longer waits are given back to the caller. */
  readonly patience: number
  /** Last word before the request leaves; false gives the right back unused. */
  readonly stillWanted?: () => Promise<boolean>
  /** Asked only where robots.txt forbids the address: whether somebody took it upon themselves all the same. */
  readonly overridden?: () => Promise<boolean>
  /** Another way to the page than the plain one. */
  readonly transport?: Transport
}

/** The request was not wanted any more when its turn came. */
export type Unwanted = { readonly kind: 'unwanted' }

/**
 * One request within the budget of its host, where its robots.txt (read once a day) allows the address; else `judge` gets
 * a failure of reason `robots`, and nothing leaves. `judge` runs while the host is still ours, so it must be quick.
 */
export async function fetchPolitely<T>(
  deps: PoliteDeps,
  request: FetchRequest,
  courtesy: Courtesy,
  judge: (fetched: Fetched) => JudgedFetch<T>,
): Promise<PoliteFetch<T> | Unwanted> {
  const url = new URL(request.url)
  const robots = await askRobots(deps, url, courtesy.patience)
  if (robots.kind === 'wait') return robots
  const overridden = robots.word !== 'allowed' && ((await courtesy.overridden?.()) ?? false)
  const refused = refusalOfRobots(robots)
  if (refused !== null && !overridden) return { kind: 'fetched', value: judge(refused).value }
  const mayFollow = overridden ? undefined : (next: URL) => mayAsk(deps, robots, url.origin, next)
  const slot = await awaitSlot(deps, url.hostname, courtesy)
  if (slot.kind === 'wait') return slot
  // A throw in between leaves the host to its time limit, which is what a dead process does too.
  if (courtesy.stillWanted && !(await courtesy.stillWanted())) {
    await releaseSlot(deps.db, url.hostname, slot.slotId, { kind: 'ok' }, deps.clock())
    return { kind: 'unwanted' }
  }
  const fetched = await (courtesy.transport ?? deps.transport).fetch({ ...request, mayFollow, room: slot.room })
  const { value, outcome } = judge(fetched)
  await releaseSlot(deps.db, url.hostname, slot.slotId, outcome, deps.clock(), fetched.requests ?? 0)
  return { kind: 'fetched', value }
}

type RobotsAsked = (RobotsAnswer & { readonly kind: 'known' }) | WaitForSlot

/** What the host's robots.txt says; reads it, as one request of the host's budget, where no fresh copy is kept. */
async function askRobots(deps: PoliteDeps, url: URL, patience: number): Promise<RobotsAsked> {
  const kept = await findFreshRobots(deps.db, url, deps.clock())
  if (kept) return { kind: 'known', ...answerOf(kept, url, deps.clock()) }
  const slot = await awaitSlot(deps, url.hostname, { patience })
  if (slot.kind === 'wait') return slot
  const fetched = await deps.transport.fetch({ url: robotsUrl(url) })
  const now = deps.clock()
  const copy = await keepRobots(deps.db, url, fetched, now)
  await releaseSlot(deps.db, url.hostname, slot.slotId, outcomeOf(fetched, now), now, fetched.requests ?? 0)
  return { kind: 'known', ...answerOf(copy, url, now) }
}

function refusalOfRobots({ word, copy }: RobotsAnswer): Fetched | null {
  if (word === 'allowed') return null
  if (word === 'forbidden') return { kind: 'failed', reason: 'robots', detail: 'robots.txt forbids this address' }
  return { kind: 'failed', reason: 'network', detail: `robots.txt cannot be read: ${copy.detail ?? 'no answer'}` }
}

/** A redirect is asked for like any address; of another site's rules only what is kept is known. */
async function mayAsk({ db, clock }: PoliteDeps, own: RobotsAnswer, origin: string, next: URL): Promise<boolean> {
  const copy = next.origin === origin ? own.copy : await findRobots(db, next.origin)
  return copy === null || judgeAddress(copy, next, clock()) !== 'forbidden'
}

const POLL = 200

async function awaitSlot(deps: PoliteDeps, host: string, { patience, transport }: Courtesy) {
  const giveUp = deps.clock().getTime() + patience
  for (;;) {
    const now = deps.clock()
    const slot = await takeSlot(deps.db, host, now, transport?.longestMs)
    if (slot.kind === 'taken') return slot
    // A busy host is free as soon as the other is done: its `until` is only the latest moment.
    if (slot.why !== 'busy' && slot.until.getTime() > giveUp) return slot
    if (now.getTime() >= giveUp) return slot
    const wait = slot.why === 'busy' ? POLL : Math.min(slot.until.getTime() - now.getTime(), giveUp - now.getTime())
    await (deps.sleep ?? pause)(Math.max(wait, 1))
  }
}

/** What a host's budget learns of an answer by its status alone. 404 is an answer; 403, 429 and 5xx are not. */
export function outcomeOf(fetched: Fetched, now: Date): RequestOutcome {
  if (fetched.kind === 'failed') {
    const ours = fetched.reason === 'refused_address' || fetched.reason === 'robots'
    return ours ? { kind: 'ok' } : { kind: 'bad', retryAfter: null }
  }
  const { status, headers } = fetched
  if (status !== 403 && status !== 429 && status < 500) return { kind: 'ok' }
  return { kind: 'bad', retryAfter: retryAfterSeconds(headers['retry-after'], now.getTime()) }
}
