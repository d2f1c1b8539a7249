import { sql } from 'drizzle-orm'
import type { WorkspaceId } from '@/kernel/ids'
import type { Database, Transaction } from './client'

/** Everything in `work` sees one workspace's rows and no other's, whatever its queries forget. One per request. */
export function withWorkspace<T>(
  db: Database,
  workspaceId: WorkspaceId,
  work: (tx: Transaction) => Promise<T>,
): Promise<T> {
  return db.transaction(async (tx) => {
    await enterWorkspace(tx, workspaceId)
    return work(tx)
  })
}

/**
 * Everything in `work` sees all workspaces. `reason` names the caller in `pg_stat_activity` and in the log of slow
 * queries; the list of callers is short: gates, scans, deliveries, retention, erasure.
 */
export function withSystem<T>(db: Database, reason: string, work: (tx: Transaction) => Promise<T>): Promise<T> {
  return db.transaction(async (tx) => {
    await enterSystem(tx, reason)
    return work(tx)
  })
}

/** Turns a running transaction to one workspace: for the scan, which writes for each workspace in turn. */
export async function enterWorkspace(tx: Transaction, workspaceId: WorkspaceId): Promise<void> {
  await tx.execute(
    sql`select set_config('role', 'gleaner_app', true), set_config('app.workspace_id', ${workspaceId}, true)`,
  )
}

/** Turns a running transaction to all workspaces. */
export async function enterSystem(tx: Transaction, reason: string): Promise<void> {
  await tx.execute(
    sql`select set_config('role', 'gleaner_system', true), set_config('app.workspace_id', '', true), set_config('application_name', ${`gleaner ${reason}`}, true)`,
  )
}
