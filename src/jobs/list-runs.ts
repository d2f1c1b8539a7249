import { and, desc, eq, isNotNull, isNull, not, or, type SQL, sql } from 'drizzle-orm'
import type { Database } from '@/db/client'
import { isUuid } from '@/kernel/ids'
import { jobEvents, jobRuns, jobSteps, type RunState } from './engine/table'
import { type NameRequester, nameRequesters } from './name-requesters'
import { beginning, nameIn } from './read-beginning'
import { type Hold, hasEnded, readSlot } from './rules-states'
import type { RunFilter } from './schema'
import { showError } from './show-json'

/** The engine parks a run that waits as one that sleeps until the wait is over; people want to know which it is. */
const awaits = sql<boolean>`exists (
  select from ${jobSteps} s where s.run_id = ${jobRuns}.id and s.state = 'waiting')`

/** Characters of an error that a list has use for. */
const MOST_LISTED = 2000

const columns = {
  id: jobRuns.id,
  awaits: sql<boolean>`${jobRuns.state} = 'sleeping' and ${awaits}`,
  functionId: jobRuns.functionId,
  state: jobRuns.state,
  reason: jobRuns.reason,
  attempt: jobRuns.attempt,
  blockedOn: jobRuns.blockedOn,
  throttle: jobRuns.throttle,
  eventName: jobEvents.name,
  // An event is kept for less long than its run, and a schedule's tick is none: then its own copy tells the name.
  event: beginning<string>(jobRuns.event, MOST_LISTED),
  error: beginning<string | null>(jobRuns.error, MOST_LISTED),
  requestedBy: jobRuns.requestedBy,
  cancelledBy: jobRuns.cancelledBy,
  dueAt: jobRuns.dueAt,
  createdAt: jobRuns.createdAt,
  startedAt: jobRuns.startedAt,
  finishedAt: jobRuns.finishedAt,
  /** To the microsecond, which a Date is not. */
  finishedText: sql<string | null>`${jobRuns.finishedAt}::text`,
}

/** Runs, newest first, a page at a time. Those of an ended state are ordered by their end, as the index is. */
export async function listRuns(db: Database, filter: RunFilter) {
  const byEnd = filter.state !== undefined && hasEnded(filter.state)
  const rows = await selectRuns(db, filter, byEnd)
  const page = rows.slice(0, filter.limit)
  const last = rows.length > filter.limit ? page.at(-1) : undefined
  const nextCursor = last ? `${byEnd ? last.finishedText : ''}_${last.id}` : null
  const nameOf = await nameRequesters(
    db,
    page.flatMap(({ requestedBy, cancelledBy }) => [requestedBy, cancelledBy]),
  )
  return { runs: page.map((row) => toListed(row, nameOf)), nextCursor }
}

function selectRuns(db: Database, filter: RunFilter, byEnd: boolean) {
  return db
    .select(columns)
    .from(jobRuns)
    .leftJoin(jobEvents, eq(jobEvents.id, jobRuns.eventId))
    .where(and(...conditions(filter, byEnd)))
    .orderBy(...(byEnd ? [desc(jobRuns.finishedAt)] : []), desc(jobRuns.id))
    .limit(filter.limit + 1)
}

export type ListedRun = ReturnType<typeof toListed>

function conditions({ function: id, state, cursor = '' }: RunFilter, byEnd: boolean): (SQL | undefined)[] {
  const [at = '', last = ''] = cursor.split('_')
  const after = byEnd
    ? at !== '' && sql`(${jobRuns.finishedAt}, ${jobRuns.id}) < (${at}::timestamptz, ${last}::uuid)`
    : isUuid(last) && sql`${jobRuns.id} < ${last}::uuid`
  return [id === undefined ? undefined : eq(jobRuns.functionId, id), state && inState(state), after || undefined]
}

/** In words of the partial indexes, so that the few open runs are found among millions of old ones. */
function inState(state: RunState): SQL | undefined {
  if (hasEnded(state)) return and(eq(jobRuns.state, state), isNotNull(jobRuns.finishedAt))
  if (state === 'running') return eq(jobRuns.state, state)
  const open = sql`${jobRuns.state} in ('queued', 'sleeping')`
  const either = or(and(open, isNull(jobRuns.blockedOn)), and(open, isNotNull(jobRuns.blockedOn)))
  if (state === 'queued') return and(eq(jobRuns.state, state), either)
  return and(eq(jobRuns.state, 'sleeping'), either, state === 'waiting' ? awaits : not(awaits))
}

type Row = Awaited<ReturnType<typeof selectRuns>>[number]

function toListed(row: Row, nameOf: NameRequester) {
  return {
    id: row.id,
    functionId: row.functionId,
    state: row.awaits ? ('waiting' as const) : row.state,
    reason: row.reason,
    attempt: row.attempt,
    eventName: row.eventName ?? nameIn(row.event),
    hold: holdOf(row),
    error: showError(row.error, MOST_LISTED)?.message ?? null,
    requestedBy: nameOf(row.requestedBy),
    stoppedBy: nameOf(row.cancelledBy),
    dueAt: row.dueAt?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
    startedAt: row.startedAt?.toISOString() ?? null,
    finishedAt: row.finishedAt?.toISOString() ?? null,
  }
}

type Held = { readonly state: RunState; readonly blockedOn: string | null; readonly throttle: string | null }

/** Why a run waits though its time has come; null where nothing but a worker is missing. */
export function holdOf({ state, blockedOn, throttle }: Held): Hold | null {
  // The first of a throttle's line stands in no line any more, but waits for its time.
  if (blockedOn === null) return state === 'queued' && throttle !== null ? { kind: 'throttle' } : null
  return blockedOn === throttle ? { kind: 'throttle' } : readSlot(blockedOn)
}
