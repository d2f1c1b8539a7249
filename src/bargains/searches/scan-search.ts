import { isPassing, outlastOutage } from '@/db/lost-connection'
import type { BargainsDeps } from '../deps'
import { type Recorded, recordPage } from '../listings/record-page'
import { type ClaimedSearch, claimSearches, releaseClaim } from './claim-searches'
import type { Reading } from './judge-page'
import { findNextDue } from './queries'
import { readSearch } from './read-search'

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

/** Seconds for the database to come back, or for the other side of a deadlock to end; less than a claim holds. */
const PATIENCE_WITH_DATABASE = 10

/**
 * A page that cannot be stored counts as a failure of its search: else it would be first in the row again and again. A
 * database that is away, or that lets another go first, is no fault of the site: the page is recorded again, and where
 * that does not help the search stays due.
 */
async function recordOrFail(deps: BargainsDeps, search: ClaimedSearch, reading: Reading): Promise<Recorded> {
  try {
    return await outlastOutage(PATIENCE_WITH_DATABASE, () => recordPage(deps, search, reading))
  } catch (error) {
    if (isPassing(error)) throw error
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

/** What is due but held, by a change of its watch, is looked at again after this: not at once, over and over. */
const HELD_MS = 1_000

/** Scans the due searches of a host one by one, until none is due, the host has no room, or `until` has passed. */
export async function scanHost(deps: BargainsDeps, host: string, until: Date): Promise<HostScan> {
  let scanned = 0
  while (deps.clock() < until) {
    const [search] = await claimSearches(deps.db, { host, limit: 1 }, deps.clock())
    if (!search) return { scanned, nextAt: await nextLook(deps, host) }
    deps.log.debug({ searchId: search.id }, 'scan claimed')
    const outcome = await scanSearch(deps, search, PATIENCE)
    if (outcome.kind === 'wait') return { scanned, nextAt: outcome.until }
    if (outcome.kind === 'scanned') scanned++
  }
  return { scanned, nextAt: await findNextDue(deps.db, host) }
}

async function nextLook({ db, clock }: BargainsDeps, host: string): Promise<Date | null> {
  const due = await findNextDue(db, host)
  const soon = new Date(clock().getTime() + HELD_MS)
  return due === null || due > soon ? due : soon
}
