import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { and, eq } from 'drizzle-orm'
import { type Ctx, requirePermission } from '@/accounts/context'
import { AppError } from '@/kernel/app-error'
import type { Storage } from '@/storage/storage'
import { offerSnapshots } from '../listings/table'
import { matches } from './table'

const unpack = promisify(gunzip)
/** As much as a fetch may bring. */
const MOST_BYTES = 8 * 1024 * 1024

/** Where the page of a match's snapshot lies. Throws `not_found` for one of another workspace's match. */
export async function findSnapshotBlob(
  ctx: Ctx,
  { id, snapshotId }: { id: string; snapshotId: string },
): Promise<string> {
  requirePermission(ctx, 'watches.read')
  const [row] = await ctx.db
    .select({ blobKey: offerSnapshots.blobKey })
    .from(offerSnapshots)
    .innerJoin(matches, eq(matches.listingId, offerSnapshots.listingId))
    .where(and(eq(matches.id, id), eq(offerSnapshots.id, snapshotId)))
  if (!row) throw noSnapshot()
  return row.blobKey
}

/** The page as the site sent it, in base64: what it is written in, it says itself. */
export async function readSnapshot(storage: Storage, blobKey: string): Promise<{ page: string }> {
  const blob = await storage.get(blobKey)
  if (!blob) throw noSnapshot()
  return { page: (await unpack(blob.bytes, { maxOutputLength: MOST_BYTES })).toString('base64') }
}

function noSnapshot(): AppError {
  return new AppError('not_found', 'no such snapshot', { reason: 'match.noSnapshot' })
}
