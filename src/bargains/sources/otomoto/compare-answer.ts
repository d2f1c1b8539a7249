import { cleanParams, segmentsOf } from '../page/clean-params'
import { absoluteUrl } from '../page/clean-url'
import { asArray, asText, at } from '../page/read-json'

/**
 * The address of the search that the site really answered, when something of what was asked is not in it; else null. The
 * site drops a path segment or filter that it does not know, and shows everything instead of nothing.
 */
export function compareAnswer(search: unknown, asked: string): string | null {
  const url = URL.canParse(asked) ? absoluteUrl(at(search, 'url'), asked) : null
  if (!url) return null
  const applied = new Set([...wordsOf(url), ...(asArray(at(search, 'appliedFilters')) ?? []).flatMap(wordsOfFilter)])
  return wordsOf(new URL(asked)).every((word) => applied.has(word)) ? null : url.href
}

/** Path segments, and parameters as `name=value` without their order in a list. */
function wordsOf(url: URL): readonly string[] {
  const params = cleanParams(url.searchParams, /^search\[(order|advanced_search_expanded)\]$/)
  const named = params.map(([name, value]) => `${nameOf(name)}=${value.toLowerCase()}`)
  return [...segmentsOf(url.pathname), ...named]
}

/** `search[filter_enum_make][0]` and `filter_enum_make` are one filter. */
function nameOf(param: string): string {
  return param.replace(/\[\d+\]$/, '').replace(/^search\[(.*)\]$/, '$1')
}

function wordsOfFilter(filter: unknown): readonly string[] {
  const [name, value] = [asText(at(filter, 'name')), asText(at(filter, 'value'))]
  const canonical = asText(at(filter, 'canonical'))?.toLowerCase()
  return [...(name && value ? [`${name}=${value.toLowerCase()}`] : []), ...(canonical ? canonical.split('/') : [])]
}
