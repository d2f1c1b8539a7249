import { sql } from 'drizzle-orm'
import { boolean, index, integer, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { workspaces } from '@/accounts/table'
import { id, moment, workspaceId } from '@/db/columns'
import { channels } from '../channels/table'
import { signals } from '../signals/table'

/** pending → sending (leased) → sent | failed; skipped: the channel was off or the message had become pointless. */
export type DeliveryState = 'pending' | 'sending' | 'sent' | 'failed' | 'skipped'

/** The outbox: one message to one channel, kept as the log. */
export const deliveries = pgTable(
  'deliveries',
  {
    id: id(),
    workspaceId: workspaceId().references(() => workspaces.id, { onDelete: 'cascade' }),
    signalId: uuid()
      .notNull()
      .references(() => signals.id, { onDelete: 'cascade' }),
    channelId: uuid()
      .notNull()
      .references(() => channels.id, { onDelete: 'cascade' }),
    state: text().$type<DeliveryState>().notNull().default('pending'),
    /** When the next try may begin; while a try is under way, when its lease runs out. */
    dueAt: moment().notNull().defaultNow(),
    leaseUntil: moment(),
    /** Names the try that holds the lease: only it may write the outcome. */
    leaseId: uuid(),
    attempts: integer().notNull().default(0),
    /** A try ended without an answer (killed, cut off), so the message may have arrived already. */
    uncertain: boolean().notNull().default(false),
    /** The provider's id of the message, for edits. */
    providerId: text(),
    /** Why it failed or was skipped: a key of the `deliveries` messages, and the provider's own words. */
    reason: text(),
    detail: text(),
    createdAt: moment().notNull().defaultNow(),
    sentAt: moment(),
    /** When the message that was sent shall be changed, for its signal is resolved; while that is under way, when its lease runs out. */
    editDueAt: moment(),
    editAttempts: integer().notNull().default(0),
    editedAt: moment(),
  },
  (t) => [
    uniqueIndex('deliveries_once').on(t.signalId, t.channelId),
    index('deliveries_recent').on(t.workspaceId, t.createdAt),
    index('deliveries_due').on(t.dueAt).where(sql`state in ('pending', 'sending')`),
    index('deliveries_channel').on(t.channelId, t.createdAt),
    index('deliveries_queue').on(t.channelId, t.dueAt).where(sql`state in ('pending', 'sending')`),
    index('deliveries_edit').on(t.editDueAt).where(sql`edit_due_at is not null`),
    index('deliveries_provider').on(t.providerId).where(sql`provider_id is not null`),
  ],
)

/**
 * Global: when the next message may go to a chat (`telegram:<chat>`) or through a whole provider (`telegram`), whichever
 * process or workspace sends it.
 */
export const deliveryPaces = pgTable('delivery_paces', {
  key: text().primaryKey(),
  freeAt: moment().notNull(),
})
