import type { PageInput, ParsedPage } from '../source'
import { canonicalUrl } from './clean-url'
import { toUtf8 } from './decode-bytes'
import { findJsonLd } from './find-json-ld'
import { judgeItems } from './judge-items'
import { makePage } from './make-page'
import { mapAllSchema } from './map-schema'
import { baseOf } from './page-address'

/**
 * An advert's own page by its JSON-LD, for a site whose page is known no better: one advert outside of any list, under
 * the number that its address says. Null when there is none, or more than one.
 */
export function parseSchemaOffer(page: PageInput, source: string, externalId: string | null): ParsedPage | null {
  const bytes = toUtf8(page)
  const { adverts } = mapAllSchema(findJsonLd(bytes), baseOf(bytes, page.url))
  const [advert, ...others] = adverts.filter(({ listed }) => !listed)
  const url = canonicalUrl(page.url, page.url)
  if (!advert || others.length > 0 || !externalId || !url || !advert.title) return null
  const { listed: _listed, sku, iri: _iri, ...rest } = advert
  // The page's own word on whose advert it is; a page of something else is not this advert.
  if (sku !== externalId && advert.url !== null && !new URL(advert.url).pathname.includes(externalId)) return null
  const item = { ...rest, externalId, url, title: advert.title }
  const judged = judgeItems([{ item, priceRead: true }])
  return makePage(source, 'offer', judged.verdict, { ...judged, variant: 'schema-org' })
}
