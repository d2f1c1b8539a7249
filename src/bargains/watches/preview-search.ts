import { AppError, isAppError } from '@/kernel/app-error'
import type { WorkspaceId } from '@/kernel/ids'
import { cheapestFirst } from '../matches/rules-facts'
import type { Reading } from '../searches/judge-page'
import { type LinkDeps, readLink } from '../searches/read-link'
import { linksIn, type PastedSearch, recogniseSearch, unreadSite } from '../searches/recognise-pasted'
import type { ReadVerdict } from '../searches/rules'
import { siteNameOf } from '../sources/registry'
import type { Item, SearchFacts } from '../sources/source'
import { MOST_SEARCHES } from './schema'

/** Who looks: a workspace's own word against a robots.txt counts. */
export type PreviewDeps = LinkDeps & { readonly workspaceId: WorkspaceId }

/** A pasted link before it becomes a search: what it says, and what its page shows. */
export type Preview = {
  readonly pasted: string
  readonly url: string
  readonly source: string
  readonly sourceName: string
  readonly says: SearchFacts
  /** Null where the page was not asked for: only the first few links are. */
  readonly page: PreviewPage | null
}

export type PreviewPage = {
  readonly verdict: ReadVerdict
  /** How many adverts the site says there are, else how many the page shows. */
  readonly total: number
  /** Minor units as text. */
  readonly cheapest: { readonly amount: string; readonly currency: string } | null
  readonly photos: readonly string[]
}

/** A link that cannot be watched, with the reason as a key of the `errors` texts. */
export type Refused = { readonly pasted: string; readonly reason: string; readonly values: AppError['values'] }

const MOST_FETCHED = 5
const MOST_PHOTOS = 6
/** A person waits for this. */
const PATIENCE = 8_000

/**
 * Tells what pasted links are before they are watched. Throws when there is no link, too many, or none that can be
 * watched; a bad one among good ones is listed with its reason.
 */
export async function previewSearch(
  deps: PreviewDeps,
  text: string,
): Promise<{ searches: Preview[]; refused: Refused[] }> {
  const links = [...new Set(linksIn(text))]
  if (links.length > MOST_SEARCHES) {
    throw new AppError('bad_input', 'too many links', {
      reason: 'watch.tooManySearches',
      values: { most: MOST_SEARCHES },
    })
  }
  const { known, refused } = sortLinks(links.length > 0 ? links : [text])
  const searches: Preview[] = []
  for (const [n, search] of known.entries()) {
    const page = n < MOST_FETCHED ? await previewPage(deps, search) : null
    if (listsNothing(search, page)) refused.push(toRefused(search.pasted, unreadSite(search)))
    else searches.push(toPreview(search, page))
  }
  const [first] = known
  if (searches.length === 0 && first) throw unreadSite(first)
  return { searches, refused }
}

/** Why a page of no marketplace cannot be watched, after a look at it; null when it can, or does not answer now. */
export async function readsNothing(deps: PreviewDeps, search: PastedSearch): Promise<AppError | null> {
  return listsNothing(search, await previewPage(deps, search)) ? unreadSite(search) : null
}

/** A marketplace's page may change and be read again; a page that nobody knows has no other promise than itself. */
function listsNothing({ source }: PastedSearch, page: PreviewPage | null): boolean {
  return source.hosts.length === 0 && page?.verdict === 'changed'
}

function sortLinks(links: readonly string[]): { known: readonly PastedSearch[]; refused: Refused[] } {
  const known = new Map<string, PastedSearch>()
  const problems: { pasted: string; error: AppError }[] = []
  for (const link of links) {
    const found = tryRecognise(link)
    if (found instanceof AppError) problems.push({ pasted: link, error: found })
    else known.set(`${found.source.id} ${found.key}`, found)
  }
  const [first] = problems
  if (known.size === 0 && first) throw first.error
  const refused = problems.map(({ pasted, error }) => toRefused(pasted, error))
  return { known: [...known.values()], refused }
}

function toRefused(pasted: string, { reason, values }: AppError): Refused {
  return { pasted, reason: reason ?? '', values }
}

function tryRecognise(link: string): PastedSearch | AppError {
  try {
    return recogniseSearch(link)
  } catch (error) {
    if (isAppError(error)) return error
    throw error
  }
}

async function previewPage(deps: PreviewDeps, search: PastedSearch): Promise<PreviewPage | null> {
  const reading = await readLink(deps, deps.workspaceId, search, PATIENCE)
  // The host has no room now: the watch can be made all the same.
  return reading && toPage(reading)
}

function toPage({ verdict, items, total }: Reading): PreviewPage {
  const priced = items.flatMap(pricedOf)
  const cheapest = cheapestFirst(priced)[0]
  return {
    verdict,
    total: total ?? items.length,
    cheapest: cheapest ? { amount: String(cheapest.amount), currency: cheapest.currency } : null,
    photos: items.flatMap((item) => item.photos.slice(0, 1)).slice(0, MOST_PHOTOS),
  }
}

function pricedOf({ price }: Item) {
  const { amount, currency } = price
  return amount === null || currency === null ? [] : [{ amount, currency }]
}

function toPreview({ pasted, url, source, says }: PastedSearch, page: PreviewPage | null): Preview {
  return { pasted, url, source: source.id, sourceName: siteNameOf(source.id, url), says, page }
}
