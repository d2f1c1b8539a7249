import { and, eq, inArray, or, sql } from 'drizzle-orm'
import type { Ctx } from '@/accounts/context'
import { watchSearches } from '../watches/table'
import type { PastedSearch } from './recognise-pasted'
import { searches } from './table'

/** A site that refuses us is not asked sooner because somebody new waits for it. */
const soonest = (now: Date) =>
  sql`case when ${searches.health} = 'blocked' and ${searches.dueAt} > ${now.toISOString()} then ${searches.dueAt} else ${now.toISOString()} end`

/**
 * Locks the searches that a watch has, and those that it gets, before the watch itself is changed: a scan locks its search
 * first and its watches then. All at once and in one order, so that two changes do not wait for each other.
 */
export async function lockSearches(ctx: Ctx, watchId: string, pasted: readonly PastedSearch[] = []): Promise<void> {
  const own = ctx.db
    .select({ id: watchSearches.searchId })
    .from(watchSearches)
    .where(eq(watchSearches.watchId, watchId))
  const named = pasted.map(({ source, key }) => and(eq(searches.source, source.id), eq(searches.key, key)))
  await ctx.db
    .select({ id: searches.id })
    .from(searches)
    .where(or(inArray(searches.id, own), ...named))
    .orderBy(sql`${searches.source} collate "C"`, sql`${searches.key} collate "C"`)
    .for('no key update')
}

/** The rows of these searches, made where they are new, due now. The ids come in the order of `pasted`. */
export async function joinSearches(ctx: Ctx, pasted: readonly PastedSearch[]): Promise<readonly string[]> {
  const rows = await ctx.db
    .insert(searches)
    .values(
      // In one order for all, as in `lockSearches`.
      [...pasted].sort(byKey).map(({ source, key, url, host, says }) => ({
        source: source.id,
        key,
        url,
        host,
        says,
        dueAt: ctx.now,
        createdAt: ctx.now,
      })),
    )
    .onConflictDoUpdate({ target: [searches.source, searches.key], set: { dueAt: soonest(ctx.now) } })
    .returning({ id: searches.id, source: searches.source, key: searches.key })
  const ids = new Map(rows.map((row) => [`${row.source} ${row.key}`, row.id]))
  wakeHosts(
    ctx,
    pasted.map((search) => search.host),
  )
  return pasted.flatMap((search) => ids.get(`${search.source.id} ${search.key}`) ?? [])
}

function byKey(a: PastedSearch, b: PastedSearch): number {
  const [one, other] = [`${a.source.id} ${a.key}`, `${b.source.id} ${b.key}`]
  return one < other ? -1 : 1
}

/** Makes searches due at once, where the site does not refuse us. Answers those that are. */
export async function hastenSearches(
  ctx: Ctx,
  ids: readonly string[],
): Promise<readonly { id: string; dueAt: Date | null }[]> {
  if (ids.length === 0) return []
  const rows = await ctx.db
    .update(searches)
    .set({ dueAt: soonest(ctx.now) })
    .where(inArray(searches.id, [...ids]))
    .returning({ id: searches.id, host: searches.host, dueAt: searches.dueAt })
  wakeHosts(
    ctx,
    rows.map((row) => row.host),
  )
  return rows
}

/** Without the moment: a run that began before this transaction is committed has not seen its rows. */
export function wakeHosts(ctx: Pick<Ctx, 'emit'>, hosts: readonly string[]): void {
  for (const host of new Set(hosts)) ctx.emit({ name: 'host/scan.due', data: { host } })
}
