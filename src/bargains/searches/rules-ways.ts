/** Ways that Gleaner goes by itself, the politest first: the page as it is, the site's own JSON API, a browser. */
export const OWN_WAYS = ['plain', 'api', 'browser'] as const
export type OwnWay = (typeof OWN_WAYS)[number]

/** All ways to a search's pages. People who push what their own browser shows are never asked: it is what is left. */
export const WAYS = [...OWN_WAYS, 'push'] as const
export type Way = (typeof WAYS)[number]

/**
 * The way that a search is read by, of those that its watches chose: a search is fetched once for all, so that the politest
 * choice counts. Null where one of them, or nobody, leaves it to Gleaner, which finds the politest that works: a choice of
 * one keeps no other from a way that works.
 */
export function chosenOf(choices: readonly (OwnWay | null)[]): OwnWay | null {
  if (choices.includes(null)) return null
  return OWN_WAYS.find((way) => choices.includes(way)) ?? null
}

/** The ways that there are for a search, the politest first. */
export function waysThere(is: { readonly api: boolean; readonly browser: boolean }): readonly OwnWay[] {
  return OWN_WAYS.filter((way) => way === 'plain' || is[way])
}
