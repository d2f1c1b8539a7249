import { createHash } from 'node:crypto'
import type { EngineFunction } from './registry'
import type { Due } from './rules-due'
import { equalityOf } from './rules-equality'
import { compileMatch } from './rules-expression'
import { type AnySql, wakeAll } from './sql'

/** A wait of a run for an event, before it is stored. */
export type Wait = {
  readonly runId: string
  /** The step's hash, or a name made by `cancelsOf`. */
  readonly key: string
  readonly event: string
  readonly expression: string | null
  readonly path: string
  readonly value: string
  readonly due: Due | null
  /** It hears what has come since then, in seconds since 1970; null for now. */
  readonly since: number | null
}

type Asked = { readonly event: string; readonly expression: string | null; readonly due: Due | null }

/** Longer values are stored by their digest, for an index's row has its limit. */
const LONGEST_VALUE = 64

/** A wait for `asked`, by which an event finds it. `begun` is the run's own event. Throws for a wrong expression. */
export function toWait(runId: string, key: string, begun: unknown, { event, expression, due }: Asked): Wait {
  const equality = expression === null ? null : equalityOf(compileMatch(expression), begun)
  const value = equality ? shortValue(equality.value) : ''
  return { runId, key, event, expression, path: equality?.path ?? '', value, due, since: null }
}

export function shortValue(json: string): string {
  return json.length <= LONGEST_VALUE ? json : createHash('sha1').update(json).digest('hex')
}

const CANCEL = 'cancel/'

/** The waits of a new run for the events that cancel it, from the time on at which its own event came. */
export function cancelsOf(
  { cancels }: Pick<EngineFunction, 'cancels'>,
  runId: string,
  begun: unknown,
  since: number | null = null,
): readonly Wait[] {
  return cancels.map((cancel, at) => ({ ...toWait(runId, `${CANCEL}${at}`, begun, cancel), since }))
}

export function isCancel(key: string): boolean {
  return key.startsWith(CANCEL)
}

/** Stores waits; one that is known stays as it is. */
export async function insertWaits(tx: AnySql, waits: readonly Wait[]): Promise<void> {
  if (waits.length === 0) return
  const column = <T>(read: (wait: Wait) => T) => waits.map(read)
  await tx`
    insert into job_waits (run_id, key, event, expression, match_path, match_value, expires_at, created_at)
    select n.run_id, n.key, n.event, n.expression, n.path, n.value, coalesce(n.at, now() + n.after * interval '1 ms'),
      coalesce(to_timestamp(n.since), now())
    from unnest(${column((wait) => wait.runId)}::uuid[], ${column((wait) => wait.key)}::text[],
      ${column((wait) => wait.event)}::text[], ${column((wait) => wait.expression)}::text[],
      ${column((wait) => wait.path)}::text[], ${column((wait) => wait.value)}::text[],
      ${column(({ due }) => (due && 'at' in due ? due.at : null))}::timestamptz[],
      ${column(({ due }) => (due && 'afterMs' in due ? due.afterMs : null))}::float8[],
      ${column(({ since }) => since)}::float8[]
    ) as n (run_id, key, event, expression, path, value, at, after, since)
    on conflict do nothing`
}

/** Wakes runs whose step has its answer; one between two tries keeps its time. */
export async function wakeForAnswer(tx: AnySql, runs: readonly string[]): Promise<void> {
  await tx`
    with r as (
      update job_runs set due_at = now()
      where id = any(${[...runs]}::uuid[]) and state = 'sleeping' and attempt = 0 and due_at > now()
      returning id, function_id, due_at
    ) ${wakeAll(tx)}`
}
