import { sql } from 'drizzle-orm'
import { index, jsonb, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { workspaces } from '@/accounts/table'
import { id, moment, workspaceId } from '@/db/columns'

/** Something worth telling: its kind and the facts, never words. */
export const signals = pgTable(
  'signals',
  {
    id: id(),
    workspaceId: workspaceId().references(() => workspaces.id, { onDelete: 'cascade' }),
    /** `listing.new`, `listing.price_drop`, `search.blocked` … */
    kind: text().notNull(),
    /** The same event, said twice, has the same key: the second is no row. */
    dedupeKey: text().notNull(),
    /** What it is about: a match, a watch. Null for a test. */
    subjectId: uuid(),
    /** The watch it belongs to, so that a watch's log is one index away. */
    watchId: uuid(),
    facts: jsonb().$type<Record<string, unknown>>().notNull(),
    createdAt: moment().notNull().defaultNow(),
    resolvedAt: moment(),
  },
  (t) => [
    uniqueIndex('signals_dedupe').on(t.workspaceId, t.dedupeKey),
    index('signals_recent').on(t.workspaceId, t.createdAt),
    index('signals_subject').on(t.workspaceId, t.subjectId).where(sql`subject_id is not null`),
    index('signals_watch').on(t.workspaceId, t.watchId, t.createdAt),
  ],
)

/** What a signal of many is about, one by one: each ends by itself, and with the last of them the signal. */
export const signalParts = pgTable(
  'signal_parts',
  {
    workspaceId: workspaceId().references(() => workspaces.id, { onDelete: 'cascade' }),
    signalId: uuid()
      .notNull()
      .references(() => signals.id, { onDelete: 'cascade' }),
    subjectId: uuid().notNull(),
    endedAt: moment(),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.signalId, t.subjectId] }),
    index('signal_parts_signal').on(t.signalId),
    index('signal_parts_subject').on(t.workspaceId, t.subjectId).where(sql`ended_at is null`),
  ],
)
