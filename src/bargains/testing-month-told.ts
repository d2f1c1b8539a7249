import { sql } from 'drizzle-orm'
import type { Database } from '@/db/client'
import { withSystem } from '@/db/scope'
import type { Month } from './testing-month'

/** What the product told and kept in a simulated month, in the month's own numbers. Times are milliseconds from its beginning. */
export type Told = {
  readonly signals: readonly ToldSignal[]
  /** When an advert was found gone. */
  readonly gone: readonly { readonly advert: number; readonly at: number; readonly favourite: boolean }[]
  /** Adverts found to list another again. */
  readonly reposts: readonly (readonly [advert: number, earlier: number])[]
  /** What each watch knows of each advert: when it was matched, and prices by when they were seen. */
  readonly known: ReadonlyMap<string, Known>
  readonly searches: readonly { readonly id: string; readonly url: string; readonly apiUrl: string | null }[]
}

export type ToldSignal = {
  readonly kind: string
  readonly watch: number
  /** Null for what is no single advert's. */
  readonly advert: number | null
  readonly at: number
  readonly facts: Readonly<Record<string, unknown>>
  readonly deliveries: number
}

export type Known = {
  readonly matchedAt: number
  /** Minor units by moment. */
  readonly prices: ReadonlyMap<number, string | null>
}

type Row<T> = T & Record<string, unknown>
type SignalRow = Row<{
  kind: string
  watch: string
  at: string
  facts: Record<string, unknown>
  source: string
  externalId: string | null
  deliveries: number
}>

export function readTold(db: Database, month: Month): Promise<Told> {
  const { plan, watchIds, begin, idOf } = month
  const watches = new Map(watchIds.map((id, n) => [id, n]))
  const adverts = new Map(plan.adverts.map(({ n, search }) => [`${plan.searches[search]?.site} ${idOf(n)}`, n]))
  const advertOf = (source: string, externalId: string) =>
    adverts.get(`${source} ${externalId.replace(/^m/, '')}`) ?? -1
  const since = (at: string) => Date.parse(at) - begin.getTime()
  return withSystem(db, 'test', async (tx) => {
    const signals = await tx.execute<SignalRow>(sql`
      select s.kind, s.watch_id as watch, s.created_at::text as at, s.facts, l.source, l.external_id as "externalId",
        (select count(*)::int from deliveries d where d.signal_id = s.id) as deliveries
      from signals s left join matches m on m.id = s.subject_id left join listings l on l.id = m.listing_id
      order by s.created_at, s.id`)
    const gone = await tx.execute<Row<{ source: string; externalId: string; at: string; favourite: boolean }>>(sql`
      select l.source, l.external_id as "externalId", o.seen_at::text as at,
        exists (select 1 from matches m where m.listing_id = l.id and m.state = 'favourite') as favourite
      from observations o join listings l on l.id = o.listing_id where o.state = 'gone' order by o.seen_at`)
    const reposts = await tx.execute<Row<{ source: string; one: string; other: string }>>(sql`
      select l.source, l.external_id as one, e.external_id as other from listing_links k
        join listings l on l.id = k.listing_id join listings e on e.id = k.earlier_id where k.kind = 'repost'`)
    const known = await tx.execute<
      Row<{ watch: string; source: string; externalId: string; at: string; prices: (string | null)[][] }>
    >(sql`
      select m.watch_id as watch, l.source, l.external_id as "externalId", m.matched_at::text as at,
        (select jsonb_agg(jsonb_build_array(o.seen_at::text, o.amount::text)) from observations o
          where o.listing_id = l.id and o.state = 'open') as prices
      from matches m join listings l on l.id = m.listing_id`)
    const searches = await tx.execute<Row<Told['searches'][number]>>(
      sql`select id, url, api_url as "apiUrl" from searches`,
    )
    return {
      signals: signals.map(({ watch, source, externalId, at, ...signal }) => ({
        ...signal,
        watch: watches.get(watch) ?? -1,
        advert: externalId === null ? null : advertOf(source, externalId),
        at: since(at),
      })),
      gone: gone.map(({ source, externalId, at, favourite }) => ({
        advert: advertOf(source, externalId),
        at: since(at),
        favourite,
      })),
      reposts: reposts.map(({ source, one, other }) => [advertOf(source, one), advertOf(source, other)] as const),
      known: new Map(
        known.map(({ watch, source, externalId, at, prices }) => [
          `${watches.get(watch)} ${advertOf(source, externalId)}`,
          {
            matchedAt: since(at),
            prices: new Map((prices ?? []).map(([when, amount]) => [since(when ?? ''), amount ?? null])),
          },
        ]),
      ),
      searches,
    }
  })
}
