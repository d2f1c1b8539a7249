import { namesUnread } from '../page/prune-json'
import { asArray, asCount, asText, parseJson } from '../page/read-json'
import { readNextData } from '../page/read-next-data'

/** The adverts of a result page and what the page says of itself. */
export type FoundAds = {
  readonly ads: readonly unknown[]
  readonly total: number | null
  readonly page: number | null
  readonly pageSize: number | null
  /** `date` where the newest stand first. */
  readonly order: string | null
}

/** A third of the list: each picture once more, and what else the site sells. */
const UNREAD = namesUnread('originalWebp', 'vehicleReport', 'olxPay', 'olxDelivery', 'trackingSpecificData')

/** `pageProps.ads` and the few numbers behind it. A name in bare quotes can stand in nobody's text. */
export function findAds(bytes: Buffer): FoundAds | null {
  const ads = asArray(readNextData(bytes, [['ads']], UNREAD)?.value)
  if (!ads) return null
  const scalar = (name: string) => scalarAt(bytes, `"${name}":`)
  return {
    ads,
    total: asCount(scalar('totalOfAds')),
    page: asCount(scalar('pageIndex')),
    pageSize: asCount(scalar('pageSize')),
    order: asText(scalar('sort')),
  }
}

function scalarAt(bytes: Buffer, name: string): unknown {
  const place = bytes.lastIndexOf(name)
  const text = place < 0 ? '' : bytes.toString('utf8', place + name.length, place + name.length + 80)
  return parseJson(/^\s*(\d{1,12}|"\w{1,40}")(?=\s*[,}])/.exec(text)?.[1] ?? 'null')
}
