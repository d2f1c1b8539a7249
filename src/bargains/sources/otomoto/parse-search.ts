import { judgeList, whyNoAdverts } from '../page/judge-items'
import { makePage, withPage } from '../page/make-page'
import { asArray, asCount, asObject, asText, at, type JsonObject } from '../page/read-json'
import type { PageInput, ParsedPage } from '../source'
import { compareAnswer } from './compare-answer'
import { mapNode } from './map-node'

/** A result page from the member `advertSearch` of its state. */
export function parseSearch(value: unknown, page: PageInput): ParsedPage {
  const search = asObject(value) ?? {}
  const edges = asArray(search.edges)
  const total = asCount(search.totalCount)
  const known = { variant: nameVariant(search, edges ?? []), total, answered: compareAnswer(search, page.url) }
  if (!edges) return makePage('otomoto', 'result', 'changed', { ...known, reason: 'the state has no list of adverts' })
  if (edges.length === 0) return emptyPage(search, known)
  const judged = judgeList(edges, (edge) => mapNode(edge, page.url))
  return makePage('otomoto', 'result', judged.verdict, { ...judged, ...known, next: nextOf(search, page.url) })
}

function emptyPage(search: JsonObject, known: Partial<ParsedPage>): ParsedPage {
  const offset = asCount(at(search, 'pageInfo', 'currentOffset')) ?? 0
  const total = asCount(search.totalCount)
  if (total !== null && offset >= total) return makePage('otomoto', 'result', 'empty', known)
  return makePage('otomoto', 'result', 'changed', { ...known, reason: whyNoAdverts(total) })
}

/** Times without a zone are of 2024; the choice of orders came in 2026. */
function nameVariant(search: JsonObject, edges: readonly unknown[]): string {
  const created = asText(at(edges[0], 'node', 'createdAt'))
  if (created && !/Z|[+-]\d\d:\d\d$/.test(created)) return 'urql-2024'
  return 'sortOptions' in search ? 'urql-2026' : created ? 'urql-2025' : 'urql'
}

function nextOf(search: JsonObject, url: string): string | null {
  const [size, offset] = [at(search, 'pageInfo', 'pageSize'), at(search, 'pageInfo', 'currentOffset')].map(asCount)
  const total = asCount(search.totalCount)
  if (!size || typeof offset !== 'number' || total === null || offset + size >= total) return null
  return withPage(url, Math.floor(offset / size) + 2)
}
