import { inArray, sql } from 'drizzle-orm'
import type { Ctx } from '@/accounts/context'
import type { PastedSearch } from './recognise-pasted'
import { searches } from './table'

/** A site that refuses us is not asked sooner because somebody new waits for it. */
const soonest = (now: Date) =>
  sql`case when ${searches.health} = 'blocked' and ${searches.dueAt} > ${now.toISOString()} then ${searches.dueAt} else ${now.toISOString()} end`

/** The rows of these searches, made where they are new, due now. The ids come in the order of `pasted`. */
export async function joinSearches(ctx: Ctx, pasted: readonly PastedSearch[]): Promise<readonly string[]> {
  const rows = await ctx.db
    .insert(searches)
    .values(
      // In one order for all, so that two who paste the same do not wait for each other.
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
  return a.source.id.localeCompare(b.source.id) || (a.key < b.key ? -1 : 1)
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
