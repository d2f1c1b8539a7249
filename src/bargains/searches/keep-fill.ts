import { and, eq, sql } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { withSystem } from '@/db/scope'
import type { BargainsDeps } from '../deps'
import type { SearchRow } from './claim-searches'
import type { Page } from './judge-page'
import { isGood } from './rules'
import { afterPage, countFill, type FillState } from './rules-fill'
import { searchFills } from './table'
import { type SickFields, tellFields } from './tell-fields'

const NEW: FillState = { pages: [], fallen: [], fallenSince: null }

/**
 * Compares how full a good page's fields are with the last good ones of the same search and format. Where one fell by half
 * the page is `partial`, and whoever runs this installation hears of it once, and once when it is back.
 */
export async function keepFill(deps: BargainsDeps, search: SearchRow, page: Page): Promise<Page> {
  const { reading, variant } = page
  if (!isGood(reading.verdict) || reading.items.length === 0) return page
  const { fallen, events } = await withSystem(deps.db, 'keep fill', (tx) => keep(tx, search, page))
  if (events.length > 0) await deps.send(events)
  if (fallen.length === 0) return page
  const reason = `changed: ${variant} says much less of ${fallen.join(', ')} than before`
  return { ...page, reading: { ...reading, verdict: 'partial', reason } }
}

async function keep(tx: Transaction, search: SearchRow, { reading, variant }: Page) {
  const own = and(eq(searchFills.searchId, search.id), eq(searchFills.variant, variant))
  const [before = NEW] = await tx.select().from(searchFills).where(own).for('update')
  const after = afterPage(before, countFill(reading.items, reading.readAt))
  const row = { ...after, seenAt: reading.readAt }
  await tx
    .insert(searchFills)
    .values({ ...row, searchId: search.id, source: search.source, variant })
    .onConflictDoUpdate({ target: [searchFills.searchId, searchFills.variant], set: row })
  const events = await tellChange(
    tx,
    { source: search.source, url: search.url, variant },
    before,
    after,
    reading.readAt,
  )
  return { fallen: after.fallen, events }
}

/** An episode is of a source's format, however many searches it is seen in: its first fall and its last recovery count. */
async function tellChange(
  tx: Transaction,
  format: Pick<SickFields, 'source' | 'url' | 'variant'>,
  before: FillState,
  after: FillState,
  now: Date,
) {
  if (before.fallenSince === null && after.fallenSince === null) return []
  const [row] = await tx
    .select({ since: sql<Date | null>`min(${searchFills.fallenSince})`.mapWith(searchFills.fallenSince) })
    .from(searchFills)
    .where(and(eq(searchFills.source, format.source), eq(searchFills.variant, format.variant)))
  const episode = row?.since ?? null
  return tellFields(tx, { ...format, fields: [...after.fallen, ...before.fallen], episode }, now)
}
