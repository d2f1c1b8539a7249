import { newId } from '@/kernel/ids'
import { isRecord } from '../json'
import { type AnySql, EVENTS_TASK } from './sql'

/** An event as the SDK sends it. */
export type SentEvent = {
  readonly id?: string
  readonly name: string
  readonly data?: unknown
  readonly ts?: number
}

/** Bytes of one event's JSON; Inngest's own limit on most plans. */
export const MOST_EVENT_BYTES = 512 * 1024

/** Says what is wrong with an event, or null. */
export function refusal(event: unknown): string | null {
  if (!isRecord(event) || typeof event.name !== 'string' || event.name === '') return 'an event has no name'
  if (Buffer.byteLength(JSON.stringify(event)) > MOST_EVENT_BYTES) return `event ${event.name} is over 512 kB`
  return null
}

type Row = {
  readonly id: string
  readonly key: string
  readonly name: string
  readonly payload: string
  /** Its sender gave the key. */
  readonly given: boolean
}

/** An id that a sender gives is one event for so long, as at Inngest; then it is another event. */
const UNIQUE_FOR = '24 hours'

/**
 * Stores events and calls a worker to them, in one statement. `seed` makes ids for events that have none: the same seed
 * twice stores them once. Answers the ids, those of the first sending where an event was known.
 */
export async function storeEvents(sql: AnySql, events: readonly SentEvent[], seed: string): Promise<readonly string[]> {
  return storeSendings(sql, [{ events, seed }])
}

/** Several sendings at once, each with its seed. */
export async function storeSendings(
  sql: AnySql,
  sendings: readonly { readonly events: readonly SentEvent[]; readonly seed: string }[],
): Promise<readonly string[]> {
  const rows = sendings.flatMap(({ events, seed }) => events.map((event, at) => toRow(event, `${seed}/${at}`)))
  if (rows.length === 0) return []
  const given = rows.filter((row) => row.given).map(({ key }) => key)
  if (given.length > 0) await freeKeys(sql, given)
  const stored = await insertEvents(sql, rows)
  return stored === rows.length ? rows.map((row) => row.id) : knownIds(sql, rows)
}

/** Old events keep their rows under other keys. */
async function freeKeys(sql: AnySql, keys: readonly string[]): Promise<void> {
  await sql`
    update job_events set key = key || '/' || id
    where key = any(${[...keys]}::text[]) and received_at < now() - ${UNIQUE_FOR}::interval`
}

function toRow(event: SentEvent, key: string): Row {
  const id = newId()
  const payload = { ...event, id: event.id ?? id, data: event.data ?? {}, ts: event.ts ?? Date.now() }
  return { id, key: event.id ?? key, name: event.name, payload: JSON.stringify(payload), given: event.id !== undefined }
}

async function insertEvents(sql: AnySql, rows: readonly Row[]): Promise<number> {
  try {
    return await insertAndCall(sql, rows)
  } catch (error) {
    if (!isQueueMissing(error)) throw error
    // Sent before any worker was ever started: the first one looks for events that nobody was called to.
    return (await insertion(sql, rows)).count
  }
}

/** invalid_schema_name, undefined_function: graphile-worker has not made its schema yet. */
function isQueueMissing(error: unknown): boolean {
  return isRecord(error) && (error.code === '3F000' || error.code === '42883')
}

function insertion(sql: AnySql, rows: readonly Row[]) {
  const column = (key: keyof Row) => rows.map((row) => row[key])
  return sql`
    insert into job_events (id, key, name, payload)
    select id, key, name, payload from unnest(${column('id')}::uuid[], ${column('key')}::text[], ${column('name')}::text[],
      ${column('payload')}::text[]) as n (id, key, name, payload)
    on conflict (key) do nothing returning id`
}

async function insertAndCall(sql: AnySql, rows: readonly Row[]): Promise<number> {
  const [answer] = await sql<{ stored: number }>`
    with e as (${insertion(sql, rows)}), woken as (
      select graphile_worker.add_job(${EVENTS_TASK}, json_build_object('events', (select json_agg(id) from e)))
      where exists (select from e)
    )
    select (select count(*) from e)::int as stored, (select count(*) from woken)`
  return answer?.stored ?? 0
}

async function knownIds(sql: AnySql, rows: readonly Row[]): Promise<readonly string[]> {
  const found = await sql<{ id: string; key: string }>`
    select id, key from job_events where key = any(${rows.map((row) => row.key)}::text[])`
  const byKey = new Map(found.map(({ id, key }) => [key, id]))
  return rows.map((row) => byKey.get(row.key) ?? row.id)
}
