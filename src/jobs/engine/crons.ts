import { newId } from '@/kernel/ids'
import { admitRuns, newCandidate } from './admit-run'
import { cronTask } from './known'
import type { EngineFunction } from './registry'
import { nextTick } from './rules-cron'
import type { AnySql } from './sql'
import type { Engine } from './turn'

type Schedule = {
  readonly fn: EngineFunction
  readonly text: string
  readonly cron: EngineFunction['crons'][number]['cron']
}
type Row = { due: boolean; now: Date; next_at: Date; late_seconds: number }

/** A tick later than this was missed while no worker ran; it is made good once, and said. */
const MISSED_SECONDS = 60

/** For a schedule whose last tick has come. */
const NEVER = new Date('9999-01-01')

function schedulesOf(engine: Engine): readonly Schedule[] {
  return [...engine.registry.values()].flatMap((fn) => fn.crons.map(({ text, cron }) => ({ fn, text, cron })))
}

/**
 * Stores the schedules of this release, drops those that are gone, and sets the alarms that are missing. At the start, and
 * again by the sweep: an alarm may be lost.
 */
export async function registerCrons(engine: Engine): Promise<void> {
  const schedules = schedulesOf(engine)
  await engine.sql.begin(async (tx) => {
    await dropGone(tx, [...engine.registry.keys()])
    for (const { fn, text, cron } of schedules) {
      const next = nextTick(cron, await now(tx)) ?? NEVER
      await tx`insert into job_crons (function_id, cron, next_at) values (${fn.id}, ${text}, ${next}) on conflict do nothing`
      await setAlarm(tx, fn.id, text)
    }
  })
}

/**
 * Schedules that no living worker has: at once where this release has the function with another one, else when they are
 * long overdue, for a newer release that is just starting again has them still.
 */
async function dropGone(tx: AnySql, own: readonly string[]): Promise<void> {
  await tx`
    with gone as (
      delete from job_crons c
      where (function_id = any(${[...own]}::text[]) or next_at < now() - interval '1 hour')
        and not exists (
          select from job_workers w, jsonb_array_elements(w.functions) f
          where f ->> 'id' = c.function_id and f -> 'crons' ? c.cron)
      returning function_id, cron
    ) select count(graphile_worker.remove_job('cron/' || function_id || '/' || cron)) from gone`
}

async function now(sql: AnySql): Promise<Date> {
  const [row] = await sql<{ now: Date }>`select now()`
  if (!row) throw new Error('the database told no time')
  return row.now
}

/** Unless it is set already, and comes in time. */
async function setAlarm(sql: AnySql, functionId: string, text: string): Promise<void> {
  await sql`
    select graphile_worker.add_job(${cronTask(functionId, text)}, run_at => next_at, job_key => key) is not null
    from (select next_at, 'cron/' || function_id || '/' || cron as key from job_crons
      where function_id = ${functionId} and cron = ${text}) c
    where not exists (
      select from graphile_worker.jobs j
      where j.key = c.key and j.run_at <= c.next_at and j.attempts < j.max_attempts and j.locked_at is null)`
}

/** Begins the run of a tick that is due, and sets the next alarm. The row's lock makes it one run, whoever is called. */
export async function tickCron(engine: Engine, functionId: string, text: string): Promise<void> {
  const schedule = schedulesOf(engine).find(({ fn, text: own }) => fn.id === functionId && own === text)
  if (!schedule) throw new Error(`no schedule ${text} of ${functionId} in this release`)
  await engine.sql.begin(async (tx) => {
    const [row] = await tx<Row>`
      select next_at <= now() as due, now(), next_at, extract(epoch from now() - next_at)::float8 as late_seconds
      from job_crons where function_id = ${functionId} and cron = ${text} for update`
    if (row?.due) await beginTick(engine, tx, schedule, row)
    await setAlarm(tx, functionId, text)
  })
}

async function beginTick(engine: Engine, tx: AnySql, { fn, text, cron }: Schedule, row: Row): Promise<void> {
  if (row.late_seconds > MISSED_SECONDS) {
    engine.log.info({ function: fn.id, cron: text, missed: row.next_at }, 'a schedule was missed and runs once now')
  }
  const id = newId()
  const event = { id, name: 'inngest/scheduled.timer', data: { cron: text }, ts: row.now.getTime() }
  const candidate = newCandidate(fn, event, { id: null, payload: JSON.stringify(event) })
  await admitRuns(tx, [candidate])
  const next = nextTick(cron, row.now)
  await tx`
    update job_crons set next_at = ${next ?? NEVER}, last_at = now(), last_run_id = ${candidate.run.id}
    where function_id = ${fn.id} and cron = ${text}`
}
