import { boolean, index, integer, jsonb, pgTable, smallint, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { currency, id, moment, workspaceId } from '@/db/columns'
import type { Permission, Role } from './rules-permissions'

/** People who sign in. Global: a person may belong to several workspaces. */
export const users = pgTable(
  'users',
  {
    id: id(),
    /** Folded to lower case by the verb. */
    email: text().notNull(),
    name: text().notNull(),
    passwordHash: text(),
    locale: text().notNull().default('en'),
    /** Runs this installation: bot token, mail, sources. The first owner is. */
    administrator: boolean().notNull().default(false),
    createdAt: moment().notNull().defaultNow(),
    disabledAt: moment(),
  },
  (t) => [uniqueIndex('users_email').on(t.email)],
)

/** Global. A cookie names a row here, so that it can be ended at once. */
export const sessions = pgTable(
  'sessions',
  {
    id: id(),
    userId: uuid()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    workspaceId: uuid('current_workspace').references(() => workspaces.id, { onDelete: 'set null' }),
    createdAt: moment().notNull().defaultNow(),
    lastSeenAt: moment().notNull().defaultNow(),
    expiresAt: moment().notNull(),
    revokedAt: moment(),
    userAgent: text(),
    address: text(),
  },
  (t) => [index('sessions_user').on(t.userId)],
)

export const workspaces = pgTable('workspaces', {
  id: id(),
  name: text().notNull(),
  currency: currency().notNull().default('PLN'),
  timeZone: text().notNull().default('Europe/Warsaw'),
  locale: text().notNull().default('pl'),
  fiscalYearStart: smallint().notNull().default(1),
  bargains: boolean().notNull().default(true),
  giving: boolean().notNull().default(false),
  createdAt: moment().notNull().defaultNow(),
})

export const members = pgTable(
  'members',
  {
    id: id(),
    workspaceId: workspaceId().references(() => workspaces.id, { onDelete: 'cascade' }),
    userId: uuid()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    role: text().$type<Role>().notNull(),
    createdAt: moment().notNull().defaultNow(),
  },
  (t) => [uniqueIndex('members_workspace_user').on(t.workspaceId, t.userId), index('members_user').on(t.userId)],
)

/** Personal API keys: shown once, kept as SHA-256. */
export const apiTokens = pgTable(
  'api_tokens',
  {
    id: id(),
    workspaceId: workspaceId().references(() => workspaces.id, { onDelete: 'cascade' }),
    memberId: uuid()
      .notNull()
      .references(() => members.id, { onDelete: 'cascade' }),
    name: text().notNull(),
    /** The first characters, by which its owner recognises it. */
    prefix: text().notNull(),
    hash: text().notNull(),
    /** All that it may do of what its member's role may; null: all of it. */
    only: text().array().$type<Permission[]>(),
    createdAt: moment().notNull().defaultNow(),
    lastUsedAt: moment(),
    revokedAt: moment(),
  },
  (t) => [uniqueIndex('api_tokens_hash').on(t.hash), index('api_tokens_workspace').on(t.workspaceId, t.createdAt)],
)

/** Who is asked in. The link's secret is kept as SHA-256 and works once, until it is revoked or over. */
export const invitations = pgTable(
  'invitations',
  {
    id: id(),
    workspaceId: workspaceId().references(() => workspaces.id, { onDelete: 'cascade' }),
    /** The one address that may use it; null: whoever has the link. */
    email: text(),
    role: text().$type<Role>().notNull(),
    hash: text().notNull(),
    invitedBy: uuid()
      .notNull()
      .references(() => members.id, { onDelete: 'cascade' }),
    createdAt: moment().notNull().defaultNow(),
    expiresAt: moment().notNull(),
    /** When a mail server took the letter. */
    mailedAt: moment(),
    usedAt: moment(),
    revokedAt: moment(),
  },
  (t) => [
    uniqueIndex('invitations_hash').on(t.hash),
    index('invitations_workspace').on(t.workspaceId, t.createdAt),
    index('invitations_inviter').on(t.invitedBy),
  ],
)

export const auditEntries = pgTable(
  'audit_entries',
  {
    id: id(),
    workspaceId: workspaceId().references(() => workspaces.id, { onDelete: 'cascade' }),
    /** `member:<id>`, `token:<id>`, `bot:<member id>` or `job:<name>`. */
    actor: text().notNull(),
    /** `watch.create`, `channel.delete` … */
    action: text().notNull(),
    subjectId: uuid(),
    facts: jsonb().$type<Record<string, unknown>>().notNull().default({}),
    createdAt: moment().notNull().defaultNow(),
  },
  (t) => [
    index('audit_entries_workspace').on(t.workspaceId, t.createdAt),
    index('audit_entries_subject').on(t.workspaceId, t.subjectId, t.createdAt),
  ],
)

/** Settings of the installation that its administrator pasted, encrypted. The environment wins over them. */
export const instanceSettings = pgTable('instance_settings', {
  key: text().primaryKey(),
  ciphertext: text().notNull(),
  updatedAt: moment().notNull().defaultNow(),
  updatedBy: uuid(),
})

/** Attempts counted per account and per address, in windows. */
export const rateLimits = pgTable('rate_limits', {
  key: text().primaryKey(),
  points: integer().notNull(),
  expiresAt: moment().notNull(),
})
