import { sql } from 'drizzle-orm'
import { index, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { members, workspaces } from '@/accounts/table'
import { foldedText, id, moment, workspaceId } from '@/db/columns'
import { ofContact } from '../contacts/table'
import type { GroupColour } from './rules'

/** A named set of contacts. Soft-deleted, for deleting has an undo. */
export const groups = pgTable(
  'groups',
  {
    id: id(),
    workspaceId: workspaceId().references(() => workspaces.id, { onDelete: 'cascade' }),
    /** Whose own it is; null is shared by the workspace. */
    memberId: uuid().references(() => members.id, { onDelete: 'cascade' }),
    name: text().notNull(),
    folded: foldedText().notNull(),
    colour: text().$type<GroupColour>().notNull().default('neutral'),
    createdAt: moment().notNull().defaultNow(),
    deletedAt: moment(),
  },
  (t) => [
    uniqueIndex('groups_shared_name').on(t.workspaceId, t.folded).where(sql`deleted_at is null and member_id is null`),
    uniqueIndex('groups_own_name')
      .on(t.workspaceId, t.memberId, t.folded)
      .where(sql`deleted_at is null and member_id is not null`),
  ],
)

export const groupMembers = pgTable(
  'group_members',
  {
    workspaceId: workspaceId().references(() => workspaces.id, { onDelete: 'cascade' }),
    groupId: uuid()
      .notNull()
      .references(() => groups.id, { onDelete: 'cascade' }),
    contactId: uuid().notNull(),
    createdAt: moment().notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.groupId, t.contactId] }),
    ofContact('group_members_contact_fk', t.workspaceId, t.contactId),
    index('group_members_contact').on(t.workspaceId, t.contactId),
  ],
)
