import { createHash } from 'node:crypto'
import { namesOf } from './lock-cancels'
import type { Registry } from './registry'
import type { AnySql } from './sql'

/** What a living worker says of itself to those of other releases. */
export type Known = {
  /** Names the set of its functions, with what begins and what cancels them. */
  readonly release: string
  /** JSON: `[{id, events, crons, cancels}, …]`. */
  readonly functions: string
}

const told = new WeakMap<Registry, Known>()

/** The functions of a registry with what begins them, as they stand in `job_workers`. */
export function knownOf(registry: Registry): Known {
  const known = told.get(registry) ?? tell(registry)
  told.set(registry, known)
  return known
}

function tell(registry: Registry): Known {
  const all = [...registry.values()].map(({ id, events, crons, cancels }) => ({
    id,
    events: events.map(({ name }) => name),
    crons: crons.map(({ text }) => text),
    cancels: namesOf(cancels),
  }))
  const functions = JSON.stringify(all.sort((a, b) => (a.id < b.id ? -1 : 1)))
  return { release: digest(functions), functions }
}

/** A function and an event's name that only workers of other releases know. */
export type Foreign = { readonly functionId: string; readonly event: string }

/** Who else listens to these names: functions of other living releases that this one does not have, or not so. */
export async function findForeign(sql: AnySql, registry: Registry, names: readonly string[]): Promise<Foreign[]> {
  const found = await sql<Foreign>`
    select distinct f ->> 'id' as "functionId", event
    from job_workers w, jsonb_array_elements(w.functions) f, jsonb_array_elements_text(f -> 'events') event
    where w.release <> ${knownOf(registry).release} and event = any(${[...names]}::text[])`
  return found.filter(({ functionId, event }) => !listens(registry, functionId, event))
}

function listens(registry: Registry, functionId: string, event: string): boolean {
  return registry.get(functionId)?.events.some(({ name }) => name === event) ?? false
}

/** Its tasks go to whoever has this function with this schedule: another release may have it with another one. */
export function cronTask(functionId: string, text: string): string {
  return `gleaner/cron/${digest(`${functionId}/${text}`)}`
}

/** Hands an event to a function that only other releases know. */
export function routeTask(functionId: string, event: string): string {
  return `${ROUTE_TASKS}${digest(`${functionId}/${event}`)}`
}

export const ROUTE_TASKS = 'gleaner/route/'

/** Short, for graphile-worker takes names of tasks up to 128 characters. */
function digest(text: string): string {
  return createHash('sha1').update(text).digest('hex')
}
