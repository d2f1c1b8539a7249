import { newId } from '@/kernel/ids'
import { admitRuns, newCandidate } from './admit-run'
import type { EngineFunction } from './registry'
import { nextTick } from './rules-cron'
import { type AnySql, CRON_TASK } from './sql'
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

/** Stores the schedules of this release, drops those of functions that are gone, and sets the alarm of each. */
export async function registerCrons(engine: Engine): Promise<void> {
  const schedules = schedulesOf(engine)
  await engine.sql.begin(async (tx) => {
    const known = JSON.stringify(schedules.map(({ fn, text }) => [fn.id, text]))
    await tx`delete from job_crons where not ${known}::text::jsonb @> jsonb_build_array(jsonb_build_array(function_id, cron))`
    for (const { fn, text, cron } of schedules) {
      const next = nextTick(cron, await now(tx)) ?? NEVER
      await tx`insert into job_crons (function_id, cron, next_at) values (${fn.id}, ${text}, ${next}) on conflict do nothing`
      await setAlarm(tx, fn.id, text)
    }
  })
}

async function now(sql: AnySql): Promise<Date> {
  const [row] = await sql<{ now: Date }>`select now()`
  if (!row) throw new Error('the database told no time')
  return row.now
}

async function setAlarm(sql: AnySql, functionId: string, text: string): Promise<void> {
  await sql`
    select graphile_worker.add_job(${CRON_TASK}, json_build_object('function', function_id, 'cron', cron),
      run_at => next_at, job_key => 'cron/' || function_id || '/' || cron) is not null
    from job_crons where function_id = ${functionId} and cron = ${text}`
}

/** Begins the run of a tick that is due, and sets the next alarm. The row's lock makes it one run, whoever is called. */
export async function tickCron(engine: Engine, functionId: string, text: string): Promise<void> {
  const schedule = schedulesOf(engine).find(({ fn, text: own }) => fn.id === functionId && own === text)
  // An alarm of another release: its own workers answer it.
  if (!schedule) return
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
