import { admitRuns, type Candidate, newCandidate } from './admit-run'
import { holdEvents } from './hold-event'
import type { StoredEvent } from './match-waits'
import { functionsFor, type Registry } from './registry'
import type { AnySql } from './sql'

/** The runs that an event would begin; `at`: when it came, in seconds since 1970. */
export function candidatesOf(registry: Registry, stored: StoredEvent & { readonly at: number }): readonly Candidate[] {
  // Written by `storeEvents`, which saw to the name.
  const event = JSON.parse(stored.payload) as { readonly name: string }
  return functionsFor(registry, event).map((fn) => newCandidate(fn, event, stored))
}

/** Begins runs, or holds their events for a quiet period. */
export async function beginRuns(tx: AnySql, candidates: readonly Candidate[]): Promise<void> {
  const isHeld = ({ fn }: Candidate) => fn.flow.debounce !== null
  await holdEvents(tx, candidates.filter(isHeld))
  await admitRuns(
    tx,
    candidates.filter((candidate) => !isHeld(candidate)),
  )
}
