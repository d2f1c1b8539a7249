import type { Candidate } from './admit-run'
import { cancelRuns } from './cancel-runs'
import { valueFor } from './rules-equality'
import { compileMatch, holds } from './rules-expression'
import type { AnySql } from './sql'
import { shortValue, type Wait } from './waits'

/** A wait of a run that has just begun, and the event that began it; `at` in seconds since 1970. */
type Listening = { readonly wait: Wait; readonly begun: unknown; readonly at: number; readonly eventId: string }
type Later = { readonly id: string; readonly name: string; readonly payload: string; readonly at: number }

const PAGE = 200

/**
 * Cancels those of the runs just begun that an event cancels which came after theirs, but was routed before: a debounce
 * held theirs, or another engine was quicker. Call under `lockCancels`.
 */
export async function cancelOvertaken(tx: AnySql, begun: readonly Candidate[]): Promise<void> {
  const open = begun.flatMap(listening)
  if (open.length === 0) return
  const findOf = indexed(open)
  const cancelled = new Set<string>()
  for await (const event of laterEvents(tx, open)) {
    const async: unknown = JSON.parse(event.payload)
    for (const one of findOf(event.name, async)) {
      if (!cancelled.has(one.wait.runId) && isCancelledBy(one, event, async)) cancelled.add(one.wait.runId)
    }
  }
  await cancelRuns(tx, [...cancelled])
}

/** Finds those whose equality an event meets, without a look at each of them. */
function indexed(open: readonly Listening[]) {
  const byKey = Map.groupBy(open, ({ wait }) => keyOf(wait.event, wait.path, wait.value))
  const places = new Map(open.map(({ wait: { event, path } }) => [keyOf(event, path, ''), { event, path }]))
  return (name: string, async: unknown): readonly Listening[] =>
    [...places.values()].flatMap(({ event, path }) => {
      const value = path === '' ? '' : event === name ? valueFor(path, async) : null
      return value === null ? [] : (byKey.get(keyOf(name, path, shortValue(value))) ?? [])
    })
}

function listening({ event, run: { cancels, at, eventId } }: Candidate): readonly Listening[] {
  // A schedule's tick, and what is begun by hand, has no event: nothing can have come after it.
  return at === null || eventId === null ? [] : cancels.map((wait) => ({ wait, begun: event, at, eventId }))
}

function keyOf(event: string, path: string, value: string): string {
  return JSON.stringify([event, path, value])
}

/** The routed events of these names that came no earlier than the first of the runs' own, in their order. */
async function* laterEvents(tx: AnySql, open: readonly Listening[]): AsyncGenerator<Later> {
  const names = [...new Set(open.map(({ wait }) => wait.event))]
  let last = { at: Math.min(...open.map(({ at }) => at)), id: '00000000-0000-0000-0000-000000000000' }
  for (let more = true; more; ) {
    const page = await tx<Later>`
      select id, name, payload, extract(epoch from received_at)::float8 as at from job_events
      where routed_at is not null and name = any(${names}::text[])
        and (received_at, id) > (to_timestamp(${last.at}::float8), ${last.id}::uuid)
      order by received_at, id limit ${PAGE}`
    yield* page
    last = page.at(-1) ?? last
    more = page.length === PAGE
  }
}

function isCancelledBy({ wait, begun, at, eventId }: Listening, event: Later, async: unknown): boolean {
  const later = event.at > at || (event.at === at && event.id > eventId)
  if (!later || (wait.due && 'at' in wait.due && Date.parse(wait.due.at) <= event.at * 1000)) return false
  return wait.expression === null || holds(compileMatch(wait.expression), { event: begun, async })
}
