import { boolean, index, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import { members, workspaces } from '@/accounts/table'
import { id, moment, workspaceId } from '@/db/columns'

/** A list as somebody left it: its filters and order, by a name. */
export const savedViews = pgTable(
  'saved_views',
  {
    id: id(),
    workspaceId: workspaceId().references(() => workspaces.id, { onDelete: 'cascade' }),
    memberId: uuid()
      .notNull()
      .references(() => members.id, { onDelete: 'cascade' }),
    /** Which list: `contacts`, `gifts` … */
    list: text().notNull(),
    name: text().notNull(),
    /** What follows `?` in the page's address. */
    query: text().notNull(),
    /** Everybody in the workspace sees it. */
    shared: boolean().notNull().default(false),
    createdAt: moment().notNull().defaultNow(),
  },
  (t) => [index('saved_views_list').on(t.workspaceId, t.list, t.createdAt)],
)
