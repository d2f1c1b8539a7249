import { lockSlots, wakeBlocked } from './slots'
import { type AnySql, wakeAll } from './sql'
import { wakeThrottled } from './throttle-run'
import type { Engine } from './turn'

const MOST = 500

/**
 * Sets lines going that stand: whoever was called died or was deleted, or a release has other limits. A line goes on by
 * itself as long as somebody of it runs or was called.
 */
export async function mendLines(engine: Engine): Promise<void> {
  await openLines(engine)
  for (const line of await standingLines(engine.sql)) {
    await engine.sql.begin(async (tx) => {
      await lockSlots(tx, [line])
      if (await isThrottle(tx, line)) await wakeThrottled(tx, line)
      else if ((await standing(tx, [line])).length > 0) await wakeBlocked(tx, [line])
    })
  }
}

/** The lines of functions that limit nothing any more. */
async function openLines({ sql, registry }: Engine): Promise<void> {
  const free = [...registry.values()].filter(({ flow }) => flow.limits.length === 0 && flow.throttle === null)
  await sql`
    with r as (
      update job_runs set blocked_on = null, throttle = null where id in (
        select id from job_runs where blocked_on is not null and state in ('queued', 'sleeping')
          and function_id = any(${free.map(({ id }) => id)}::text[]) limit ${MOST}
      ) returning id, function_id, due_at
    ) ${wakeAll(sql)}`
}

/** Finds each line by one look into the index, however many wait in it. */
async function standingLines(sql: AnySql): Promise<readonly string[]> {
  const lines = await sql<{ line: string }>`
    with recursive lines as (
      (select blocked_on as line from job_runs where blocked_on is not null and state in ('queued', 'sleeping')
        order by blocked_on limit 1)
      union all
      select (select blocked_on from job_runs where blocked_on > l.line and state in ('queued', 'sleeping')
        order by blocked_on limit 1)
      from lines l where l.line is not null
    ) select line from lines where line is not null`
  return standing(
    sql,
    lines.map(({ line }) => line),
  )
}

/** Those of these lines for which nobody runs, was called, or waits for its time. */
async function standing(sql: AnySql, lines: readonly string[]): Promise<readonly string[]> {
  const found = await sql<{ line: string }>`
    select line from unnest(${[...lines]}::text[]) line
    where not exists (select from job_runs h where h.state = 'running' and line = any(h.slots))
      and not exists (select from job_runs h where h.called_to = line and h.state in ('queued', 'sleeping'))
      and not exists (select from job_runs h where h.keeps = line and h.state in ('queued', 'sleeping'))
      and not exists (
        select from (
          select blocked_on from job_runs t where t.throttle = line and t.state in ('queued', 'sleeping')
          order by t.order_at, t.id limit 1
        ) head where head.blocked_on is distinct from line
      ) limit ${MOST}`
  return found.map(({ line }) => line)
}

async function isThrottle(tx: AnySql, line: string): Promise<boolean> {
  const [row] = await tx`
    select id from job_runs where throttle = ${line} and state in ('queued', 'sleeping') order by order_at, id limit 1`
  return row !== undefined
}
