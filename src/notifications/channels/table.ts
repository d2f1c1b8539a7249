import { bigint, index, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { members, workspaces } from '@/accounts/table'
import { id, moment, workspaceId } from '@/db/columns'

export type ChannelKind = 'telegram' | 'email' | 'discord' | 'webhook'

/** Where a signal can go. Soft-deleted, for deleting has an undo. */
export const channels = pgTable(
  'channels',
  {
    id: id(),
    workspaceId: workspaceId().references(() => workspaces.id, { onDelete: 'cascade' }),
    /** Whose channel it is; null for one of the whole workspace (a group). */
    memberId: uuid().references(() => members.id, { onDelete: 'cascade' }),
    kind: text().$type<ChannelKind>().notNull(),
    name: text().notNull(),
    /** Chat id, e-mail address or URL. */
    address: text().notNull(),
    config: jsonb().$type<Record<string, unknown>>().notNull().default({}),
    /** The reader's language. */
    locale: text().notNull(),
    /** Why it was switched off (`blocked`, `bad_address`); null while it is on. */
    offReason: text(),
    offAt: moment(),
    createdAt: moment().notNull().defaultNow(),
    deletedAt: moment(),
  },
  (t) => [index('channels_workspace').on(t.workspaceId, t.createdAt), index('channels_address').on(t.kind, t.address)],
)

/** One-use deep links: SHA-256 of the token. */
export const telegramLinks = pgTable(
  'telegram_links',
  {
    id: id(),
    workspaceId: workspaceId().references(() => workspaces.id, { onDelete: 'cascade' }),
    memberId: uuid()
      .notNull()
      .references(() => members.id, { onDelete: 'cascade' }),
    hash: text().notNull(),
    createdAt: moment().notNull().defaultNow(),
    expiresAt: moment().notNull(),
    usedAt: moment(),
  },
  (t) => [uniqueIndex('telegram_links_hash').on(t.hash), index('telegram_links_workspace').on(t.workspaceId)],
)

/** Which Telegram user is which member: who taps a button must be one of these. */
export const telegramAccounts = pgTable(
  'telegram_accounts',
  {
    id: id(),
    workspaceId: workspaceId().references(() => workspaces.id, { onDelete: 'cascade' }),
    memberId: uuid()
      .notNull()
      .references(() => members.id, { onDelete: 'cascade' }),
    telegramUserId: bigint({ mode: 'bigint' }).notNull(),
    createdAt: moment().notNull().defaultNow(),
  },
  (t) => [
    uniqueIndex('telegram_accounts_user').on(t.workspaceId, t.telegramUserId),
    index('telegram_accounts_telegram').on(t.telegramUserId),
  ],
)
