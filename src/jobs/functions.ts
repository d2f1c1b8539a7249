import type { Context, EventPayload, FailureEventArgs, InngestFunction } from 'inngest'
import type { JobClient } from './client'
import type { Failure, Job, JobOptions, Run } from './define'
import { nowOf } from './rules-tick'

/** Keys that `JobOptions` has. One that came past the types is refused at boot, whichever engine is in charge. */
const KNOWN: Readonly<Record<keyof JobOptions, true>> = {
  id: true,
  triggers: true,
  name: true,
  description: true,
  retries: true,
  concurrency: true,
  throttle: true,
  rateLimit: true,
  debounce: true,
  idempotency: true,
  priority: true,
  singleton: true,
  cancelOn: true,
  timeouts: true,
  checkpointing: true,
}

/** Binds jobs to a client and their dependencies. Throws for an option that is not known, with the job's id. */
export function createFunctions<D>(client: JobClient, deps: D, jobs: readonly Job<D>[]): InngestFunction.Any[] {
  return jobs.map((job) => {
    for (const key of Object.keys(job.options)) {
      if (!Object.hasOwn(KNOWN, key)) throw new Error(`job ${job.options.id}: there is no option ${key}`)
    }
    return bind(client, deps, job)
  })
}

function bind<D>(client: JobClient, deps: D, { options, handler, onFailure }: Job<D>): InngestFunction.Any {
  return client.createFunction(
    {
      ...options,
      triggers: [...options.triggers],
      onFailure:
        onFailure && ((context: FailureContext) => onFailure(asOf(deps, context.event.data.event), toFailure(context))),
    },
    // The client's own type of `step` knows the app's middleware, of which none adds to it.
    (context: Context.Any) => handler(asOf(deps, context.event), toRun(context)),
  )
}

/** Dependencies whose clock stands at the time that a schedule is run as of; the same ones for any other run. */
function asOf<D>(deps: D, event: EventPayload): D {
  const now = nowOf(event)
  return now === null ? deps : { ...deps, clock: () => new Date(now) }
}

/** Functions that only say what they are: whoever lists or begins runs needs no dependencies to run one. */
export function declareFunctions<D>(client: JobClient, jobs: readonly Job<D>[]): InngestFunction.Any[] {
  const handler = () => Promise.reject(new Error('this process runs no functions'))
  return createFunctions(
    client,
    null,
    jobs.map(({ options, onFailure }) => ({ options, handler, onFailure: onFailure && handler })),
  )
}

type FailureContext = Context.Any & FailureEventArgs

function toRun({ event, step, runId, attempt }: Context.Any): Run<Record<string, unknown>> {
  return { event: toEvent(event), step, runId, attempt }
}

function toFailure({ error, event, step }: FailureContext): Failure {
  return { error, event: toEvent(event.data.event), runId: event.data.run_id, step }
}

function toEvent({ id, name, data, ts }: EventPayload): Run<Record<string, unknown>>['event'] {
  return { id: id ?? '', name, data: data ?? {}, ts: ts ?? 0 }
}
