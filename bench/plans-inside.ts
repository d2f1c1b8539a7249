import { sql } from 'drizzle-orm'
import type { Client, QueryConfig } from 'pg'
import { type Database, driverPool } from '@/db/client'
import { withWorkspace } from '@/db/scope'
import type { WorkspaceId } from '@/kernel/ids'

/** A sequential scan of a table below that many rows costs nothing. */
const MANY_ROWS = 10_000

type Statement = { readonly text: string; readonly values: readonly unknown[] }

/** What a database was asked, for plans. */
export type Recorder = {
  /** What `work` asks of it. */
  readonly record: (work: () => Promise<unknown>) => Promise<readonly Statement[]>
}

/** Listens on each connection of the pool from now on: before the first is opened. */
export function recordStatements(db: Database): Recorder {
  let heard: Statement[] | null = null
  driverPool(db).on('connect', (client) => {
    // The driver's `query` takes many forms; ours asks it with a config and values alone.
    const own = client as unknown as { query: (config: QueryConfig, values?: unknown[]) => unknown }
    const ask = (client as Client).query.bind(client) as typeof own.query
    own.query = (config, values) => {
      heard?.push({ text: config.text, values: values ?? [] })
      return ask(config, values)
    }
  })
  return {
    record: async (work) => {
      const statements: Statement[] = []
      heard = statements
      await work()
      heard = null
      return statements
    },
  }
}

type Plan = { 'Node Type': string; 'Relation Name'?: string; Plans?: Plan[] }

/** The tables over 10,000 rows that these statements would scan from end to end, each once. */
export async function scannedTables(
  db: Database,
  workspaceId: WorkspaceId,
  statements: readonly Statement[],
): Promise<readonly string[]> {
  const large = await largeTables(db)
  const found = new Set<string>()
  for (const { text, values } of statements) {
    if (!/^\s*(select|with|insert|update|delete)\b/i.test(text) || /set_config/.test(text)) continue
    const plan = await planOf(db, workspaceId, { text, values })
    for (const table of scannedBy(plan)) if (large.has(table)) found.add(table)
  }
  return [...found].sort()
}

async function largeTables(db: Database): Promise<ReadonlySet<string>> {
  const rows = await db.execute<{ name: string }>(sql`
    select relname as name from pg_class where relkind = 'r' and reltuples > ${MANY_ROWS}`)
  return new Set(rows.map(({ name }) => name))
}

function planOf(db: Database, workspaceId: WorkspaceId, { text, values }: Statement): Promise<Plan> {
  const parts = text.split(/\$(\d+)/)
  const asked = sql.join(parts.map((part, at) => (at % 2 === 0 ? sql.raw(part) : sql.param(values[Number(part) - 1]))))
  return withWorkspace(db, workspaceId, async (tx) => {
    const [row] = await tx.execute<{ 'QUERY PLAN': readonly { Plan: Plan }[] }>(sql`explain (format json) ${asked}`)
    const plan = row?.['QUERY PLAN'][0]?.Plan
    if (!plan) throw new Error(`no plan of ${text}`)
    return plan
  })
}

function scannedBy(plan: Plan): readonly string[] {
  const own = plan['Node Type'] === 'Seq Scan' && plan['Relation Name'] ? [plan['Relation Name']] : []
  return [...own, ...(plan.Plans ?? []).flatMap(scannedBy)]
}
