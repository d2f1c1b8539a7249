import { sql } from 'drizzle-orm'
import { withSystem } from '@/db/scope'
import type { BargainsDeps } from '../deps'
import { linkListings } from './link-listings'

/** In one transaction: a scan waits for none of it. */
const BATCH = 200
const MOST_BATCHES = 50

/**
 * Looks at the adverts of the last two hours by their titles too, and again a day and two days after they came, when an
 * earlier one is over or has stood beside them; also at those whose titles were never kept. Answers how many links are new.
 */
export async function linkRecent(deps: BargainsDeps): Promise<number> {
  const now = deps.clock()
  let [linked, after] = [0, '00000000-0000-0000-0000-000000000000']
  for (let batch = 0; batch < MOST_BATCHES; batch++) {
    const ids = await findUnlinked(deps, after, now)
    linked += await withSystem(deps.db, 'link listings', (tx) => linkListings(tx, ids, now))
    const last = ids.at(-1)
    if (last === undefined || ids.length < BATCH) break
    after = last
  }
  return linked
}

async function findUnlinked({ db }: BargainsDeps, after: string, now: Date): Promise<readonly string[]> {
  const rows = await withSystem(db, 'link listings', (tx) =>
    tx.execute<{ id: string }>(sql`
      select l.id from listings l left join listing_titles t on t.listing_id = l.id
      where l.id > ${after}::uuid and (t.listing_id is null
        or l.first_seen_at > ${now.toISOString()}::timestamptz - interval '50 hours' and ${isTurn(now)} and not exists (
          select 1 from listing_links k where k.listing_id = l.id and k.kind = 'repost'))
      order by l.id limit ${BATCH}`),
  )
  return rows.map(({ id }) => id)
}

function isTurn(now: Date) {
  const age = sql`(${now.toISOString()}::timestamptz - l.first_seen_at)`
  const around = (hours: number) =>
    sql`${age} between ${`${hours} hours`}::interval and ${`${hours + 2} hours`}::interval`
  return sql`(${around(0)} or ${around(24)} or ${around(48)})`
}
