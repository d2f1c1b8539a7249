import type { BargainsDeps } from '../deps'
import type { PageInput } from '../sources/source'
import { type BadPage, keepBadPage } from './keep-bad-page'
import { noteVerdict } from './note-verdict'
import type { ReadVerdict } from './rules'
import { isWorthKeeping } from './rules-kept-pages'

/** A page that was asked for, or that robots.txt kept us from asking for. */
export type SeenPage = Pick<BadPage, 'host' | 'source' | 'searchId' | 'url' | 'way' | 'variant' | 'reason'> & {
  readonly verdict: ReadVerdict
  readonly at: Date
  /** As it came; null where nothing did. */
  readonly raw: Pick<PageInput, 'bytes' | 'status' | 'headers'> | null
}

type NoteDeps = Pick<BargainsDeps, 'db' | 'log' | 'clock' | 'storage'>

/** Counts what a page said in its host's history, and keeps one that could not be read. */
export async function notePage(deps: NoteDeps, { at, raw, ...page }: SeenPage): Promise<void> {
  const { host, url, way, verdict, searchId } = page
  deps.log.debug({ searchId, url, way, verdict }, 'page fetched')
  await noteVerdict(deps.db, host, verdict, at)
  if (raw === null || !isWorthKeeping(verdict)) return
  const { bytes, status, headers } = raw
  const kept = { 'content-type': headers['content-type'] ?? '', server: headers.server ?? '' }
  await keepBadPage(deps, { ...page, status, headers: kept, bytes })
}
