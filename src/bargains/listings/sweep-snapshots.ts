import { inArray, sql } from 'drizzle-orm'
import { withSystem } from '@/db/scope'
import type { BargainsDeps } from '../deps'
import { SNAPSHOT_PREFIX } from './keep-snapshot'
import { offerSnapshots } from './table'

const BATCH = 500
/** A page that is being kept has its blob before its row. */
const YOUNG_MS = 3_600_000

export type Swept = { readonly snapshots: number; readonly orphans: number }

/**
 * Removes snapshots whose match is gone (a deleted watch counts for a day still, for deleting has an undo) or that are a year
 * old, then blobs without a row. Rows go before their blobs, so that whatever dies half-way leaves only blobs to sweep.
 */
export async function sweepSnapshots(deps: BargainsDeps): Promise<Swept> {
  let snapshots = 0
  for (;;) {
    const keys = await deleteRows(deps)
    for (const key of keys) await deps.storage.delete(key)
    snapshots += keys.length
    if (keys.length < BATCH) break
  }
  await deps.storage.tidy(new Date(deps.clock().getTime() - YOUNG_MS))
  return { snapshots, orphans: await deleteOrphans(deps) }
}

async function deleteRows({ db, clock }: BargainsDeps): Promise<readonly string[]> {
  const now = sql`${clock().toISOString()}::timestamptz`
  const rows = await withSystem(db, 'sweep snapshots', (tx) =>
    tx.execute<{ key: string }>(sql`
      delete from offer_snapshots where id in (
        select s.id from offer_snapshots s
        where s.taken_at < ${now} - interval '1 year' or not exists (
          select 1 from matches m join watches w on w.id = m.watch_id
          where m.listing_id = s.listing_id and (w.deleted_at is null or w.deleted_at > ${now} - interval '1 day'))
        limit ${BATCH})
      returning blob_key as key`),
  )
  return rows.map(({ key }) => key)
}

async function deleteOrphans(deps: BargainsDeps): Promise<number> {
  const before = deps.clock().getTime() - YOUNG_MS
  let [deleted, keys] = [0, [] as string[]]
  for await (const { key, modifiedAt } of deps.storage.list(SNAPSHOT_PREFIX)) {
    if (modifiedAt.getTime() < before) keys.push(key)
    if (keys.length < BATCH) continue
    deleted += await deleteUnnamed(deps, keys)
    keys = []
  }
  return deleted + (await deleteUnnamed(deps, keys))
}

async function deleteUnnamed({ db, storage }: BargainsDeps, keys: readonly string[]): Promise<number> {
  if (keys.length === 0) return 0
  const named = await withSystem(db, 'sweep snapshots', (tx) =>
    tx
      .select({ key: offerSnapshots.blobKey })
      .from(offerSnapshots)
      .where(inArray(offerSnapshots.blobKey, [...keys])),
  )
  const known = new Set(named.map(({ key }) => key))
  const orphans = keys.filter((key) => !known.has(key))
  for (const key of orphans) await storage.delete(key)
  return orphans.length
}
