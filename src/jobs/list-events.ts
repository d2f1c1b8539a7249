import { desc, getTableColumns, inArray, lt, sql } from 'drizzle-orm'
import type { Database } from '@/db/client'
import { jobDebounces, jobEvents, jobRuns } from './engine/table'
import { beginning } from './read-beginning'
import type { EventFilter } from './schema'
import { showError, showJson } from './show-json'

/** Runs that are shown of one event; one that begins more says how many. */
const MOST_RUNS = 20
/** Characters of what it holds; `readWhole` has all of it. */
const MOST = 2000

/** What was sent, newest first, with the runs that each event began. */
export async function listEvents(db: Database, { cursor, limit }: EventFilter) {
  const rows = await db
    .select({ ...getTableColumns(jobEvents), payload: beginning<string>(jobEvents.payload, MOST) })
    .from(jobEvents)
    .where(cursor === undefined ? undefined : lt(jobEvents.id, cursor))
    .orderBy(desc(jobEvents.id))
    .limit(limit + 1)
  const page = rows.slice(0, limit)
  const ids = page.map(({ id }) => id)
  const [began, held] = await Promise.all([readBegun(db, ids), readHeld(db, ids)])
  const ofEvent =
    (id: string) =>
    ({ eventId }: { eventId: string | null }) =>
      eventId === id
  const events = page.map((row) => toListed(row, began.filter(ofEvent(row.id)), held.filter(ofEvent(row.id))))
  return { events, nextCursor: rows.length > limit ? (page.at(-1)?.id ?? null) : null }
}

type Begun = Awaited<ReturnType<typeof readBegun>>[number]

function readBegun(db: Database, ids: string[]) {
  const { id, eventId, functionId, state, reason } = jobRuns
  // `is not null` in words, as the index has it.
  return db
    .select({ id, eventId, functionId, state, reason })
    .from(jobRuns)
    .where(sql`${eventId} is not null and ${inArray(eventId, ids)}`)
    .orderBy(id)
}

/** Those that a debounce keeps. The rows are few: one for each key that waits. */
function readHeld(db: Database, ids: string[]) {
  const { eventId, functionId, dueAt } = jobDebounces
  return db.select({ eventId, functionId, dueAt }).from(jobDebounces).where(inArray(eventId, ids))
}

type Held = Awaited<ReturnType<typeof readHeld>>[number]

function toListed(row: Omit<typeof jobEvents.$inferSelect, 'key'>, runs: readonly Begun[], held: readonly Held[]) {
  return {
    id: row.id,
    name: row.name,
    payload: showJson(row.payload, MOST),
    receivedAt: row.receivedAt.toISOString(),
    held: held.map(({ functionId, dueAt }) => ({ functionId, dueAt: dueAt.toISOString() })),
    isRouted: row.routedAt !== null,
    error: showError(row.error, MOST)?.message ?? null,
    runs: runs.slice(0, MOST_RUNS),
    moreRuns: Math.max(0, runs.length - MOST_RUNS),
  }
}
