import { sql } from 'drizzle-orm'
import type { Database } from '@/db/client'

export type ScanState = {
  /** Searches that a live watch uses. */
  readonly active: number
  /** When one of them was last read well; null: never. */
  readonly lastOkAt: Date | null
  /** Seconds by which the longest waiting search is over its time; 0 when none is. */
  readonly overdueSeconds: number
  /** Those whose last read was bad. */
  readonly troubled: number
}

type Row = { active: number; last: Date | string | null; overdue: number | null; troubled: number }

/** How reading goes, over all workspaces; names no search. For the health check. */
export async function readScanState(db: Database): Promise<ScanState> {
  const [row] = await db.execute<Row>(sql`
    select count(*)::int as active, max(ok_at) as last, count(*) filter (where failures > 0)::int as troubled,
      extract(epoch from now() - min(due_at))::float8 as overdue
    from searches where due_at is not null`)
  if (!row) throw new Error('the database told nothing of the searches')
  const { active, last, overdue, troubled } = row
  return {
    active,
    lastOkAt: last ? new Date(last) : null,
    overdueSeconds: Math.max(0, Math.round(overdue ?? 0)),
    troubled,
  }
}

/** Searches that a live watch uses and whose site refuses them. */
export async function countRefused(db: Database): Promise<number> {
  const [row] = await db.execute<{ count: number }>(sql`
    select count(*)::int as count from searches where due_at is not null and health = 'blocked'`)
  return row?.count ?? 0
}
