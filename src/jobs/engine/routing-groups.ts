import type { Candidate } from './admit-run'
import { namesOf } from './lock-cancels'

/** So many are routed by one transaction at most: it holds the locks on the names of events that cancel. */
const MOST = 50

/**
 * Parts events that are routed under locks, each part for a transaction of its own; all in their order. A part ends before
 * an event that may cancel what a singleton of it begins: what comes after it is to find the singleton free.
 */
export function groupsOf<Event extends { readonly id: string; readonly name: string }>(
  events: readonly Event[],
  candidates: readonly Candidate[],
): readonly (readonly Event[])[] {
  const byEvent = Map.groupBy(candidates, ({ run }) => run.eventId)
  const groups: Event[][] = []
  const heard = new Set<string>()
  for (const event of events) {
    const last = groups.at(-1)
    if (last && last.length < MOST && !heard.has(event.name)) last.push(event)
    else {
      groups.push([event])
      heard.clear()
    }
    for (const name of (byEvent.get(event.id) ?? []).flatMap(freedBy)) heard.add(name)
  }
  return groups
}

function freedBy({ fn, run }: Candidate): readonly string[] {
  return fn.flow.singleton === null ? [] : namesOf(run.cancels)
}
