import { sql } from 'drizzle-orm'
import type { Database, Transaction } from '@/db/client'
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

/** From the product's numbers and moments to the month's own. */
type Names = {
  readonly watchOf: (id: string) => number
  readonly advertOf: (source: string, externalId: string) => number
  readonly since: (at: string) => number
}

function namesOf({ plan, watchIds, begin, idOf }: Month): Names {
  const watches = new Map(watchIds.map((id, n) => [id, n]))
  const adverts = new Map(plan.adverts.map(({ n, search }) => [`${plan.searches[search]?.site} ${idOf(n)}`, n]))
  return {
    watchOf: (id) => watches.get(id) ?? -1,
    // Marktplaats puts a letter before its numbers.
    advertOf: (source, externalId) => adverts.get(`${source} ${externalId.replace(/^m/, '')}`) ?? -1,
    since: (at) => Date.parse(at) - begin.getTime(),
  }
}

export function readTold(db: Database, month: Month): Promise<Told> {
  const names = namesOf(month)
  return withSystem(db, 'test', async (tx) => ({
    signals: await readSignals(tx, names),
    gone: await readGone(tx, names),
    reposts: await readReposts(tx, names),
    known: await readKnown(tx, names),
    searches: await tx.execute<Row<Told['searches'][number]>>(sql`select id, url, api_url as "apiUrl" from searches`),
  }))
}

async function readSignals(tx: Transaction, { watchOf, advertOf, since }: Names): Promise<Told['signals']> {
  type Signal = { kind: string; watch: string; at: string; facts: Record<string, unknown>; deliveries: number }
  const rows = await tx.execute<Row<Signal & { source: string; externalId: string | null }>>(sql`
    select s.kind, s.watch_id as watch, s.created_at::text as at, s.facts, l.source, l.external_id as "externalId",
      (select count(*)::int from deliveries d where d.signal_id = s.id) as deliveries
    from signals s left join matches m on m.id = s.subject_id left join listings l on l.id = m.listing_id
    order by s.created_at, s.id`)
  return rows.map(({ watch, source, externalId, at, ...signal }) => ({
    ...signal,
    watch: watchOf(watch),
    advert: externalId === null ? null : advertOf(source, externalId),
    at: since(at),
  }))
}

async function readGone(tx: Transaction, { advertOf, since }: Names): Promise<Told['gone']> {
  type Gone = { source: string; externalId: string; at: string; favourite: boolean }
  const rows = await tx.execute<Row<Gone>>(sql`
    select l.source, l.external_id as "externalId", o.seen_at::text as at,
      exists (select 1 from matches m where m.listing_id = l.id and m.state = 'favourite') as favourite
    from observations o join listings l on l.id = o.listing_id where o.state = 'gone' order by o.seen_at`)
  return rows.map(({ source, externalId, at, favourite }) => {
    return { advert: advertOf(source, externalId), at: since(at), favourite }
  })
}

async function readReposts(tx: Transaction, { advertOf }: Names): Promise<Told['reposts']> {
  const rows = await tx.execute<Row<{ source: string; one: string; other: string }>>(sql`
    select l.source, l.external_id as one, e.external_id as other from listing_links k
      join listings l on l.id = k.listing_id join listings e on e.id = k.earlier_id where k.kind = 'repost'`)
  return rows.map(({ source, one, other }) => [advertOf(source, one), advertOf(source, other)] as const)
}

async function readKnown(tx: Transaction, { watchOf, advertOf, since }: Names): Promise<Told['known']> {
  type Match = {
    watch: string
    source: string
    externalId: string
    at: string
    prices: [string, string | null][] | null
  }
  const rows = await tx.execute<Row<Match>>(sql`
    select m.watch_id as watch, l.source, l.external_id as "externalId", m.matched_at::text as at,
      (select jsonb_agg(jsonb_build_array(o.seen_at::text, o.amount::text)) from observations o
        where o.listing_id = l.id and o.state = 'open') as prices
    from matches m join listings l on l.id = m.listing_id`)
  return new Map(
    rows.map(({ watch, source, externalId, at, prices }) => {
      const points = (prices ?? []).map(([when, amount]) => [since(when), amount] as const)
      return [`${watchOf(watch)} ${advertOf(source, externalId)}`, { matchedAt: since(at), prices: new Map(points) }]
    }),
  )
}
