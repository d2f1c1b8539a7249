import type { SearchFacts } from '../sources/source'

const MOST_LETTERS = 80

/** A name for a watch that nobody has named: what is searched, and where. Null when the search says neither. */
export function nameSearches(searches: readonly { readonly says: SearchFacts }[]): string | null {
  const [first] = searches
  if (!first) return null
  const { query, category, place } = first.says
  const what = query ?? category.at(-1) ?? ''
  const name = [readable(what), capitals(readable(place ?? ''))].filter(Boolean).join(' ')
  return name === '' ? null : name.slice(0, MOST_LETTERS)
}

/** `zielona-gora_111405` → `Zielona gora`: sites name places and categories by slug. */
function readable(slug: string): string {
  const words = slug.replace(/_\d+$/, '').replaceAll('-', ' ').trim()
  return words.charAt(0).toUpperCase() + words.slice(1)
}

function capitals(words: string): string {
  return words.replace(/(^|\s)\p{L}/gu, (letter) => letter.toUpperCase())
}
