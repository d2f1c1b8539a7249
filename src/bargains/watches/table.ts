import { boolean, index, integer, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { members, workspaces } from '@/accounts/table'
import { id, minorUnits, moment, workspaceId } from '@/db/columns'
import { channels } from '@/notifications/channels/table'
import type { Filter } from '../matches/rules'
import type { OwnWay } from '../searches/rules-ways'
import { searches } from '../searches/table'

/** What a workspace looks for. Soft-deleted, for deleting has an undo. */
export const watches = pgTable(
  'watches',
  {
    id: id(),
    workspaceId: workspaceId().references(() => workspaces.id, { onDelete: 'cascade' }),
    ownerId: uuid()
      .notNull()
      .references(() => members.id, { onDelete: 'cascade' }),
    name: text().notNull(),
    /** Minutes between scans, 1 to 10,080. */
    interval: integer().notNull().default(10),
    filter: jsonb().$type<Filter>().notNull(),
    /** A drop is told from this percentage on. */
    dropPercent: integer().notNull().default(5),
    /** …or from this amount on, where the user set one. */
    dropAmount: minorUnits(),
    notify: boolean().notNull().default(true),
    pausedAt: moment(),
    lastMatchAt: moment(),
    createdAt: moment().notNull().defaultNow(),
    deletedAt: moment(),
  },
  (t) => [index('watches_workspace').on(t.workspaceId, t.createdAt)],
)

export const watchSearches = pgTable(
  'watch_searches',
  {
    id: id(),
    workspaceId: workspaceId().references(() => workspaces.id, { onDelete: 'cascade' }),
    watchId: uuid()
      .notNull()
      .references(() => watches.id, { onDelete: 'cascade' }),
    searchId: uuid()
      .notNull()
      .references(() => searches.id),
    /** As it was pasted. */
    url: text().notNull(),
    /** The way to its pages that somebody chose; null: the politest that works. */
    way: text().$type<OwnWay>(),
    /** When what was already there became the silent baseline; null until the first good read. */
    baselineAt: moment(),
    /** Set when the watch is resumed: when its pause began. What came since is told in one message by the next good read. */
    quietSince: moment(),
    createdAt: moment().notNull().defaultNow(),
  },
  (t) => [uniqueIndex('watch_searches_once').on(t.watchId, t.searchId), index('watch_searches_search').on(t.searchId)],
)

export const watchChannels = pgTable(
  'watch_channels',
  {
    id: id(),
    workspaceId: workspaceId().references(() => workspaces.id, { onDelete: 'cascade' }),
    watchId: uuid()
      .notNull()
      .references(() => watches.id, { onDelete: 'cascade' }),
    channelId: uuid()
      .notNull()
      .references(() => channels.id, { onDelete: 'cascade' }),
  },
  (t) => [uniqueIndex('watch_channels_once').on(t.watchId, t.channelId)],
)
