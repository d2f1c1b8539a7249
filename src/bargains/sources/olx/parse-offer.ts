import { judgeItems } from '../page/judge-items'
import { judgeStatusWord } from '../page/judge-status-word'
import { makePage } from '../page/make-page'
import { asObject, asText, type JsonObject } from '../page/read-json'
import type { PageInput, ParsedPage } from '../source'
import { closedPage } from './judge-bare'
import { mapAd } from './map-ad'
import { nameVariant } from './name-variant'

/** An advert's own page from the member `ad.ad` of its state. */
export function parseOffer(value: unknown, bytes: Buffer, page: PageInput): ParsedPage {
  const ad = asObject(value) ?? {}
  const variant = nameVariant(ad)
  if (isOpen(ad)) {
    const judged = judgeItems([mapAd(ad, page.url, null)])
    return makePage('olx', 'offer', judged.verdict, { ...judged, variant })
  }
  const status = asText(ad.status) ?? 'none'
  const verdict = judgeStatusWord(status)
  const known = { variant, reason: `the advert's status is "${status}"` }
  return verdict === null
    ? (closedPage(bytes) ?? makePage('olx', 'offer', 'changed', known))
    : makePage('olx', 'offer', verdict, known)
}

/** An advert that says nothing of its state is open: only its own word closes it. */
function isOpen(ad: JsonObject): boolean {
  return (ad.status === undefined || ad.status === 'active') && ad.isActive !== false
}
