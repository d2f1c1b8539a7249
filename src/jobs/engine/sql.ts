import { createHash } from 'node:crypto'
import type { Pool, PoolClient } from 'pg'
import { isLost } from '@/db/lost-connection'

/** What a statement answers; `count` is the number of rows that it answered or changed. */
export type Rows<Row> = Row[] & { readonly count: number }

/** A statement that is sent when it is awaited, and is a part of another where it stands in that one's template. */
export type Statement<Row> = PromiseLike<Rows<Row>> & { readonly [fragment]: Fragment }

/** A pool or a transaction: sends a template as a prepared statement, its values apart from its text. */
export type AnySql = <Row = Record<string, unknown>>(
  strings: TemplateStringsArray,
  ...values: readonly unknown[]
) => Statement<Row>

export type EngineSql = AnySql & {
  /** All of `work` or none of it. */
  readonly begin: <T>(work: (tx: AnySql) => Promise<T>) => Promise<T>
  readonly end: () => Promise<void>
}

const fragment = Symbol('fragment')
type Fragment = { readonly strings: readonly string[]; readonly values: readonly unknown[] }
type Send = <T>(work: (client: Pick<PoolClient, 'query'>) => Promise<T>) => Promise<T>

/**
 * Templates on a pool of `pg`: an engine has no tables of Drizzle's, and its statements are prepared, for they are few and hot.
 */
export function sqlOf(pool: Pool): EngineSql {
  const begin = <T>(work: (tx: AnySql) => Promise<T>) => transact(pool, work)
  return Object.assign(
    createSql((work) => work(pool)),
    { begin, end: () => pool.end() },
  )
}

async function transact<T>(pool: Pool, work: (tx: AnySql) => Promise<T>): Promise<T> {
  const client = await pool.connect()
  try {
    await client.query('begin')
    const result = await work(createSql((send) => send(client)))
    await client.query('commit')
    client.release()
    return result
  } catch (error) {
    await abandon(client, error)
    throw error
  }
}

/** Rolls back; a connection that is gone, or cannot even do that, is thrown away, and has rolled back by that. */
async function abandon(client: PoolClient, error: unknown): Promise<void> {
  if (isLost(error)) return client.release(true)
  await client.query('rollback').then(
    () => client.release(),
    (broken: Error) => client.release(broken),
  )
}

function createSql(send: Send): AnySql {
  return <Row>(strings: TemplateStringsArray, ...values: readonly unknown[]): Statement<Row> => {
    const flat = flatten(strings, values)
    const run = () => send((client) => runStatement<Row>(client, flat))
    // biome-ignore lint/suspicious/noThenProperty: a statement is awaited, as with every driver of this kind.
    return { [fragment]: flat, then: (resolve, reject) => run().then(resolve, reject) }
  }
}

/** Puts the parts in the place of the statements that stand for them. */
function flatten(strings: readonly string[], values: readonly unknown[]): Fragment {
  const texts = [strings[0] ?? '']
  const all: unknown[] = []
  for (const [at, value] of values.entries()) {
    const inner = isFragment(value) ? value[fragment] : { strings: ['', ''], values: [value] }
    append(texts, inner.strings)
    all.push(...inner.values)
    append(texts, [strings[at + 1] ?? ''])
  }
  return { strings: texts, values: all }
}

/** Joins the last text with the first of `more`, and adds the others. */
function append(texts: string[], [first = '', ...more]: readonly string[]): void {
  texts.push(`${texts.pop() ?? ''}${first}`, ...more)
}

function isFragment(value: unknown): value is { readonly [fragment]: Fragment } {
  return typeof value === 'object' && value !== null && fragment in value
}

async function runStatement<Row>(client: Pick<PoolClient, 'query'>, { strings, values }: Fragment): Promise<Rows<Row>> {
  const text = strings.reduce((joined, part, at) => `${joined}$${at}${part}`)
  const result = await client.query({ text, name: nameOf(text), values: [...values] })
  // The caller of a statement says what its rows are.
  return Object.assign(result.rows as Row[], { count: result.rowCount ?? 0 })
}

const names = new Map<string, string>()

/** A prepared statement's name, the same on every connection; PostgreSQL keeps 63 bytes of it. */
function nameOf(text: string): string {
  const known = names.get(text)
  if (known) return known
  const name = `job ${createHash('sha1').update(text).digest('hex')}`
  names.set(text, name)
  return name
}

/** Adds or moves the wake-up of each run of the CTE `r (id, function_id, due_at)`; one wake-up a run, by its key. */
export function wakeUp(sql: AnySql): Statement<never> {
  return sql`graphile_worker.add_job('gleaner/run/' || r.function_id, json_build_object('run', r.id),
    run_at => r.due_at, job_key => 'run/' || r.id)`
}

/**
 * As `wakeUp`, for all runs of `r`, or those of them that `which` leaves: a statement's end. By one call of the queue, for
 * one by one they take most of the time.
 */
export function wakeAll(sql: AnySql, which: Statement<unknown> = sql``): Statement<never> {
  return sql`
    select count(j) from (
      select array_agg(('gleaner/run/' || r.function_id, json_build_object('run', r.id), null, r.due_at, null,
        'run/' || r.id, null, null)::graphile_worker.job_spec) as specs
      from r ${which} having count(*) > 0
    ) s, graphile_worker.add_jobs(s.specs) j`
}

export const EVENTS_TASK = 'gleaner/events'
export const PRUNE_TASK = 'gleaner/prune'

/** As with runs: a process of an older release leaves alone what it does not know. */
export function debounceTask(functionId: string): string {
  return `gleaner/debounce/${functionId}`
}

/** Each function has a task of its own, so that a process of an older release leaves alone what it does not know. */
export function runTask(functionId: string): string {
  return `gleaner/run/${functionId}`
}
