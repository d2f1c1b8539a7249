import type { Deps, JobEvent } from '@/accounts/context'
import type { Transaction } from '@/db/client'
import { enterWorkspace } from '@/db/scope'
import { mintWorkspaceId } from '@/kernel/ids'
import type { SignalScope } from '@/notifications/signals/record-signal'
import type { WatchNews } from '../matches/match-listings'
import { type NewsSource, writeMatches } from '../matches/write-matches'

/** A transaction that has stored adverts, and what it sends once it has committed. */
export type Telling = { readonly tx: Transaction; readonly at: Date; readonly events: JobEvent[] }

/** The scan is a job gate: it works for each workspace whose live watch it has read. */
export async function openScope({ tx, at, events }: Telling, id: string): Promise<SignalScope> {
  const workspaceId = mintWorkspaceId(id)
  await enterWorkspace(tx, workspaceId)
  return { workspaceId, db: tx, now: at, emit: (event) => void events.push(event) }
}

/** Writes each workspace's share of what was found; the transaction stays with the last of them. */
export async function writeNews(telling: Telling, from: NewsSource, news: readonly WatchNews[]): Promise<void> {
  const found = Map.groupBy(
    news.filter((one) => one.events.length > 0),
    ({ watch }) => watch.workspaceId,
  )
  for (const [workspaceId, own] of [...found].sort(([a], [b]) => (a < b ? -1 : 1))) {
    await writeMatches(await openScope(telling, workspaceId), from, own)
  }
}

/** The write has happened; a nudge that is lost is made good by the outbox's sweep. */
export async function sendNudges(
  { send, log }: Pick<Deps, 'send' | 'log'>,
  events: readonly JobEvent[],
): Promise<void> {
  if (events.length === 0) return
  try {
    await send(events)
  } catch (error) {
    log.error({ err: error }, 'deliveries were not announced; the sweep makes good')
  }
}
