import type { BargainsDeps } from '../deps'
import { type Recorded, recordPage } from '../listings/record-page'
import { type ClaimedSearch, claimSearches, releaseClaim } from './claim-searches'
import { findNextDue } from './queries'
import { type Reading, readSearch } from './read-search'

export type ScanOutcome =
  | { readonly kind: 'scanned' }
  /** The host has no room before then; the search stays due. */
  | { readonly kind: 'wait'; readonly until: Date }
  /** Another scan has taken it over. */
  | { readonly kind: 'lost' }

/** Reads a claimed search, outside of any transaction, and records what it read in one. */
export async function scanSearch(deps: BargainsDeps, search: ClaimedSearch, patience: number): Promise<ScanOutcome> {
  const read = await readSearch(deps, search, patience)
  if (read.kind === 'wait') await releaseClaim(deps.db, search)
  if (read.kind !== 'read') return read
  const { written } = await recordOrFail(deps, search, read.reading)
  return { kind: written ? 'scanned' : 'lost' }
}

/** A page that cannot be stored counts as a failure of its search: else it would be first in the row again and again. */
async function recordOrFail(deps: BargainsDeps, search: ClaimedSearch, reading: Reading): Promise<Recorded> {
  try {
    return await recordPage(deps, search, reading)
  } catch (error) {
    deps.log.error({ err: error, searchId: search.id }, 'a page could not be recorded')
    return recordPage(deps, search, {
      ...reading,
      verdict: 'failed',
      items: [],
      reason: 'the page could not be recorded',
    })
  }
}

export type HostScan = {
  readonly scanned: number
  /** When there may be more to do: the next search is due, or the host has room again. Null when nothing waits. */
  readonly nextAt: Date | null
}

/** A host that has room within this is waited for here; longer waits free the worker. */
const PATIENCE = 2_000

/** Scans the due searches of a host one by one, until none is due, the host has no room, or `until` has passed. */
export async function scanHost(deps: BargainsDeps, host: string, until: Date): Promise<HostScan> {
  let scanned = 0
  while (deps.clock() < until) {
    const [search] = await claimSearches(deps.db, { host, limit: 1 }, deps.clock())
    if (!search) return { scanned, nextAt: await findNextDue(deps.db, host) }
    deps.log.debug({ searchId: search.id }, 'scan claimed')
    const outcome = await scanSearch(deps, search, PATIENCE)
    if (outcome.kind === 'wait') return { scanned, nextAt: outcome.until }
    if (outcome.kind === 'scanned') scanned++
  }
  return { scanned, nextAt: await findNextDue(deps.db, host) }
}
