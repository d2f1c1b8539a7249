/**
 * The ways to a search's pages, the politest first: the page as it is, the site's own JSON API, a browser, and people who
 * push what their own browser shows. The last is never tried: it is what is left.
 */
export const WAYS = ['plain', 'api', 'browser', 'push'] as const
export type Way = (typeof WAYS)[number]
/** A way that Gleaner goes by itself. */
export type OwnWay = Exclude<Way, 'push'>
