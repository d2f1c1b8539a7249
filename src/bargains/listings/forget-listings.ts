import { sql } from 'drizzle-orm'
import { withSystem } from '@/db/scope'
import type { BargainsDeps } from '../deps'

/** Few at a time: what hangs on a listing goes with it, and a scan must not wait for it. */
const BATCH = 500

/** Removes listings that no watch matched, 90 days after they were last seen. Answers how many. */
export async function forgetListings({ db, clock }: BargainsDeps): Promise<number> {
  const before = sql`${clock().toISOString()}::timestamptz - interval '90 days'`
  for (let forgotten = 0; ; ) {
    const gone = await withSystem(db, 'forget listings', (tx) =>
      tx.execute(sql`
        delete from listings where id in (
          select l.id from listings l
          where l.last_seen_at < ${before} and not exists (select 1 from matches m where m.listing_id = l.id)
          limit ${BATCH} for update skip locked)
        returning 1`),
    )
    forgotten += gone.length
    if (gone.length < BATCH) return forgotten
  }
}

/** Removes the answers to batches of a month ago: a program that sends one again by then means a new one. */
export async function forgetPushes({ db, clock }: BargainsDeps): Promise<number> {
  const before = sql`${clock().toISOString()}::timestamptz - interval '30 days'`
  const gone = await withSystem(db, 'forget pushes', (tx) =>
    tx.execute(sql`delete from listing_pushes where created_at < ${before} returning 1`),
  )
  return gone.length
}
