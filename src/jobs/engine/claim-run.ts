import { errorJson } from './answer'
import { type Memory, recall, type StepRow } from './memory'
import type { EngineFunction } from './registry'
import { block, findFull, lockSlots } from './slots'
import type { AnySql, EngineSql } from './sql'
import { failRun } from './transitions'
import type { Engine, Turn } from './turn'

export type Claimed = { readonly turn: Turn; readonly memory: Memory }

export type Claim = { readonly runId: string; readonly leaseId: string; readonly workerId: string }
type Row = { event: string; attempt: number; takeovers: number; slots: string[]; fresh: boolean }

/** A run that kills its process again and again must not do so for ever; but those beside it are counted too. */
const MOST_TAKEOVERS = 100

/**
 * Takes a due run for this worker and reads its steps. Null when it is not due, another worker has it, or a concurrency
 * limit is reached (then it waits for the slot).
 */
export async function claimRun(engine: Engine, claim: Claim, fn: EngineFunction): Promise<Claimed | null> {
  const row = fn.limits.length > 0 ? await takeWithin(engine.sql, claim, fn) : await take(engine.sql, claim)
  if (!row) return null
  const { runId, leaseId } = claim
  const turn = { runId, leaseId, fn, event: row.event, slots: row.slots }
  if (row.takeovers > MOST_TAKEOVERS) return giveUp(engine, turn)
  return { turn, memory: recall(row.fresh ? [] : await readSteps(engine.sql, runId), row.attempt) }
}

async function take(sql: AnySql, { runId, leaseId, workerId }: Claim): Promise<Row | null> {
  const [row] = await sql<Row>`
    update job_runs set state = 'running', lease_id = ${leaseId}, worker_id = ${workerId}, due_at = null,
      blocked_on = null, started_at = coalesce(started_at, now())
    where id = ${runId} and state in ('queued', 'sleeping') and due_at <= now()
    returning event, attempt, takeovers, slots, started_at = now() as fresh`
  return row ?? null
}

/** Takes it unless a limit is reached. Locked first and counted after, so that two workers never both see the last place. */
async function takeWithin(sql: EngineSql, claim: Claim, fn: EngineFunction): Promise<Row | null> {
  return sql.begin(async (tx) => {
    const [found] = await tx<{ slots: string[] }>`select slots from job_runs where id = ${claim.runId}`
    const slots = found?.slots ?? []
    await lockSlots(tx, slots)
    const full = await findFull(tx, fn, slots)
    if (full === null) return take(tx, claim)
    await block(tx, claim.runId, full, slots)
    return null
  })
}

async function readSteps(sql: AnySql, runId: string): Promise<readonly StepRow[]> {
  return sql<StepRow>`
    select hash, name, op, state, attempt, data, error, coalesce(due_at <= now(), false) as ripe
    from job_steps where run_id = ${runId} order by position nulls last, created_at`
}

async function giveUp(engine: Engine, turn: Turn): Promise<null> {
  const error = new Error(`its process died ${MOST_TAKEOVERS} times while it ran this step`)
  await failRun(engine, turn, errorJson(error))
  return null
}
