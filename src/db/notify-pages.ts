import { sql } from 'drizzle-orm'
import type { Transaction } from './client'

/** The one NOTIFY channel that open pages listen to. */
export const PAGES_CHANNEL = 'gleaner_pages'

/**
 * Tells open pages of a workspace, once the transaction has committed, that something under `topic` changed
 * (`deliveries`, `matches` …); `id` names one row of it. PostgreSQL folds equal notes of one transaction; one may be lost, so pages re-read on
 * connect.
 */
export async function notifyPages(tx: Transaction, workspaceId: string, topic: string, id?: string): Promise<void> {
  await tx.execute(sql`select pg_notify(${PAGES_CHANNEL}, ${JSON.stringify({ workspaceId, topic, id })})`)
}
