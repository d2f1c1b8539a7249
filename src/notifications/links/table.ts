import { index, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { workspaces } from '@/accounts/table'
import { moment, workspaceId } from '@/db/columns'
import { deliveries } from '../deliveries/table'

/** Links of letters that were used: each does its thing once. */
export const usedLinks = pgTable(
  'used_links',
  {
    workspaceId: workspaceId().references(() => workspaces.id, { onDelete: 'cascade' }),
    deliveryId: uuid()
      .notNull()
      .references(() => deliveries.id, { onDelete: 'cascade' }),
    /** What it did: `<verb>:<uuid>`. */
    data: text().notNull(),
    usedAt: moment().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.deliveryId, t.data] }),
    index('used_links_delivery').on(t.deliveryId),
  ],
)
