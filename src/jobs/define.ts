import type { GetStepTools, Inngest } from 'inngest'
import type { JobData, JobName } from './events'

type Step = GetStepTools<Inngest>

/** What one run of a job gets, beside the dependencies that wiring gave it. */
export type Run<Data> = {
  readonly event: { readonly id: string; readonly name: string; readonly data: Data; readonly ts: number }
  readonly step: Step
  readonly runId: string
  /** 0 on the first try. */
  readonly attempt: number
}

export type Limit = { readonly limit: number; readonly key?: string }

export type JobOptions<Name extends JobName = JobName> = {
  /** Stable: runs are stored under it. `scan-host`. */
  readonly id: string
  /** Cron expressions may begin with `TZ=Europe/Warsaw `. */
  readonly trigger: { readonly event: Name } | { readonly cron: string }
  /** Tries after the first; the SDK's default is 3. */
  readonly retries?: 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10
  readonly concurrency?: Limit | readonly Limit[]
}

/** What a job's failure handler gets: the run has failed after its last try. */
export type Failure = {
  readonly error: Error
  readonly runId: string
  /** The event that began the failed run. */
  readonly event: Run<Record<string, unknown>>['event']
  readonly step: Step
}

type OnFailure<D> = (deps: D, failure: Failure) => Promise<unknown>

/** A job before it is bound to a client: a declaration and its handler. `wiring/jobs.ts` lists them all. */
export type Job<D> = {
  readonly options: JobOptions
  readonly handler: (deps: D, run: Run<Record<string, unknown>>) => Promise<unknown>
  readonly onFailure?: OnFailure<D>
}

/** Declares a job that runs on an event; the event's data is typed by `events.ts`. */
export function onEvent<D, Name extends JobName>(
  options: Omit<JobOptions, 'trigger'> & { readonly event: Name },
  handler: (deps: D, run: Run<JobData<Name>>) => Promise<unknown>,
  onFailure?: OnFailure<D>,
): Job<D> {
  const { event, ...rest } = options
  // The engine calls a handler only for its own trigger, whose data `send` has typed.
  return { options: { ...rest, trigger: { event } }, handler: handler as Job<D>['handler'], onFailure }
}

/** Declares a job that runs on a schedule. */
export function onCron<D>(
  options: Omit<JobOptions, 'trigger'> & { readonly cron: string },
  handler: (deps: D, run: Run<Record<string, unknown>>) => Promise<unknown>,
  onFailure?: OnFailure<D>,
): Job<D> {
  const { cron, ...rest } = options
  return { options: { ...rest, trigger: { cron } }, handler, onFailure }
}
