import { AppError } from '@/kernel/app-error'
import { newId } from '@/kernel/ids'
import { beginByHand, findFunction, type HandDeps, requireEmbedded } from './begin-by-hand'
import type { EngineFunction } from './engine/registry'
import { refusal } from './engine/store-events'
import { isRecord } from './json'
import type { Requester } from './rules-requester'
import { TICK } from './rules-tick'
import type { RunNow } from './schema'

/**
 * Begins one run of one function: of a schedule, as if its time had come (or as of `now`), else with an event that holds
 * `data`; other functions of the same event do not hear of it. Throws `not_found`, `bad_input`, and `conflict` while its
 * singleton has an open run, or where an Inngest server is in charge.
 */
export async function runNow({ db, jobs }: HandDeps, input: RunNow, by: Requester): Promise<{ readonly run: string }> {
  requireEmbedded(jobs)
  const fn = await findFunction(jobs, input.function)
  const event = input.data === undefined ? tickOf(fn, input) : eventOf(fn, input, input.data)
  const problem = refusal(event)
  if (problem) throw new AppError('bad_input', problem, { reason: 'jobs.badData' })
  return { run: await beginByHand(db, { fn, event, stored: { id: null, payload: JSON.stringify(event) }, by }) }
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
