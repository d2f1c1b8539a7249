import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import type { JobEvent } from '@/accounts/context'
import { withSystem } from '@/db/scope'
import { AppError } from '@/kernel/app-error'
import type { WorkspaceId } from '@/kernel/ids'
import { parsePage } from '../searches/judge-page'
import { isGood } from '../searches/rules'
import { siteNameOf, sourceFor } from '../sources/registry'
import type { Item, ParsedPage, Source } from '../sources/source'
import { type PushDeps, pushAll } from './push-listings'
import { MOST_PUSHED, type PushAnswer, type PushedPage, type ReadPage } from './schema'
import { findWatchesFor } from './store-pushed'
import { sendNudges } from './write-news'

const unpack = promisify(gunzip)
/** As much as a fetch may bring. */
export const MOST_PAGE = 8 * 1024 * 1024

export type Saved = { readonly url: string; readonly bytes: Uint8Array; readonly status?: number }

/** The bytes of a page as the browser packed them. Throws `bad_input` for what is no gzip, or too long unpacked. */
export async function unpackPage({ url, page }: PushedPage): Promise<Saved> {
  try {
    return { url, bytes: await unpack(Buffer.from(page, 'base64'), { maxOutputLength: MOST_PAGE }) }
  } catch (cause) {
    throw new AppError('bad_input', 'not a page', { reason: 'push.unreadable', cause })
  }
}

/** What the usual parsers read in a page that a member handed over, and whose watches it is for. Stores nothing. */
export async function previewPage(deps: PushDeps, workspaceId: WorkspaceId, saved: Saved): Promise<ReadPage> {
  const { source, parsed } = readSaved(deps, saved)
  const watches = await withSystem(deps.db, 'push page', (tx) =>
    findWatchesFor(tx, workspaceId, { searchUrl: saved.url }),
  )
  const { kind, verdict, reason, rejected } = parsed
  return {
    ...{ kind, verdict, reason, rejected: rejected.length, sourceName: siteNameOf(source.id, saved.url) },
    watches: watches.map(({ name }) => name),
    items: parsed.items.slice(0, MOST_PUSHED).map(describeItem),
  }
}

/** Stores what the page shows, as a batch would be. Throws `bad_input` (`push.nothing`) for a page that shows nothing. */
export async function storePage(
  deps: PushDeps,
  workspaceId: WorkspaceId,
  saved: Saved,
  watchId?: string,
): Promise<PushAnswer> {
  const { source, parsed } = readSaved(deps, saved)
  if (!isGood(parsed.verdict) || parsed.items.length === 0) {
    throw new AppError('bad_input', `nothing to store: ${parsed.verdict}`, { reason: 'push.nothing' })
  }
  const events: JobEvent[] = []
  const answer = await withSystem(deps.db, 'push page', async (tx) => {
    const watches = await findWatchesFor(tx, workspaceId, { searchUrl: saved.url, watchId })
    const items = parsed.items.slice(0, MOST_PUSHED).map((item) => ({ source, item }))
    const handed = { workspaceId, at: deps.clock(), events, watches, own: parsed.kind === 'offer' }
    return pushAll(tx, items, handed)
  })
  await sendNudges(deps, events)
  return answer
}

function readSaved(deps: PushDeps, { url, bytes, status = 200 }: Saved): { source: Source; parsed: ParsedPage } {
  const source = URL.canParse(url) ? sourceFor(new URL(url)) : null
  if (!source) throw new AppError('bad_input', 'no source reads that address', { reason: 'push.address' })
  return { source, parsed: parsePage(deps, source, { bytes, url, status, headers: { 'content-type': 'text/html' } }) }
}

function describeItem({ externalId, title, url, photos, place, price }: Item): ReadPage['items'][number] {
  const { kind, amount, currency } = price
  return {
    ...{ externalId, title, url, photo: photos[0] ?? null, city: place?.city ?? null },
    price: { kind, amount: amount?.toString() ?? null, currency },
  }
}
