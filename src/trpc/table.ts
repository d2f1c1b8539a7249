import { index, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { workspaces } from '@/accounts/table'
import { moment, workspaceId } from '@/db/columns'

/** What a POST with an idempotency key was answered, kept in the transaction that did it: the second does nothing. */
export const idempotencyKeys = pgTable(
  'idempotency_keys',
  {
    workspaceId: workspaceId().references(() => workspaces.id, { onDelete: 'cascade' }),
    /** As in `audit_entries`: two programs may choose the same key. */
    actor: text().notNull(),
    key: text().notNull(),
    /** SHA-256 of the procedure and its input: a key is for one request. */
    fingerprint: text().notNull(),
    answer: jsonb(),
    createdAt: moment().notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.actor, t.key] }), index('idempotency_keys_created').on(t.createdAt)],
)
