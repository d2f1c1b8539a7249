import { inArray, sql } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { listings } from '../listings/table'
import { type LinkKind, ladderOf } from './rules-reposts'
import type { ShownLadder } from './schema'

/** Nobody reads on. */
const MOST_RUNGS = 20

export type Linked = {
  /** The listing that was asked about. */
  readonly rootId: string
  /** The pair that was linked, for taking it apart. */
  readonly listingId: string
  readonly earlierId: string
  readonly kind: LinkKind
  readonly listing: typeof listings.$inferSelect
}

/** What these listings repeat on their own site, the latest first; pairs that the workspace took apart end a ladder. */
export async function findEarlier(tx: Transaction, ids: readonly string[]): Promise<readonly Linked[]> {
  if (ids.length === 0) return []
  const rows = await tx.execute<Step>(sql`
    with recursive ladder as (
      select k.listing_id as root, k.listing_id, k.earlier_id, 1 as step from listing_links k
      where k.kind = 'repost' and k.listing_id in (select value::uuid from jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb) as value)
        and ${isWhole}
      union all
      select l.root, k.listing_id, k.earlier_id, l.step + 1 from ladder l join listing_links k on k.listing_id = l.earlier_id
      where k.kind = 'repost' and l.step < ${MOST_RUNGS} and ${isWhole})
    select root, listing_id as "listingId", earlier_id as "earlierId" from ladder order by root, step`)
  return withListings(
    tx,
    rows.map((row) => ({ ...row, otherId: row.earlierId, kind: 'repost' as const })),
  )
}

/** The same thing on other sites, whichever of a pair was there first, and its later advert on the same site. */
export async function findOthers(tx: Transaction, id: string): Promise<readonly Linked[]> {
  const rows = await tx.execute<Step & { readonly otherId: string; readonly kind: LinkKind }>(sql`
    select ${id}::uuid as root, k.listing_id as "listingId", k.earlier_id as "earlierId", k.kind,
      case when k.listing_id = ${id} then k.earlier_id else k.listing_id end as "otherId"
    from listing_links k
    where (k.listing_id = ${id} and k.kind = 'twin' or k.earlier_id = ${id}) and ${isWhole}
    order by k.linked_at limit ${MOST_RUNGS}`)
  return withListings(tx, rows)
}

/** Of the pair `k`. Row-level security leaves the workspace's own. */
const isWhole = sql.raw(`not exists (
  select 1 from listing_unlinks u where u.listing_id = k.listing_id and u.earlier_id = k.earlier_id)`)

type Step = { readonly root: string; readonly listingId: string; readonly earlierId: string }

async function withListings(
  tx: Transaction,
  steps: readonly (Step & { readonly otherId: string; readonly kind: LinkKind })[],
): Promise<readonly Linked[]> {
  if (steps.length === 0) return []
  const ids = [...new Set(steps.map(({ otherId }) => otherId))]
  const rows = await tx.select().from(listings).where(inArray(listings.id, ids))
  const byId = new Map(rows.map((row) => [row.id, row]))
  return steps.flatMap(({ root: rootId, listingId, earlierId, otherId, kind }) => {
    const listing = byId.get(otherId)
    return listing ? [{ rootId, listingId, earlierId, kind, listing }] : []
  })
}

/** How often these were listed, for those that were before. In a workspace's transaction. */
export async function findLadders(
  tx: Transaction,
  current: readonly (typeof listings.$inferSelect)[],
  now: Date,
): Promise<ReadonlyMap<string, ShownLadder>> {
  const earlier = Map.groupBy(
    await findEarlier(
      tx,
      current.map(({ id }) => id),
    ),
    ({ rootId }) => rootId,
  )
  return new Map(
    current.flatMap((listing) => {
      const rungs = (earlier.get(listing.id) ?? []).map((linked) => rungOf(linked.listing))
      const ladder = ladderOf(rungOf(listing), rungs, now)
      return ladder ? [[listing.id, { ...ladder, before: ladder.before?.toString() ?? null }] as const] : []
    }),
  )
}

function rungOf({ amount, currency, goneAt, postedAt, firstSeenAt }: typeof listings.$inferSelect) {
  return { amount, currency, goneAt, since: postedAt !== null && postedAt < firstSeenAt ? postedAt : firstSeenAt }
}
