import { sql } from 'drizzle-orm'
import type { Database } from '@/db/client'
import { withSystem } from '@/db/scope'

export type MailState = {
  readonly lastSentAt: Date | null
  /** The newest letter that the way itself did not take (not a wrong mailbox), with the class of its reason. */
  readonly lastFailure: { readonly at: Date; readonly reason: string } | null
}

type Row = { sent: Date | string | null; failed: Date | string | null; reason: string | null }

/**
 * How letters fare, over all workspaces; names nobody. The newest five of each mailbox are looked at, by its index. A
 * letter that failed first and was sent later has not failed.
 */
export async function readMailState(db: Database): Promise<MailState> {
  const [row] = await withSystem(db, 'mail health', (tx) =>
    tx.execute<Row>(sql`
      with recent as materialized (
        select d.state, d.reason, d.sent_at, d.created_at from channels c, lateral (
          select state, reason, sent_at, created_at from deliveries
          where channel_id = c.id order by created_at desc limit 5
        ) d where c.kind = 'email'
      ), failed as (
        select created_at, reason from recent
        where state in ('pending', 'failed') and reason in ('mail_auth', 'network', 'provider', 'too_many')
        order by created_at desc limit 1
      )
      select (select max(sent_at) from recent) as sent, (select created_at from failed) as failed,
        (select reason from failed) as reason`),
  )
  if (!row) throw new Error('the database told nothing of the deliveries')
  const { sent, failed, reason } = row
  const lastFailure = failed && reason ? { at: new Date(failed), reason } : null
  return { lastSentAt: sent ? new Date(sent) : null, lastFailure }
}
