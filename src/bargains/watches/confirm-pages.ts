import { and, eq, inArray } from 'drizzle-orm'
import { withSystem } from '@/db/scope'
import { type PastedSearch, recogniseSearches } from '../searches/recognise-pasted'
import { searches } from '../searches/table'
import { type PreviewDeps, readsNothing } from './preview-search'

/** A person waits for this. */
const MOST_ASKED = 5

/**
 * Looks at links that are of no marketplace before they are watched for the first time. Throws for a page that answered
 * and lists nothing; one that does not answer now may be saved, and is read as soon as it does.
 */
export async function confirmPages(deps: PreviewDeps, urls: readonly string[]): Promise<void> {
  const pages = recogniseSearches(urls).filter(({ source }) => source.hosts.length === 0)
  const known = await findKnown(deps, pages)
  for (const page of pages.filter(({ key }) => !known.has(key)).slice(0, MOST_ASKED)) {
    const refusal = await readsNothing(deps, page)
    if (refusal) throw refusal
  }
}

async function findKnown({ db }: PreviewDeps, pages: readonly PastedSearch[]): Promise<ReadonlySet<string>> {
  const [first] = pages
  if (!first) return new Set()
  const keys = pages.map(({ key }) => key)
  const ours = and(eq(searches.source, first.source.id), inArray(searches.key, keys))
  const rows = await withSystem(db, 'known pages', (tx) => tx.select({ key: searches.key }).from(searches).where(ours))
  return new Set(rows.map(({ key }) => key))
}
