import { setTimeout as sleep } from 'node:timers/promises'
import type { TaskList } from 'graphile-worker'
import { newId } from '@/kernel/ids'
import { claimRun } from './claim-run'
import { tickCron } from './crons'
import { driveRun } from './drive-run'
import { levelOf } from './graphile-logger'
import { routeTo } from './hand-over'
import { fireDebounce } from './hold-event'
import { cronTask, routeTask } from './known'
import type { Pool } from './pool'
import { prune, type Retention } from './prune'
import type { EngineFunction } from './registry'
import { routeEvents } from './route-events'
import { debounceTask, EVENTS_TASK, PRUNE_TASK, runTask, wakeUp } from './sql'
import type { Engine } from './turn'

/**
 * The tasks in two lists, each with claimers of its own: those of runs may have to wait for a place, and nothing that
 * routes events, keeps time or tidies up may wait behind them.
 */
export function splitTasks(tasks: TaskList): { readonly runs: TaskList; readonly others: TaskList } {
  const pick = (ofRuns: boolean) =>
    Object.fromEntries(Object.entries(tasks).filter(([name]) => name.startsWith(runTask('')) === ofRuns))
  return { runs: pick(true), others: pick(false) }
}

/** What graphile-worker calls: each task is short, for a run is only started by its task, not awaited. */
export function createTasks(engine: Engine, pool: Pool, retention: Retention): TaskList {
  const tasks: TaskList = {
    [EVENTS_TASK]: (payload) => routeEvents(engine, eventsOf(payload)),
    [PRUNE_TASK]: () => prune(engine.sql, retention),
  }
  for (const fn of engine.registry.values()) {
    tasks[runTask(fn.id)] = (payload) => begin(engine, pool, textOf(payload, 'run'), fn)
    for (const { text } of fn.crons) tasks[cronTask(fn.id, text)] = () => tickCron(engine, fn.id, text)
    for (const { name } of fn.events) {
      tasks[routeTask(fn.id, name)] = (payload) => routeTo(engine, fn, eventsOf(payload))
    }
    tasks[debounceTask(fn.id)] = (payload) => fireDebounce(engine, fn, textOf(payload, 'key'))
  }
  return tasks
}

/** So long a job is kept from other processes while this one has no place for its run. */
const PLACE_MS = 500
/** After that, so long whoever has given the job back asks for no other: time for another process to take it. */
const REST_MS = 100

/** Waits a moment for a place, claims the run and starts to drive it. Without a place its job goes back. */
async function begin(engine: Engine, pool: Pool, runId: string, fn: EngineFunction): Promise<void> {
  if (!(await pool.enter(PLACE_MS))) return handBack(engine, runId)
  const leaseId = newId()
  engine.active.add(leaseId)
  const leave = () => {
    engine.active.delete(leaseId)
    pool.leave()
  }
  try {
    const claimed = await claimRun(engine, { runId, leaseId, workerId: engine.workerId }, fn)
    if (!claimed) return leave()
    driveRun(engine, claimed)
      // The run stays this worker's; the next sweep gives it back.
      .catch((error: unknown) =>
        engine.log[levelOf(error)]({ err: error, function: fn.id, run: runId }, 'the job engine failed'),
      )
      .finally(leave)
  } catch (error) {
    leave()
    throw error
  }
}

/** Calls for the run anew, at its own time, so that it keeps its place among those that are due. */
async function handBack({ sql }: Engine, runId: string): Promise<void> {
  await sql`
    with r as (
      select id, function_id, due_at from job_runs
      where id = ${runId} and state in ('queued', 'sleeping') and due_at is not null and blocked_on is null
    ) select ${wakeUp(sql)} is not null as woken from r`
  await sleep(REST_MS)
}

function textOf(payload: unknown, key: string): string {
  const value = (payload as Readonly<Record<string, unknown>> | null)?.[key]
  if (typeof value !== 'string') throw new Error(`a job of the queue has no ${key}`)
  return value
}

function eventsOf(payload: unknown): readonly string[] {
  const { events } = (payload ?? {}) as { readonly events?: unknown }
  return Array.isArray(events) ? events.map(String) : []
}
