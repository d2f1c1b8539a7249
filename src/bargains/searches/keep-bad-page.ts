import { promisify } from 'node:util'
import { gunzip, gzip } from 'node:zlib'
import { and, asc, desc, eq, gt, inArray, lt, sql } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { withSystem } from '@/db/scope'
import { newId } from '@/kernel/ids'
import type { BargainsDeps } from '../deps'
import { mostKept } from './rules-kept-pages'
import { badPages } from './table'

const pack = promisify(gzip)
const unpack = promisify(gunzip)
const HOUR = 3_600_000
const KEPT_MS = 7 * 24 * HOUR
const PREFIX = 'bad-pages/'
const MOST_UNPACKED = 32 * 1024 * 1024

type Row = typeof badPages.$inferSelect
export type BadPage = Omit<Row, 'id' | 'storageKey' | 'size' | 'keptAt'> & { readonly bytes: Uint8Array }
type StorageDeps = Pick<BargainsDeps, 'db' | 'storage' | 'clock'>

/**
 * Keeps a page that could not be read as it came, packed, for mending the parser: one an hour of a search and verdict, for
 * 7 days, within a size of each host and of all. A page is worth less than its verdict: a storage that is away is logged.
 */
export async function keepBadPage(
  deps: StorageDeps & Pick<BargainsDeps, 'log'>,
  { bytes, ...page }: BadPage,
): Promise<void> {
  const now = deps.clock()
  try {
    if (await withSystem(deps.db, 'bad pages', (tx) => wasKept(tx, page, now))) return
    const packed = await pack(bytes)
    if (packed.length > mostKept.page) return
    const id = newId()
    const row: Row = { ...page, id, storageKey: `${PREFIX}${id}.gz`, size: packed.length, keptAt: now }
    await deps.storage.put(row.storageKey, packed, 'application/gzip')
    const dropped = await withSystem(deps.db, 'bad pages', async (tx) => {
      await tx.insert(badPages).values(row)
      return [...(await takeBeyond(tx, mostKept.host, page.host)), ...(await takeBeyond(tx, mostKept.all))]
    })
    await deleteBlobs(deps, dropped)
  } catch (error) {
    deps.log.warn({ err: error, host: page.host }, 'a page that could not be read could not be kept')
  }
}

async function wasKept(tx: Transaction, page: Omit<BadPage, 'bytes'>, now: Date): Promise<boolean> {
  const same = and(eq(badPages.host, page.host), eq(badPages.url, page.url), eq(badPages.verdict, page.verdict))
  const recent = gt(badPages.keptAt, new Date(now.getTime() - HOUR))
  return (await tx.select({ id: badPages.id }).from(badPages).where(and(same, recent)).limit(1)).length > 0
}

/** Removes the rows of the oldest pages beyond so many bytes; the blobs are the caller's to delete, after the commit. */
async function takeBeyond(tx: Transaction, most: number, host?: string): Promise<readonly Row[]> {
  const sums = tx
    .select({
      id: badPages.id,
      sum: sql<number>`sum(${badPages.size}) over (order by kept_at desc, id desc)`.as('sum'),
    })
    .from(badPages)
    .where(host === undefined ? undefined : eq(badPages.host, host))
    .as('sums')
  const beyond = tx.select({ id: sums.id }).from(sums).where(gt(sums.sum, most))
  return tx.delete(badPages).where(inArray(badPages.id, beyond)).returning()
}

async function deleteBlobs({ storage }: Pick<StorageDeps, 'storage'>, rows: readonly Row[]): Promise<void> {
  for (const { storageKey } of rows) await storage.delete(storageKey)
}

/** Removes what is older than 7 days, and blobs whose row was never written. */
export async function forgetBadPages(deps: StorageDeps): Promise<void> {
  const before = new Date(deps.clock().getTime() - KEPT_MS)
  const old = await withSystem(deps.db, 'bad pages', (tx) =>
    tx.delete(badPages).where(lt(badPages.keptAt, before)).returning(),
  )
  await deleteBlobs(deps, old)
  const kept = await withSystem(deps.db, 'bad pages', (tx) => tx.select({ key: badPages.storageKey }).from(badPages))
  const keys = new Set(kept.map(({ key }) => key))
  for await (const { key, modifiedAt } of deps.storage.list(PREFIX)) {
    // A row comes a moment after its blob.
    if (!keys.has(key) && modifiedAt.getTime() < deps.clock().getTime() - HOUR) await deps.storage.delete(key)
  }
}

export type KeptPage = Row

/** What is kept, the newest first; of one host, or of all. */
export function listBadPages({ db }: Pick<StorageDeps, 'db'>, host?: string): Promise<readonly KeptPage[]> {
  const where = host === undefined ? undefined : eq(badPages.host, host)
  return withSystem(db, 'bad pages', (tx) =>
    tx.select().from(badPages).where(where).orderBy(asc(badPages.host), desc(badPages.keptAt)),
  )
}

/** The bytes of a kept page as they came; null where they are gone. */
export async function openBadPage(
  { storage }: Pick<StorageDeps, 'storage'>,
  page: KeptPage,
): Promise<Uint8Array | null> {
  const blob = await storage.get(page.storageKey)
  return blob && unpack(blob.bytes, { maxOutputLength: MOST_UNPACKED })
}
