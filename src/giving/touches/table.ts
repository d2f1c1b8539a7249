import { sql } from 'drizzle-orm'
import { index, integer, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import { members, workspaces } from '@/accounts/table'
import { id, moment, workspaceId } from '@/db/columns'
import { ofContact } from '../contacts/table'
import type { TouchKind } from './rules'

/** A call, visit, letter, message or meeting that took place. Soft-deleted, for deleting has an undo. */
export const touches = pgTable(
  'touches',
  {
    id: id(),
    workspaceId: workspaceId().references(() => workspaces.id, { onDelete: 'cascade' }),
    contactId: uuid().notNull(),
    /** Who did it. */
    memberId: uuid().references(() => members.id, { onDelete: 'set null' }),
    kind: text().$type<TouchKind>().notNull(),
    at: moment().notNull(),
    note: text().notNull().default(''),
    version: integer().notNull().default(1),
    createdAt: moment().notNull().defaultNow(),
    createdBy: text().notNull(),
    deletedAt: moment(),
  },
  (t) => [
    ofContact('touches_contact_fk', t.workspaceId, t.contactId),
    index('touches_contact').on(t.workspaceId, t.contactId, t.at, t.id).where(sql`deleted_at is null`),
    index('touches_newest').on(t.workspaceId, t.at, t.id).where(sql`deleted_at is null`),
    index('touches_member').on(t.memberId),
  ],
)
