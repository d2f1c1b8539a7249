import { setTimeout as pause } from 'node:timers/promises'
import type { Database } from '@/db/client'
import { releaseSlot, takeSlot, type WaitForSlot } from './host-budget'
import { type RequestOutcome, retryAfterSeconds } from './rules-budget'
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
}

/** The request was not wanted any more when its turn came. */
export type Unwanted = { readonly kind: 'unwanted' }

/** One request within the budget of its host. `judge` runs while the host is still ours, so it must be quick. */
export async function fetchPolitely<T>(
  deps: PoliteDeps,
  request: FetchRequest,
  courtesy: Courtesy,
  judge: (fetched: Fetched) => JudgedFetch<T>,
): Promise<PoliteFetch<T> | Unwanted> {
  const host = new URL(request.url).hostname
  const slot = await awaitSlot(deps, host, courtesy.patience)
  if (slot.kind === 'wait') return slot
  // A throw in between leaves the host to its time limit, which is what a dead process does too.
  if (courtesy.stillWanted && !(await courtesy.stillWanted())) {
    await releaseSlot(deps.db, host, slot.slotId, { kind: 'ok' }, deps.clock())
    return { kind: 'unwanted' }
  }
  const fetched = await deps.transport.fetch(request)
  const { value, outcome } = judge(fetched)
  const redirects = fetched.kind === 'answered' ? (fetched.redirects ?? 0) : 0
  await releaseSlot(deps.db, host, slot.slotId, outcome, deps.clock(), redirects)
  return { kind: 'fetched', value }
}

const POLL = 200

async function awaitSlot(deps: PoliteDeps, host: string, patience: number) {
  const giveUp = deps.clock().getTime() + patience
  for (;;) {
    const now = deps.clock()
    const slot = await takeSlot(deps.db, host, now)
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
    return fetched.reason === 'refused_address' ? { kind: 'ok' } : { kind: 'bad', retryAfter: null }
  }
  const { status, headers } = fetched
  if (status !== 403 && status !== 429 && status < 500) return { kind: 'ok' }
  return { kind: 'bad', retryAfter: retryAfterSeconds(headers['retry-after'], now.getTime()) }
}
