import { sql } from 'drizzle-orm'
import { withSystem } from '@/db/scope'
import { fetchPolitely, type JudgedFetch, outcomeOf } from '@/http/fetch-politely'
import type { RequestOutcome } from '@/http/rules-budget'
import type { Fetched } from '@/http/transport'
import type { BargainsDeps } from '../deps'
import { noteGoodWay, openWays, readByWays } from '../searches/choose-way'
import { parseAnswer } from '../searches/judge-page'
import { notePage, type SeenPage } from '../searches/note-page'
import { isGood } from '../searches/rules'
import { chosenOf, type OwnWay } from '../searches/rules-ways'
import { sourceById } from '../sources/registry'
import type { Item, ParsedPage, Source } from '../sources/source'
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
      const went = await checkOffer(deps, offer)
      if (went !== 'no room') asked++
      if (went !== 'asked') break
    }
  }
  return asked
}

/** A host that has no room, or refuses, is left for this round. An advert that cannot be recorded keeps no other from it. */
async function checkOffer(deps: BargainsDeps, offer: DueOffer): Promise<'asked' | 'refused' | 'no room'> {
  const source = sourceById(offer.source)
  if (!source) return 'asked'
  const subject = { host: offer.host, apiUrl: null, ways: offer.ways ?? {}, chosenWay: chosenOf(offer.chosen ?? []) }
  const read = (way: OwnWay) => readOffer(deps, source, offer, way)
  const asked = await readByWays(await openWays(deps, subject), read, (outcome) =>
    outcome.kind === 'fetched' ? outcome.value.verdict : null,
  )
  if (asked.kind !== 'fetched') return 'no room'
  deps.log.debug({ listingId: offer.id, state: asked.value.answer.state }, 'offer checked')
  await recordOffer(deps, offer, asked.value.answer)
  return asked.value.verdict === 'blocked' ? 'refused' : 'asked'
}

/** Its page by one way, noted as every page is. */
async function readOffer(deps: BargainsDeps, source: Source, offer: DueOffer, way: OwnWay) {
  const courtesy = {
    patience: PATIENCE,
    overridden: () => isOverridden(deps, offer),
    ...(way === 'browser' ? { transport: deps.browser } : {}),
  }
  const fetched = await fetchPolitely(deps, { url: offer.url }, courtesy, (answer) =>
    judgeOffer(deps, source, offer, answer),
  )
  if (fetched.kind !== 'fetched') return fetched
  const { verdict, reason, variant, raw } = fetched.value
  const { host, url } = offer
  const page = { host, url, way, verdict, reason, variant, raw }
  await notePage(deps, { ...page, source: offer.source, searchId: null, at: deps.clock() })
  await noteGoodWay(deps, host, way, verdict)
  return fetched
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

/** What a page said of its advert, and how the page itself was: one that says that its advert is closed is a good one. */
type JudgedOffer = Pick<SeenPage, 'verdict' | 'reason' | 'variant' | 'raw'> & { readonly answer: OfferAnswer }

/** A page that is blocked, changed or failed says nothing of its advert; nor does one of another advert. */
function judgeOffer(deps: BargainsDeps, source: Source, offer: DueOffer, answer: Fetched): JudgedFetch<JudgedOffer> {
  const outcome = outcomeOf(answer, deps.clock())
  const unclear = { answer: { state: 'unclear' }, variant: '', raw: null } as const
  if (answer.kind === 'failed') {
    const verdict = answer.reason === 'robots' ? 'forbidden' : 'failed'
    return { outcome, value: { ...unclear, verdict, reason: `${answer.reason}: ${answer.detail}` } }
  }
  const { status, headers } = answer
  const { parsed, bytes } = parseAnswer(deps, source, offer.url, answer)
  const { verdict, reason, variant } = parsed
  const page = { ...unclear, reason, variant, raw: { bytes, status, headers } }
  if (verdict === 'blocked')
    return { outcome: { kind: 'bad', retryAfter: retryAfterOf(outcome) }, value: { ...page, verdict } }
  if (status >= 500) return { outcome, value: { ...page, verdict: 'failed' } }
  if (verdict !== 'gone' && verdict !== 'held' && !isGood(verdict)) return { outcome, value: { ...page, verdict } }
  return { outcome, value: { ...page, verdict: 'ok', answer: answerOf(offer, parsed, status, bytes) } }
}

function answerOf(offer: DueOffer, parsed: ParsedPage, status: number, page: Uint8Array): OfferAnswer {
  if (parsed.verdict === 'gone') return { state: 'gone', certain: status !== 404 }
  if (parsed.verdict === 'held') return { state: 'held' }
  const item = parsed.kind === 'offer' ? itemOf(offer, parsed.items) : undefined
  return item ? { state: 'open', item, page } : { state: 'unclear' }
}

function retryAfterOf(outcome: RequestOutcome): number | null {
  return outcome.kind === 'bad' ? outcome.retryAfter : null
}

/** A site may lead to an advert that is like the one that was asked for. */
function itemOf({ externalId, url }: DueOffer, items: readonly Item[]): Item | undefined {
  return items.find((item) => item.externalId === externalId || item.url === url)
}
