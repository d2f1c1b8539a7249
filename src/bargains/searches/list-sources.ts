import { asc, eq, isNull } from 'drizzle-orm'
import { type Ctx, requirePermission } from '@/accounts/context'
import { siteNameOf, sources } from '../sources/registry'
import type { Source } from '../sources/source'
import { watches, watchSearches } from '../watches/table'
import { findHosts } from './find-hosts'
import type { ListedSource } from './schema'
import { searches } from './table'

/** Every source with the state of its hosts and the searches that this workspace's watches use. */
export async function listSources(ctx: Ctx): Promise<ListedSource[]> {
  requirePermission(ctx, 'watches.read')
  const uses = await findUses(ctx)
  const used = Map.groupBy(uses, (use) => use.search.source)
  const hostsOf = (source: Source) => namesOf(source, used.get(source.id) ?? [])
  const known = await findHosts(ctx, [...new Set(sources.flatMap(hostsOf))], onlySearches(uses))
  return sources.map((source) => ({
    id: source.id,
    name: source.name,
    example: source.example,
    hosts: hostsOf(source).flatMap((name) => known.get(name) ?? []),
    searches: describeSearches(source, used.get(source.id) ?? []),
  }))
}

function findUses(ctx: Ctx) {
  return ctx.db
    .select({ search: searches, watch: { id: watches.id, name: watches.name, pausedAt: watches.pausedAt } })
    .from(watchSearches)
    .innerJoin(searches, eq(searches.id, watchSearches.searchId))
    .innerJoin(watches, eq(watches.id, watchSearches.watchId))
    .where(isNull(watches.deletedAt))
    .orderBy(asc(watches.name), asc(watchSearches.id))
}

type Use = Awaited<ReturnType<typeof findUses>>[number]

function onlySearches(uses: readonly Use[]): readonly Use['search'][] {
  return [...new Map(uses.map(({ search }) => [search.id, search])).values()]
}

/** Any page has no hosts of its own: those that are watched. */
function namesOf(source: Source, uses: readonly Use[]): readonly string[] {
  return source.hosts.length > 0 ? source.hosts : [...new Set(uses.map(({ search }) => search.host))]
}

function describeSearches(source: Source, uses: readonly Use[]): ListedSource['searches'] {
  return [...Map.groupBy(uses, (use) => use.search.id).values()].flatMap((group) => {
    const search = group[0]?.search
    if (!search) return []
    const { id, url, says, health, healthReason, failures, total } = search
    return {
      ...{ id, url, says, health, healthReason, failures, total, source: source.id },
      sourceName: siteNameOf(source.id, url),
      healthSince: search.healthSince?.toISOString() ?? null,
      checkedAt: search.checkedAt?.toISOString() ?? null,
      dueAt: search.dueAt?.toISOString() ?? null,
      watches: group.map(({ watch }) => ({ id: watch.id, name: watch.name, paused: watch.pausedAt !== null })),
    }
  })
}
