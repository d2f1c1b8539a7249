import { and, eq, isNull } from 'drizzle-orm'
import { type NewSignal, recordSignals, type SignalScope } from '@/notifications/signals/record-signal'
import { signals } from '@/notifications/signals/table'
import type { LiveWatch } from './queries'
import type { Telling, Trouble } from './rules-health'

/** The facts of `search.*` signals. Times are ISO. */
export type HealthFacts = {
  readonly searchId: string
  readonly source: string
  readonly sourceName: string
  readonly url: string
  /** Names of the owner's watches that use the search. */
  readonly watchNames: readonly string[]
  readonly since: string
  readonly nextTryAt: string | null
  readonly reason: string | null
}

export type SickSearch = Omit<HealthFacts, 'watchNames' | 'since' | 'nextTryAt'> & { readonly nextTryAt: Date | null }

const KINDS: Readonly<Record<Trouble, string>> = {
  blocked: 'search.blocked',
  changed: 'search.changed',
  failing: 'search.failing',
  gone: 'search.gone',
  forbidden: 'search.forbidden',
}

/** Tells each owner in this workspace once an episode, and its end to those who heard of it. */
export async function tellHealth(
  scope: SignalScope,
  search: SickSearch,
  telling: Telling,
  watches: readonly LiveWatch[],
): Promise<void> {
  const loud = Map.groupBy(
    watches.filter((watch) => watch.notify),
    (watch) => watch.ownerId,
  )
  const wanted = [...loud].map(([ownerId, own]) => healthSignal(search, telling, ownerId, own))
  if (telling.kind === 'trouble') await recordSignals(scope, wanted)
  else await recordSignals(scope, await closeTrouble(scope, wanted))
}

function healthSignal(search: SickSearch, telling: Telling, ownerId: string, own: readonly LiveWatch[]): NewSignal {
  const { episode } = telling
  const facts: HealthFacts = {
    ...search,
    nextTryAt: search.nextTryAt?.toISOString() ?? null,
    watchNames: [...new Set(own.map((watch) => watch.name))],
    since: episode.toISOString(),
  }
  const [first] = own
  return {
    kind: telling.kind === 'recovered' ? 'search.recovered' : KINDS[telling.trouble],
    dedupeKey: keyOf(telling.kind, search.searchId, ownerId, episode),
    subjectId: first?.watchId ?? null,
    watchId: first?.watchId ?? null,
    channelIds: [...new Set(own.flatMap((watch) => watch.channelIds))],
    facts,
  }
}

function keyOf(kind: Telling['kind'], searchId: string, ownerId: string, episode: Date): string {
  return `search.${kind}:${searchId}:${ownerId}:${episode.toISOString()}`
}

/** Resolves what was told of the episode; keeps the recoveries of those who were told. */
async function closeTrouble(scope: SignalScope, recoveries: readonly NewSignal[]): Promise<readonly NewSignal[]> {
  const told: NewSignal[] = []
  for (const recovery of recoveries) {
    const key = recovery.dedupeKey.replace(/^search\.recovered:/, 'search.trouble:')
    const closed = await scope.db
      .update(signals)
      .set({ resolvedAt: scope.now })
      .where(and(eq(signals.dedupeKey, key), isNull(signals.resolvedAt)))
      .returning({ id: signals.id })
    if (closed.length > 0) told.push(recovery)
  }
  return told
}
