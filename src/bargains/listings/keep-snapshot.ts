import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { desc, eq, sql } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { withSystem } from '@/db/scope'
import { newId } from '@/kernel/ids'
import type { BargainsDeps } from '../deps'
import type { Item } from '../sources/source'
import { type Said, saysSame } from './rules-snapshots'
import { offerSnapshots } from './table'

/** A page whose words are mostly others' costs more than it tells. */
const MOST_PACKED = 4 * 1024 * 1024
const MOST_SNAPSHOTS = 20
export const SNAPSHOT_PREFIX = 'snapshots/'

const pack = promisify(gzip)

export type KeptPage = {
  readonly blobKey: string
  readonly sha256: string
  readonly bytes: number
  readonly said: Said
}

/**
 * Puts an advert's page into the storage where it says anything new; null where it does not, or cannot be kept. The blob
 * comes before its row, under a key that is never used twice: a process that dies in between leaves a blob without a row,
 * which `sweepSnapshots` finds, and never a row without its blob.
 */
export async function keepPage(
  deps: BargainsDeps,
  listingId: string,
  item: Item,
  page: Uint8Array,
): Promise<KeptPage | null> {
  const said = saidBy(item)
  if (!(await withSystem(deps.db, 'keep snapshot', (tx) => isNews(tx, listingId, said)))) return null
  const packed = await pack(page)
  if (packed.length > MOST_PACKED) return null
  const blobKey = `${SNAPSHOT_PREFIX}${deps.clock().toISOString().slice(0, 7)}/${newId()}.gz`
  const sha256 = createHash('sha256').update(page).digest('hex')
  try {
    await deps.storage.put(blobKey, packed, 'application/gzip')
  } catch (error) {
    // The advert's state is worth more than its page, which is offered again with the next look at it.
    deps.log.error({ err: error }, 'a snapshot could not be kept')
    return null
  }
  return { blobKey, sha256, bytes: page.length, said }
}

/** The row of a kept page; another process may have kept the same meanwhile, and then ours is left to the sweep. */
export async function writeSnapshot(tx: Transaction, listingId: string, kept: KeptPage, takenAt: Date): Promise<void> {
  if (!(await isNews(tx, listingId, kept.said))) return
  const { said, ...blob } = kept
  await tx.insert(offerSnapshots).values({ listingId, takenAt, ...blob, ...said })
}

async function isNews(tx: Transaction, listingId: string, said: Said): Promise<boolean> {
  const [last] = await tx
    .select({ row: offerSnapshots, count: sql<number>`count(*) over ()`.mapWith(Number) })
    .from(offerSnapshots)
    .where(eq(offerSnapshots.listingId, listingId))
    .orderBy(desc(offerSnapshots.takenAt), desc(offerSnapshots.id))
    .limit(1)
  return !last || (last.count < MOST_SNAPSHOTS && !saysSame(last.row, said))
}

function saidBy({ title, description, price }: Item): Said {
  return { title, description, priceKind: price.kind, amount: price.amount, currency: price.currency }
}
