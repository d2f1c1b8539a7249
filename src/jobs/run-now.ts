import type { Database } from '@/db/client'
import { AppError } from '@/kernel/app-error'
import { newId } from '@/kernel/ids'
import { APP_ID, poolOf } from './client'
import type { JobsDesk } from './desk'
import { insertRuns, newRun } from './engine/admit-run'
import type { EngineFunction } from './engine/registry'
import { refusal } from './engine/store-events'
import { isRecord } from './json'
import { TICK } from './rules-tick'
import type { RunNow } from './schema'

type RunDeps = { readonly db: Database; readonly jobs: JobsDesk }

/**
 * Begins one run of one function: of a schedule, as if its time had come (or as of `now`), else with an event that holds
 * `data`. The limits of the function hold for it; other functions of the same event do not hear of it. Throws `not_found`,
 * `conflict` where an Inngest server is in charge, `bad_input`.
 */
export async function runNow({ db, jobs }: RunDeps, input: RunNow): Promise<{ readonly run: string }> {
  if (jobs.mode === 'inngest')
    throw new AppError('conflict', 'an Inngest server runs the jobs', { reason: 'jobs.inngest' })
  const fn = await findFunction(jobs, input.function)
  const event = input.data === undefined ? tickOf(fn, input) : eventOf(fn, input, input.data)
  const problem = refusal(event)
  if (problem) throw new AppError('bad_input', problem, { reason: 'jobs.badData' })
  const run = newRun(fn, event, { id: null, payload: JSON.stringify(event) })
  await insertRuns(poolOf(db), [run])
  return { run: run.id }
}

/** By its whole id or by the job's own. Throws `not_found`. */
export async function findFunction({ registry }: JobsDesk, id: string): Promise<EngineFunction> {
  const all = await registry()
  const fn = all.get(id) ?? all.get(`${APP_ID}-${id}`)
  if (!fn) throw new AppError('not_found', `no function ${id}`, { reason: 'jobs.noFunction', values: { id } })
  return fn
}

function tickOf(fn: EngineFunction, { now }: RunNow) {
  const [cron] = fn.crons
  if (!cron) return eventOf(fn, { function: fn.id, now }, '{}')
  const data = now === undefined ? { cron: cron.text } : { cron: cron.text, now }
  return { id: newId(), name: TICK, data, ts: now === undefined ? Date.now() : Date.parse(now) }
}

function eventOf(fn: EngineFunction, { now }: RunNow, json: string) {
  const [event] = fn.events
  if (!event) throw new AppError('bad_input', `${fn.id} has no event`, { reason: 'jobs.noEvent' })
  if (now !== undefined) throw new AppError('bad_input', `${fn.id} has no schedule`, { reason: 'jobs.noSchedule' })
  return { id: newId(), name: event.name, data: readData(json), ts: Date.now() }
}

function readData(json: string): Record<string, unknown> {
  const read = parse(json)
  if (!isRecord(read)) throw new AppError('bad_input', 'the data is no JSON object', { reason: 'jobs.badData' })
  return read
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    // Told as what it is: no object.
    return null
  }
}
