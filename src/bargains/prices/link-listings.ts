import { sql } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { anyPage } from '../sources/any/source'
import { type Advert, judgeLink, type LinkKind, similarity, titleKey } from './rules-reposts'

/** A little below the rule's, for the index counts with four bytes; the rule decides. */
const INDEX_LEAST = '0.84'
/** Adverts that each index may offer for one: "Rower" has thousands. */
const MOST_CANDIDATES = 200

/**
 * `seller`: among the seller's own adverts, which takes no time worth mention; `all`: by the titles too, some 10 ms each, for
 * sites that name no seller, and for twins.
 */
export type Reach = 'seller' | 'all'

/**
 * Finds what each of these listings repeats, and keeps it: a repost's earlier advert, and its twins on other sites. Runs
 * for what a page shows first, and again for some days for what was not over yet. System scope. Answers how many links
 * are new.
 */
export async function linkListings(
  tx: Transaction,
  ids: readonly string[],
  now: Date,
  reach: Reach = 'all',
): Promise<number> {
  if (ids.length === 0) return 0
  const named = await writeTitles(tx, ids)
  if (named.length === 0) return 0
  const found = await findCandidates(tx, named, reach)
  return writeLinks(tx, chooseLinks(found), now)
}

/** Titles of listings that have none or another; answers which of `ids` have words to compare. */
async function writeTitles(tx: Transaction, ids: readonly string[]): Promise<readonly string[]> {
  const rows = await tx.execute<{ id: string; title: string; kept: string | null }>(sql`
    select l.id, l.title, t.title as kept from listings l left join listing_titles t on t.listing_id = l.id
    where l.id in (${listed(ids)})`)
  const keyed = rows.map(({ id, title, kept }) => ({ listing_id: id, title: titleKey(title), kept }))
  const changed = keyed.filter(({ title, kept }) => title !== kept)
  if (changed.length > 0) {
    await tx.execute(sql`
      insert into listing_titles (listing_id, title)
      select listing_id, title from jsonb_populate_recordset(null::listing_titles, ${JSON.stringify(changed)}::jsonb)
      on conflict (listing_id) do update set title = excluded.title`)
  }
  return keyed.filter(({ title }) => title !== '').map((row) => row.listing_id)
}

type Row = {
  readonly id: string
  readonly source: string
  readonly url: string
  readonly sellerId: string | null
  readonly title: string
  readonly amount: string | null
  readonly currency: string | null
  readonly firstSeenAt: string
  readonly lastSeenAt: string
  readonly goneAt: string | null
}

type Pair = { readonly newer: Row; readonly earlier: Row }

/**
 * Earlier adverts with a title alike and a price within reach: of the same seller, and others by the titles' index, a bounded
 * number each. What is repeated already is left out on its own site.
 */
async function findCandidates(tx: Transaction, ids: readonly string[], reach: Reach): Promise<readonly Pair[]> {
  // The planner takes "alike" for frequent, and would read all titles for each.
  await tx.execute(sql`select set_config('pg_trgm.similarity_threshold', ${INDEX_LEAST}, true),
    set_config('enable_seqscan', 'off', true)`)
  const pairs = await tx.execute<Pair>(sql`
    select ${asRow('n', 'nt')} as newer, ${asRow('e', 'et')} as earlier from listings n
    join listing_titles nt on nt.listing_id = n.id
    cross join lateral (
      ${reach === 'all' ? BY_TITLE : sql``}
      (select s.id from listings s where s.source = n.source and s.seller_id = n.seller_id
        order by s.last_seen_at desc limit ${MOST_CANDIDATES})
    ) c
    join listings e on e.id = c.id and e.id <> n.id
    join listing_titles et on et.listing_id = e.id and et.title % nt.title
    where n.id in (${listed(ids)}) and n.price_kind = 'fixed' and e.first_seen_at <= n.first_seen_at
      and e.currency = n.currency and n.amount * 10 between e.amount * 7 and e.amount * 13
      and (e.source <> n.source or e.source = ${anyPage.id}
        or (e.seller_id = n.seller_id or e.seller_id is null or n.seller_id is null)
          and e.first_seen_at < n.first_seen_at
          and not exists (select 1 from listing_links k where k.earlier_id = e.id and k.kind = 'repost'))`)
  await tx.execute(sql`select set_config('enable_seqscan', 'on', true)`)
  return pairs
}

const BY_TITLE = sql`
  (select t.listing_id as id from listing_titles t where t.title % nt.title limit ${MOST_CANDIDATES}) union`

function asRow(listing: string, title: string) {
  return sql.raw(`jsonb_build_object('id', ${listing}.id, 'source', ${listing}.source, 'url', ${listing}.url,
    'sellerId', ${listing}.seller_id, 'title', ${title}.title, 'amount', ${listing}.amount::text,
    'currency', ${listing}.currency, 'firstSeenAt', ${listing}.first_seen_at, 'lastSeenAt', ${listing}.last_seen_at,
    'goneAt', ${listing}.gone_at)`)
}

type Link = {
  readonly listing_id: string
  readonly earlier_id: string
  readonly kind: LinkKind
  readonly similarity: number
  readonly site: string
}

/** One repost at most for each of a pair, and one twin a site: the most alike, then the one seen last. */
function chooseLinks(pairs: readonly Pair[]): readonly Link[] {
  const judged = pairs.flatMap(({ newer, earlier }) => {
    const kind = judgeLink(toAdvert(newer), toAdvert(earlier))
    if (kind === null) return []
    const alike = similarity(newer.title, earlier.title)
    const link = { listing_id: newer.id, earlier_id: earlier.id, kind, similarity: alike, site: siteOf(earlier) }
    return [{ ...link, lastSeenAt: earlier.lastSeenAt }]
  })
  judged.sort((a, b) => b.similarity - a.similarity || Date.parse(b.lastSeenAt) - Date.parse(a.lastSeenAt))
  const taken = new Set<string>()
  return judged.filter((link) => {
    const places =
      link.kind === 'repost' ? [`to ${link.earlier_id}`, `of ${link.listing_id}`] : [`${link.listing_id} ${link.site}`]
    if (places.some((place) => taken.has(place))) return false
    for (const place of places) taken.add(place)
    return true
  })
}

/** What another has linked meanwhile stands. */
async function writeLinks(tx: Transaction, links: readonly Link[], now: Date): Promise<number> {
  if (links.length === 0) return 0
  const rows = links.map((link) => ({ ...link, linked_at: now }))
  const written = await tx.execute(sql`
    insert into listing_links (listing_id, earlier_id, kind, similarity, linked_at)
    select listing_id, earlier_id, kind, similarity, linked_at
    from jsonb_populate_recordset(null::listing_links, ${JSON.stringify(rows)}::jsonb)
    on conflict do nothing returning 1`)
  return written.length
}

function toAdvert(row: Row): Advert {
  const { sellerId, title, currency } = row
  return {
    ...{ site: siteOf(row), sellerId, title, currency },
    amount: row.amount === null ? null : BigInt(row.amount),
    firstSeenAt: new Date(row.firstSeenAt),
    lastSeenAt: new Date(row.lastSeenAt),
    goneAt: row.goneAt === null ? null : new Date(row.goneAt),
  }
}

/** A marketplace is one site whatever its hosts; of any page each host is one. */
function siteOf({ source, url }: Pick<Row, 'source' | 'url'>): string {
  return source === anyPage.id && URL.canParse(url) ? `${source} ${new URL(url).hostname}` : source
}

function listed(ids: readonly string[]) {
  return sql`select value::uuid from jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb) as value`
}
