import { and, eq } from 'drizzle-orm'
import { withSystem } from '@/db/scope'
import { fetchPolitely } from '@/http/fetch-politely'
import type { WorkspaceId } from '@/kernel/ids'
import type { BargainsDeps } from '../deps'
import { anyPage } from '../sources/any/source'
import { noteGoodWay, openWays, readByWays } from './choose-way'
import { judgePage, type Reading } from './judge-page'
import { notePage } from './note-page'
import { hasOverride } from './queries'
import type { PastedSearch } from './recognise-pasted'
import type { OwnWay } from './rules-ways'
import { searches } from './table'

export type LinkDeps = Pick<BargainsDeps, 'db' | 'log' | 'clock' | 'transport' | 'storage' | 'browser' | 'sleep'>

type Link = {
  readonly search: PastedSearch
  /** The same search, where somebody watches it already. */
  readonly known: typeof searches.$inferSelect | null
  readonly workspaceId: WorkspaceId
  readonly patience: number
}

/**
 * The first page of a link that a member looks at before it is watched: by the ways, within the budget and under the robots
 * rules that a watch of theirs would have. Null when the host has no room within `patience` (milliseconds).
 */
export async function readLink(
  deps: LinkDeps,
  workspaceId: WorkspaceId,
  search: PastedSearch,
  patience: number,
): Promise<Reading | null> {
  const known = await findKnown(deps, search)
  const subject = { host: search.host, apiUrl: known?.apiUrl ?? null, ways: known?.ways ?? {}, chosenWay: null }
  const read = (way: OwnWay) => readBy(deps, { search, known, workspaceId, patience }, way)
  const outcome = await readByWays(await openWays(deps, subject), read, (read) =>
    read.kind === 'fetched' ? read.value.reading.verdict : null,
  )
  return outcome.kind === 'fetched' ? outcome.value.reading : null
}

async function readBy(deps: LinkDeps, { search, known, workspaceId, patience }: Link, way: OwnWay) {
  const { source, host } = search
  const url = (way === 'api' ? known?.apiUrl : null) ?? search.url
  const courtesy = {
    patience,
    overridden: () => hasOverride(deps.db, workspaceId, new URL(url).hostname),
    ...(way === 'browser' ? { transport: deps.browser } : {}),
  }
  const fetched = await fetchPolitely(deps, { url }, courtesy, (answer) => judgePage(deps, source, url, answer))
  if (fetched.kind !== 'fetched') return fetched
  // A site of nobody's, that a pasted link happened to name, gets no history here: the link may be refused.
  if (source.id === anyPage.id && known === null) return fetched
  const { reading, variant, raw } = fetched.value
  const { verdict, reason, readAt: at } = reading
  await notePage(deps, { ...{ host, url, way, verdict, reason, at, variant, raw }, source: source.id, searchId: null })
  await noteGoodWay(deps, host, way, verdict)
  return fetched
}

async function findKnown({ db }: LinkDeps, { source, key }: PastedSearch): Promise<Link['known']> {
  const same = and(eq(searches.source, source.id), eq(searches.key, key))
  const [row] = await withSystem(db, 'known search', (tx) => tx.select().from(searches).where(same))
  return row ?? null
}
