import { createTestWorkspace } from '@/accounts/testing'
import type { Database } from '@/db/client'
import { newId } from '@/kernel/ids'
import { channels } from '@/notifications/channels/table'
import type { MonthPlan } from '../../e2e/world/market/month/plan'
import type { PlannedSearch } from '../../e2e/world/market/month/searches'
import { createWatch } from './watches/create-watch'
import { newWatchSchema } from './watches/schema'

/** Who watches what in a simulated month. */
export type MonthWatch = {
  readonly n: number
  readonly searches: readonly PlannedSearch[]
  /** Złoty or euro: the watch's own filter. */
  readonly priceTo: number | null
}

const FILTERED_TO = 600

/**
 * One watch of each search. Beside it some have a second one, of another workspace: with a filter of its own, or over a
 * search and its narrower view at once, which must tell each advert once all the same.
 */
export function planWatches({ searches }: MonthPlan): readonly MonthWatch[] {
  const wanted = searches.flatMap((search): Omit<MonthWatch, 'n'>[] => {
    const own = { searches: [search], priceTo: null }
    const wide = searches[search.within?.search ?? -1]
    if (wide) return [own, { searches: [wide, search], priceTo: null }]
    return search.deep || search.n % 4 !== 0 ? [own] : [own, { searches: [search], priceTo: FILTERED_TO }]
  })
  return wanted.map((watch, n) => ({ ...watch, n }))
}

const WORKSPACES = 12
const EUROS = new Set(['kleinanzeigen', 'marktplaats'])

/** Makes them as their members would; the ids come in the order of `watches`. */
export async function createMonthWatches(
  db: Database,
  watches: readonly MonthWatch[],
  now: Date,
): Promise<readonly string[]> {
  const workspaces = await Promise.all(Array.from({ length: WORKSPACES }, () => openWorkspace(db)))
  const ids: string[] = []
  for (const watch of watches) {
    const place = workspaces[(watch.n * 7) % WORKSPACES]
    if (place === undefined) throw new Error('a month has workspaces')
    const input = newWatchSchema.parse({ ...inputOf(watch), channelIds: [place.channelId] })
    ids.push((await place.workspace.run((ctx) => createWatch(ctx, input), now)).id)
  }
  return ids
}

function inputOf({ n, searches, priceTo }: MonthWatch) {
  const [first] = searches
  const currency = EUROS.has(first?.site ?? '') ? 'EUR' : 'PLN'
  return {
    name: `Watch ${n}`,
    urls: searches.map(({ url }) => url),
    interval: Math.min(...searches.map(({ minutes }) => minutes)),
    ...(priceTo === null ? {} : { form: { priceTo: `${priceTo}00`, currency } }),
  }
}

async function openWorkspace(db: Database) {
  const workspace = await createTestWorkspace(db)
  const { workspaceId, memberId } = workspace
  const channelId = newId()
  const row = { id: channelId, workspaceId, memberId, kind: 'email' as const, name: 'Test', locale: 'en' }
  await workspace.run((ctx) => ctx.db.insert(channels).values({ ...row, address: `${channelId}@example.org` }))
  return { workspace, channelId }
}
