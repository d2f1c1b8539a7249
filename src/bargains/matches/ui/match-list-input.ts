import type { MatchListInput } from './use-match-list'

type Params = {
  state: 'all' | 'new' | 'cheaper' | 'favourite' | 'ignored'
  sort: MatchListInput['sort']
  source: string | null
  watch: string | null
}

/**
 * What to ask for what stands in the address; the same on the server and in the browser, key by key, for the cache knows a
 * question by its keys.
 */
export function matchListInput({ state, sort, source, watch }: Params, watchId?: string): MatchListInput {
  const chosen = watchId ?? watch
  return {
    ...(chosen ? { watchId: chosen } : {}),
    ...(state === 'all' ? {} : state === 'cheaper' ? { cheaper: true as const } : { state }),
    ...(source ? { source } : {}),
    sort,
  }
}
