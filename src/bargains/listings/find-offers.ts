import { sql } from 'drizzle-orm'
import { withSystem } from '@/db/scope'
import type { WayRecords } from '@/http/rules-ways'
import type { BargainsDeps } from '../deps'
import type { OwnWay } from '../searches/rules-ways'
import { anyPage } from '../sources/any/source'
import type { Offer } from './record-offer'

export type DueOffer = Offer & {
  readonly host: string
  /** How the ways of the search that showed it last went. */
  readonly ways: WayRecords | null
  /** What live watches chose for the searches that show it. */
  readonly chosen: readonly (OwnWay | null)[] | null
}

/** A search of the advert's site (of any page: of its host) was read well since it first seemed gone. */
const isHeard = sql`exists (select 1 from searches s where s.source = a.source and s.ok_at > a.gone_pending_at
  and (a.source <> ${anyPage.id} or s.host = lower(substring(a.url from '^https?://([^/?#:]+)'))))`

/**
 * Adverts whose own pages are due, at most `most` a host: what may be gone, half an hour after it first seemed so and once
 * its site was read well since; what was
 * matched and never read; then favourites that nothing has shown for an hour and others for a day, each ±10 % by its own
 * share, so that they do not come at once. What a search shows need not be asked; an advert whose page could not be read at
 * first is asked for its details on three days. System scope.
 */
export function findDueOffers({ db, clock }: BargainsDeps, most: number): Promise<readonly DueOffer[]> {
  const now = sql`${clock().toISOString()}::timestamptz`
  return withSystem(db, 'find offers', (tx) =>
    tx.execute<DueOffer>(sql`
      with watched as (
        select m.listing_id, bool_or(m.state = 'favourite') as favourite, bool_and(m.baseline) as baseline
        from matches m join watches w on w.id = m.watch_id join workspaces s on s.id = w.workspace_id
        where m.state <> 'ignored' and w.deleted_at is null and w.paused_at is null and s.bargains
        group by 1),
      asked as (
        select l.*, f.favourite, f.baseline,
          case when f.favourite then interval '1 hour' else interval '24 hours' end
            * (0.9 + 0.2 * (abs(hashtext(l.id::text)::bigint) % 1000) / 1000.0) as pause
        from watched f join listings l on l.id = f.listing_id where l.gone_at is null),
      due as (
        select a.*, case
            when a.gone_pending_at is not null then 0 when a.offer_checked_at is null and not a.baseline then 1
            when a.favourite then 2 when a.offer_checked_at is null then 4 else 3 end as rank
        from asked a
        where a.offer_checked_at is null
          or a.gone_pending_at <= ${now} - interval '30 minutes' and a.offer_checked_at <= ${now} - interval '30 minutes'
            and (a.gone_pending_at <= ${now} - interval '24 hours' or ${isHeard})
          or a.details_at is null and a.offer_checked_at <= ${now} - interval '24 hours'
            and a.first_seen_at > ${now} - interval '3 days'
          or greatest(a.last_seen_at, a.offer_checked_at) <= ${now} - a.pause),
      placed as (
        select id, source, external_id as "externalId", url, lower(substring(url from '^https?://([^/?#:]+)')) as host, rank,
          row_number() over (partition by substring(url from '^https?://([^/?#:]+)')
            order by rank, coalesce(offer_checked_at, first_seen_at)) as place
        from due)
      select id, source, "externalId", url, host,
        (select s.ways from search_listings sl join searches s on s.id = sl.search_id
          where sl.listing_id = placed.id order by s.ok_at desc nulls last limit 1) as ways,
        (select array_agg(distinct ws.way) from search_listings sl join watch_searches ws on ws.search_id = sl.search_id
          join watches w on w.id = ws.watch_id and w.deleted_at is null and w.paused_at is null
          where sl.listing_id = placed.id) as chosen
      from placed
      where place <= ${most} and host is not null order by rank, place`),
  )
}
