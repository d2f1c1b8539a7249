import { errorJson } from './answer'
import { type Memory, type Pending, remember } from './memory'
import { patiently } from './patience'
import { storeSteps } from './transitions'
import { type Engine, LeaseLost, type Turn } from './turn'
import type { StepWrite } from './write-steps'

type Ended = { readonly hash: string; readonly data: string | null; readonly error: string | null }

const TIMED_OUT = Object.assign(new Error('Timed out waiting for invoked function to complete'), {
  name: 'InngestInvokeTimeoutError',
})

/** Takes in what has come since the run last went on: sleeps that are over, answers, deadlines. In the order of their times. */
export async function endWaits(engine: Engine, turn: Turn, memory: Memory, ripe: readonly Pending[]): Promise<void> {
  const over = ripe.filter((step) => step.state !== 'planned')
  if (over.length === 0) return
  const answered = over.some((step) => step.state !== 'sleeping') ? await readAnswers(engine, turn, over) : []
  const byHash = new Map(answered.map((ended) => [ended.hash, ended]))
  const writes = over.map(({ hash, name, op }): StepWrite => {
    const { data = 'null', error = null } = byHash.get(hash) ?? {}
    const position = memory.order.length
    const state = error === null ? 'done' : 'failed'
    remember(memory, hash, state, error ?? data)
    return { hash, name, op, state, position, ...(error === null ? { data: data ?? 'null' } : { error }) }
  })
  await storeSteps(engine, turn, writes)
}

/**
 * The answers of steps that waited. One whose time is over has null, or an error where it invoked a run, unless its
 * answer came at the last moment: the run's lock decides, under which each answer is written.
 */
async function readAnswers(engine: Engine, turn: Turn, over: readonly Pending[]): Promise<readonly Ended[]> {
  const hashes = over.filter(({ state }) => state !== 'sleeping').map(({ hash }) => hash)
  return patiently(engine, () =>
    engine.sql.begin(async (tx) => {
      const held = await tx`
        select from job_runs where id = ${turn.runId} and lease_id = ${turn.leaseId} for update`
      if (held.count === 0) throw new LeaseLost()
      await tx`delete from job_waits where run_id = ${turn.runId} and key = any(${hashes}::text[])`
      await tx`
        update job_steps set state = 'arrived', data = case when op = 'WaitForEvent' then 'null' end,
          error = case when op = 'InvokeFunction' then ${errorJson(TIMED_OUT)}::text end
        where run_id = ${turn.runId} and hash = any(${hashes}::text[]) and state = 'waiting'`
      return tx<Ended>`
        select hash, data, error from job_steps where run_id = ${turn.runId} and hash = any(${hashes}::text[])`
    }),
  )
}
