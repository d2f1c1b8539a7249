import { endWaits } from './end-waits'
import type { Memory, Pending } from './memory'
import { patiently } from './patience'
import { type Engine, LeaseLost, type Turn } from './turn'

type Row = Pick<Pending, 'hash' | 'state'> & { readonly ripe: boolean; readonly inMs: number | null }

/** An answer to a step that waits comes at any time. */
const LONGEST_MS = 1000
const SHORTEST_MS = 20

/**
 * Looks which open steps have become ripe while others of the run, those of `isAtWork`, are at work: a sleep's end, an
 * answer, the time of another try. Takes in those that waited. Answers after how many milliseconds to look again. Throws
 * `LeaseLost`.
 */
export async function ripen(
  engine: Engine,
  turn: Turn,
  memory: Memory,
  isAtWork: (hash: string) => boolean,
): Promise<number> {
  const rows = (await patiently(engine, () => readOpen(engine, turn))).filter(({ hash }) => !isAtWork(hash))
  for (const row of rows) if (row.ripe) markRipe(memory, row)
  const over = rows.flatMap(({ hash, ripe }) => (ripe ? (memory.pending.get(hash) ?? []) : []))
  await endWaits(engine, turn, memory, over)
  const next = rows.flatMap(({ ripe, inMs }) => (ripe || inMs === null ? [] : inMs))
  return Math.max(SHORTEST_MS, Math.min(LONGEST_MS, ...next))
}

function markRipe({ pending }: Memory, { hash, state }: Row): void {
  const step = pending.get(hash)
  if (step && !step.ripe) pending.set(hash, { ...step, state, ripe: true })
}

/** In the order of their times. A run with a step at work has one that is open: where there is none, it is another's. */
async function readOpen({ sql }: Engine, { runId, leaseId }: Turn): Promise<readonly Row[]> {
  const rows = await sql<Row>`
    select s.hash, s.state, coalesce(s.due_at <= now(), false) as ripe,
      extract(epoch from s.due_at - now())::float8 * 1000 as "inMs"
    from job_runs r join job_steps s on s.run_id = r.id
    where r.id = ${runId} and r.lease_id = ${leaseId} and s.state in ('planned', 'sleeping', 'waiting', 'arrived')
    order by s.due_at, s.created_at`
  if (rows.length === 0) throw new LeaseLost()
  return rows
}
