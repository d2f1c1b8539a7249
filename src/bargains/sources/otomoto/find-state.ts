import { at, parseJson } from '../page/read-json'
import { findMember, readContainer } from '../page/read-member'

const SCRIPT = 'id="__NEXT_DATA__"'
const SEARCH = '\\"advertSearch\\":'
const ADVERT = ['props', 'pageProps', 'advert'] as const

export type FoundState = { readonly kind: 'search' | 'advert'; readonly value: unknown }

/**
 * The search or the advert in `__NEXT_DATA__`. A search stands in one of several `urqlState` entries, each a string of
 * JSON under a hash that changes; its name with just one level of escapes can stand nowhere in anybody's text.
 */
export function findState(bytes: Buffer): FoundState | null {
  const script = bytes.indexOf(SCRIPT)
  if (script < 0) return null
  const search = findSearch(bytes, script)
  if (search !== null) return { kind: 'search', value: search }
  const start = bytes.indexOf('>', script) + 1
  const advert = findMember(bytes, start, false, [ADVERT])
  const value = advert && parseJson(advert.text)
  return value ? { kind: 'advert', value } : null
}

export function mentionsState(bytes: Buffer): boolean {
  return bytes.includes(SCRIPT)
}

/** A page holds a handful of queries; each that is tried may cost a look at all the rest. */
const MOST_PLACES = 6

function findSearch(bytes: Buffer, from: number): unknown {
  let places = 0
  for (let i = bytes.indexOf(SEARCH, from); i >= 0 && places < MOST_PLACES; i = bytes.indexOf(SEARCH, i + 1)) {
    places += 1
    const text = /[{,]/.test(String.fromCharCode(bytes[i - 1] ?? 0))
      ? readContainer(bytes, i + SEARCH.length, true)
      : null
    const value = text === null ? null : parseJson(text)
    if (at(value, 'edges') !== undefined || at(value, 'totalCount') !== undefined) return value
  }
  return null
}
