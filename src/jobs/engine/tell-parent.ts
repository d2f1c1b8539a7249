import type { AnySql } from './sql'
import { wakeForAnswer } from './waits'

/** The step that invoked a run. */
export type Parent = { readonly runId: string; readonly hash: string }

/** What an invoked run came to, as JSON. */
export type Outcome = { readonly data: string } | { readonly error: string }

/** Answers the step that invoked a run which has just ended, in that transaction. A step that waits no more is left alone. */
export async function tellParent(tx: AnySql, { runId, hash }: Parent, outcome: Outcome): Promise<void> {
  await tx`select from job_runs where id = ${runId} for update`
  const data = 'data' in outcome ? outcome.data : null
  const error = 'error' in outcome ? outcome.error : null
  const answered = await tx`
    update job_steps set state = 'arrived', data = ${data}, error = ${error}, due_at = now()
    where run_id = ${runId} and hash = ${hash} and state = 'waiting'`
  if (answered.count > 0) await wakeForAnswer(tx, [runId])
}
