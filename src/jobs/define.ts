import type { GetStepTools, Inngest, InngestFunction } from 'inngest'
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

/** What runs a job: an event, where `if` (CEL over `event`) holds, or a schedule, which may begin with `TZ=Europe/Warsaw `. */
export type Trigger<Name extends JobName = JobName> =
  | { readonly event: Name; readonly if?: string }
  | { readonly cron: string }

/** Options that are handed to the SDK as they are, and mean there what its documentation says. */
type Passed = Pick<
  InngestFunction.Options,
  | 'name'
  | 'description'
  | 'retries'
  | 'concurrency'
  | 'throttle'
  | 'rateLimit'
  | 'debounce'
  | 'idempotency'
  | 'priority'
  | 'singleton'
  | 'cancelOn'
  | 'timeouts'
  | 'checkpointing'
>

export type JobOptions<Name extends JobName = JobName> = Readonly<Passed> & {
  /** Stable: runs are stored under it. `scan-host`. */
  readonly id: string
  readonly triggers: readonly Trigger<Name>[]
}

type Declared = Omit<JobOptions, 'triggers'>

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
  options: Declared & { readonly event: Name; readonly if?: string },
  handler: (deps: D, run: Run<JobData<Name>>) => Promise<unknown>,
  onFailure?: OnFailure<D>,
): Job<D> {
  const { event, if: condition, ...rest } = options
  const trigger = condition === undefined ? { event } : { event, if: condition }
  // The engine calls a handler only for its own trigger, whose data `send` has typed.
  return { options: { ...rest, triggers: [trigger] }, handler: handler as Job<D>['handler'], onFailure }
}

/** Declares a job that runs on a schedule. */
export function onCron<D>(
  options: Declared & { readonly cron: string },
  handler: (deps: D, run: Run<Record<string, unknown>>) => Promise<unknown>,
  onFailure?: OnFailure<D>,
): Job<D> {
  const { cron, ...rest } = options
  return { options: { ...rest, triggers: [{ cron }] }, handler, onFailure }
}

/** Declares a job that several events or schedules run; the event's `name` says which one did. */
export function onTriggers<D>(
  options: JobOptions,
  handler: (deps: D, run: Run<Record<string, unknown>>) => Promise<unknown>,
  onFailure?: OnFailure<D>,
): Job<D> {
  return { options, handler, onFailure }
}
