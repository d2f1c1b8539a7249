import { sql } from 'drizzle-orm'
import { withSystem } from '@/db/scope'
import { fetchPolitely, outcomeOf } from '@/http/fetch-politely'
import type { Fetched } from '@/http/transport'
import type { BargainsDeps } from '../deps'
import { parsePage } from '../searches/read-search'
import { sources } from '../sources/registry'
import type { Source } from '../sources/source'
import { type OfferAnswer, recordOffer } from './record-offer'

/** Few at a time: searches come first in a host's minute. */
const MOST_AT_ONCE = 4
const PATIENCE = 3_000

/** Asks the pages of a few adverts of each source that no search has shown for a while. Answers how many were asked. */
export async function checkOffers(deps: BargainsDeps): Promise<number> {
  let asked = 0
  for (const source of sources) {
    for (const offer of await findUnseen(deps, source)) {
      if (!(await checkOffer(deps, source, offer))) break
      asked++
    }
  }
  return asked
}

type Offer = { readonly id: string; readonly url: string }

/** Adverts that somebody watches and that were not seen for a day, once a day; what may be gone, half an hour later. */
function findUnseen({ db, clock }: BargainsDeps, source: Source): Promise<readonly Offer[]> {
  const now = sql`${clock().toISOString()}::timestamptz`
  return withSystem(db, 'check offers', (tx) =>
    tx.execute<Offer>(sql`
      select l.id, l.url from listings l
      where l.source = ${source.id} and l.gone_at is null
        and (l.gone_pending_at <= ${now} - interval '30 minutes' or l.last_seen_at < ${now} - interval '24 hours')
        and (l.offer_checked_at is null or l.offer_checked_at < ${now} - interval '24 hours'
          or l.gone_pending_at <= ${now} - interval '30 minutes' and l.offer_checked_at < ${now} - interval '30 minutes')
        and exists (select 1 from matches m join watches w on w.id = m.watch_id
          where m.listing_id = l.id and m.state <> 'ignored' and w.deleted_at is null and w.paused_at is null)
      order by l.gone_pending_at nulls last, l.last_seen_at desc limit ${MOST_AT_ONCE}`),
  )
}

/** False when the host has no room for more. */
async function checkOffer(deps: BargainsDeps, source: Source, { id, url }: Offer): Promise<boolean> {
  const fetched = await fetchPolitely(deps, { url }, { patience: PATIENCE }, (answer) => ({
    value: judgeOffer(deps, source, url, answer),
    outcome: outcomeOf(answer, deps.clock()),
  }))
  if (fetched.kind !== 'fetched') return false
  await recordOffer(deps, id, fetched.value)
  return true
}

/** A page that is blocked, changed, held or failed says nothing of its advert. */
function judgeOffer(deps: BargainsDeps, source: Source, url: string, answer: Fetched): OfferAnswer {
  const unclear: OfferAnswer = { state: 'unclear', certain: false }
  if (answer.kind === 'failed' || answer.status >= 500) return unclear
  const { status, headers, bytes } = answer
  const { verdict, kind } = parsePage(deps, source, { bytes, url, status, headers })
  if (verdict === 'gone') return { state: 'gone', certain: status !== 404 }
  return verdict === 'ok' && kind === 'offer' ? { state: 'open', certain: true } : unclear
}
