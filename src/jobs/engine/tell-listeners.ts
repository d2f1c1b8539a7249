import { isRecord } from '../json'
import { functionsFor, type Registry } from './registry'
import type { AnySql } from './sql'
import { type SentEvent, storeEvents, storeSendings } from './store-events'
import type { Outcome, Parent } from './tell-parent'

/** Events that Inngest itself sends of runs. */
export const FAILED = 'inngest/function.failed'
export const FINISHED = 'inngest/function.finished'
export const CANCELLED = 'inngest/function.cancelled'
export const INVOKED = 'inngest/function.invoked'

/** A run of which others may hear; `event` is the JSON of what began it, `parent` who invoked it. */
export type Told = {
  readonly runId: string
  readonly functionId: string
  readonly event: string
  readonly parent: Parent | null
}

/**
 * What a run's end says, as Inngest has it (pkg/execution/executor/finalize.go). A run that the end of another began says
 * nothing, else a listener would hear of itself for ever.
 */
function endEvents(run: Told, state: 'completed' | 'failed' | 'cancelled', outcome: Outcome): readonly SentEvent[] {
  const event: unknown = JSON.parse(run.event)
  const begun = isRecord(event) ? event.name : ''
  if (begun === FAILED || begun === FINISHED) return []
  const data = {
    function_id: run.functionId,
    run_id: run.runId,
    ...(run.parent && { correlation_id: correlation(run.parent) }),
    ...('data' in outcome ? { result: JSON.parse(outcome.data) } : { error: readError(outcome.error) }),
    event,
    events: [event],
  }
  const names = { completed: [FINISHED], failed: [FINISHED, FAILED], cancelled: [FINISHED, CANCELLED] }[state]
  return names.filter((name) => name !== begun).map((name) => ({ name, data }))
}

function correlation({ runId, hash }: Parent): string {
  return `${runId}.${hash}`
}

/** The SDK's error handler wants an object with name and message, whatever a function threw. */
export function readError(json: string): unknown {
  const error: unknown = JSON.parse(json)
  return isRecord(error) && typeof error.message === 'string' ? error : { name: 'Error', message: json }
}

/** Stores what a run's end says where a function or a step listens to it; in the transaction that ends the run. */
export async function tellEnd(
  tx: AnySql,
  registry: Registry,
  run: Told,
  state: 'completed' | 'failed',
  outcome: Outcome,
): Promise<void> {
  const said = endEvents(run, state, outcome)
  await storeEvents(tx, await heardOf(tx, registry, said), `${state}/${run.runId}`)
}

/** Stores what cancelled runs say. Who cancels may know no functions, so it is stored whoever listens. */
export async function tellCancelled(tx: AnySql, runs: readonly Told[], error: string): Promise<void> {
  const said = runs.map((run) => ({ events: endEvents(run, 'cancelled', { error }), seed: `cancelled/${run.runId}` }))
  await storeSendings(
    tx,
    said.filter(({ events }) => events.length > 0),
  )
}

/** Stores that a run was invoked, where a step waits to hear of it; the SDK lets no function be begun by it. */
export async function tellInvoked(tx: AnySql, registry: Registry, run: Told): Promise<void> {
  const { data } = JSON.parse(run.event) as { readonly data: Readonly<Record<string, unknown>> }
  const parent = run.parent && { correlation_id: correlation(run.parent) }
  const told = { name: INVOKED, data: { ...data, _inngest: { fn_id: run.functionId, ...parent } } }
  await storeEvents(tx, await heardOf(tx, registry, [told]), `invoked/${run.runId}`)
}

async function heardOf(tx: AnySql, registry: Registry, said: readonly SentEvent[]): Promise<readonly SentEvent[]> {
  if (said.length === 0) return said
  const names = said.map(({ name }) => name)
  const waits = await tx<{ event: string }>`
    select name as event from unnest(${names}::text[]) name where exists (select from job_waits where event = name)`
  const awaited = new Set(waits.map(({ event }) => event))
  return said.filter((event) => awaited.has(event.name) || functionsFor(registry, event).length > 0)
}
