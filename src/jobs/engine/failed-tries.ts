import type { AnySql } from './sql'
import type { StepWrite } from './write-steps'

/** Keeps what went wrong in tries of steps that are made again; the last try's error is the step's own. */
export async function keepFailedTries(sql: AnySql, runId: string, steps: readonly StepWrite[]): Promise<void> {
  for (const { hash, attempt = 0, error } of steps.filter(isTriedAgain))
    await sql`
      insert into job_failed_tries (run_id, hash, attempt, error) values (${runId}, ${hash}, ${attempt}, ${error ?? ''})`
}

export function isTriedAgain({ state, error }: StepWrite): boolean {
  return error !== undefined && state !== 'failed'
}
