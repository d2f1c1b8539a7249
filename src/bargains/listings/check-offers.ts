import { sql } from 'drizzle-orm'
import { withSystem } from '@/db/scope'
import { fetchPolitely, type JudgedFetch, outcomeOf } from '@/http/fetch-politely'
import type { Fetched } from '@/http/transport'
import type { BargainsDeps } from '../deps'
import { parsePage } from '../searches/judge-page'
import { sourceById } from '../sources/registry'
import type { Item, Source } from '../sources/source'
import { type DueOffer, findDueOffers } from './find-offers'
import { type OfferAnswer, recordOffer } from './record-offer'

/** A host's share of one round: searches come first in its minute. */
const MOST_A_HOST = 4
/** Milliseconds within which a host must have room; else it is left for the next round. */
const PATIENCE = 3_000
/** Hosts that are asked at once. */
const LANES = 4

/** Asks the pages of a few adverts of each host. One that is busy or closed holds no other up. Answers how many were asked. */
export async function checkOffers(deps: BargainsDeps): Promise<number> {
  const due = await findDueOffers(deps, MOST_A_HOST)
  const hosts = [...Map.groupBy(due, ({ host }) => host).values()]
  const lanes = Array.from({ length: LANES }, () => askHosts(deps, hosts))
  return (await Promise.all(lanes)).reduce((sum, asked) => sum + asked, 0)
}

async function askHosts(deps: BargainsDeps, hosts: (readonly DueOffer[])[]): Promise<number> {
  let asked = 0
  for (let offers = hosts.shift(); offers; offers = hosts.shift()) {
    for (const offer of offers) {
      if (!(await checkOffer(deps, offer))) break
      asked++
    }
  }
  return asked
}

/** False when the host has no room for more. An advert that cannot be recorded does not keep the others from it. */
async function checkOffer(deps: BargainsDeps, offer: DueOffer): Promise<boolean> {
  const source = sourceById(offer.source)
  if (!source) return true
  const overridden = () => isOverridden(deps, offer)
  const fetched = await fetchPolitely(deps, { url: offer.url }, { patience: PATIENCE, overridden }, (answer) =>
    judgeOffer(deps, source, offer, answer),
  )
  if (fetched.kind !== 'fetched') return false
  deps.log.debug({ listingId: offer.id, state: fetched.value.state }, 'offer checked')
  await recordOffer(deps, offer, fetched.value)
  return true
}

/** The owner of a workspace that watches it may read the host against its robots.txt. */
async function isOverridden({ db }: BargainsDeps, { id, host }: DueOffer): Promise<boolean> {
  const rows = await withSystem(db, 'check offers', (tx) =>
    tx.execute(sql`
      select 1 from robots_overrides o join matches m on m.workspace_id = o.workspace_id
      where o.host = ${host} and o.ended_at is null and m.listing_id = ${id} limit 1`),
  )
  return rows.length > 0
}

/** A page that is blocked, changed or failed says nothing of its advert; nor does one of another advert. */
function judgeOffer(deps: BargainsDeps, source: Source, offer: DueOffer, answer: Fetched): JudgedFetch<OfferAnswer> {
  const outcome = outcomeOf(answer, deps.clock())
  const unclear = { outcome, value: { state: 'unclear' } } as const
  if (answer.kind === 'failed' || answer.status >= 500) return unclear
  const { status, headers, bytes } = answer
  const { verdict, kind, items } = parsePage(deps, source, { bytes, url: offer.url, status, headers })
  if (verdict === 'gone') return { outcome, value: { state: 'gone', certain: status !== 404 } }
  if (verdict === 'held') return { outcome, value: { state: 'held' } }
  if (verdict === 'blocked') return { ...unclear, outcome: { kind: 'bad', retryAfter: null } }
  const item = kind === 'offer' ? itemOf(offer, items) : undefined
  return item ? { outcome, value: { state: 'open', item, page: bytes } } : unclear
}

/** A site may lead to an advert that is like the one that was asked for. */
function itemOf({ externalId, url }: DueOffer, items: readonly Item[]): Item | undefined {
  return items.find((item) => item.externalId === externalId || item.url === url)
}
