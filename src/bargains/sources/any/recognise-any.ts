import { refusalOf } from '@/http/rules-address'
import { pageAddress } from '../page/page-address'
import type { Recognised } from '../source'
import { readQuery } from './read-query'

/**
 * Any public http or https address is a page that may list adverts; what it is shows only once it was read. Null for an
 * address that Gleaner does not open at all.
 */
export function recogniseAny(url: URL): Recognised | null {
  if (refusalOf(url) !== null) return null
  const key = pageAddress(url.href, url.href)
  return key === null ? null : { kind: 'result', key, url: key, says: readQuery(new URL(key)) }
}
