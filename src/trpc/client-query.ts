import { type DefaultOptions, defaultShouldDehydrateQuery } from '@tanstack/react-query'
import { factsOf } from './client-errors'
import { transformer } from './transformer'

const RETRIES = 2

/** The same for the server's prefetch and the browser. */
export const queryDefaults: DefaultOptions = {
  queries: {
    // What the server has just prefetched is not fetched again at once.
    staleTime: 30_000,
    retry: (failures, error) => failures < RETRIES && isPassing(error),
  },
  dehydrate: {
    serializeData: transformer.serialize,
    // A prefetch that still runs goes on to the browser as a promise.
    shouldDehydrateQuery: (query) => defaultShouldDehydrateQuery(query) || query.state.status === 'pending',
  },
  hydrate: { deserializeData: transformer.deserialize },
}

/** A refusal stays one, however often it is asked. */
function isPassing(error: unknown): boolean {
  const facts = factsOf(error)
  return facts === null || facts.code === 'unavailable' || facts.code === 'upstream'
}
