import { sql } from 'drizzle-orm'
import type { Database, Transaction } from './client'

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

/** The topic of `notifySessionEnded`; no page hears it as a note. */
export const SESSION_ENDED = 'session-ended'

/** Ends the streams that are held open by this session or API key, in whichever process. A session is of no one workspace. */
export async function notifySessionEnded(db: Database | Transaction, passId: string): Promise<void> {
  const note = { workspaceId: null, topic: SESSION_ENDED, id: passId }
  await db.execute(sql`select pg_notify(${PAGES_CHANNEL}, ${JSON.stringify(note)})`)
}
