import { isGood, type ReadVerdict } from './rules'
import type { SearchHealth } from './table'

/** A search's health as it is stored. Moments are those of the reads. */
export type Health = {
  readonly health: SearchHealth
  /** Since when it is this. */
  readonly healthSince: Date | null
  /** Bad reads in a row. */
  readonly failures: number
  /** The first bad read after the last good one: it names the episode. Null while all is well. */
  readonly troubleSince: Date | null
}

export type Trouble = 'blocked' | 'changed' | 'failing' | 'gone' | 'forbidden'

export type Telling =
  /** Tell it to each owner who has not heard of this episode. */
  | { readonly kind: 'trouble'; readonly trouble: Trouble; readonly episode: Date }
  /** Tell it to each owner who has heard of the episode. */
  | { readonly kind: 'recovered'; readonly episode: Date }

/** How many times in a row a site may fail before its owner hears of it. */
export const FAILURES_BEFORE_TELLING = 3

/** The health after a read at `now`, and what is to be told. Telling is repeatable: who tells, tells each owner once. */
export function afterRead(
  before: Health,
  verdict: ReadVerdict,
  now: Date,
): { health: Health; telling: Telling | null } {
  const good = isGood(verdict)
  const health: Health = {
    health: verdict,
    healthSince: before.health === verdict ? (before.healthSince ?? now) : now,
    failures: good ? 0 : before.failures + 1,
    troubleSince: good ? null : (before.troubleSince ?? now),
  }
  return { health, telling: tellingOf(before, health) }
}

function tellingOf(before: Health, after: Health): Telling | null {
  if (after.troubleSince === null) {
    return before.troubleSince === null ? null : { kind: 'recovered', episode: before.troubleSince }
  }
  const trouble = troubleOf(after)
  return trouble === null ? null : { kind: 'trouble', trouble, episode: after.troubleSince }
}

/** What kind of trouble it is; null while it may pass by itself. */
export function troubleOf({ health, failures }: Pick<Health, 'health' | 'failures'>): Trouble | null {
  if (health === 'blocked' || health === 'changed' || health === 'gone' || health === 'forbidden') return health
  return failures >= FAILURES_BEFORE_TELLING ? 'failing' : null
}
