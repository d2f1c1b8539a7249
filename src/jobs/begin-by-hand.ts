import { type Database, driverPool } from '@/db/client'
import { AppError } from '@/kernel/app-error'
import { APP_ID } from './client'
import type { JobsDesk } from './desk'
import { insertRuns, newCandidate, type Stored } from './engine/admit-run'
import type { EngineFunction } from './engine/registry'
import { claimSingletons } from './engine/singleton'
import { sqlOf } from './engine/sql'
import type { Requester } from './rules-requester'

export type HandDeps = { readonly db: Database; readonly jobs: JobsDesk }

type Wish = {
  readonly fn: EngineFunction
  readonly event: unknown
  readonly stored: Stored
  readonly by: Requester
  readonly retryOf?: string
}

/** What is done by hand is done to our own engine's runs. Throws `conflict` where an Inngest server is in charge. */
export function requireEmbedded({ mode }: JobsDesk): void {
  if (mode === 'inngest') throw new AppError('conflict', 'an Inngest server runs the jobs', { reason: 'jobs.inngest' })
}

/** By its whole id or by the job's own. Throws `not_found`. */
export async function findFunction({ registry }: JobsDesk, id: string): Promise<EngineFunction> {
  const all = await registry()
  const fn = all.get(id) ?? all.get(`${APP_ID}-${id}`)
  if (!fn) throw new AppError('not_found', `no function ${id}`, { reason: 'jobs.noFunction', values: { id } })
  return fn
}

/**
 * Begins a run because somebody asked for it. What guards the work and the sites holds: concurrency, throttle, priority,
 * `cancelOn`, and the singleton, which refuses it with `conflict` while a run of its key is open, or cancels that one. What
 * thins out events does not: rate limit, idempotency and debounce, for who asks again means it. Answers the run's id.
 */
export async function beginByHand(db: Database, { fn, event, stored, by, retryOf }: Wish): Promise<string> {
  const candidate = newCandidate(fn, event, stored)
  const { id } = candidate.run
  await sqlOf(driverPool(db)).begin(async (tx) => {
    const refused = await claimSingletons(tx, [candidate], new Map())
    if (refused.size > 0) throw new AppError('conflict', `a run of ${fn.id} is open`, { reason: 'jobs.singleton' })
    await insertRuns(tx, [candidate.run])
    await tx`update job_runs set requested_by = ${by}, retry_of = ${retryOf ?? null} where id = ${id}`
  })
  return id
}
