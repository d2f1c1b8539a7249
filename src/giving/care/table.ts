import { sql } from 'drizzle-orm'
import {
  boolean,
  date,
  index,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { members, workspaces } from '@/accounts/table'
import { id, minorUnits, moment, workspaceId } from '@/db/columns'
import { ofContact } from '../contacts/table'
import type { RiskRule } from './rules-at-risk'
import type { EpisodeKind, Resolution } from './rules-episodes'

/** What a workspace decides about care; a workspace without a row has the defaults. */
export const givingSettings = pgTable('giving_settings', {
  workspaceId: workspaceId()
    .primaryKey()
    .references(() => workspaces.id, { onDelete: 'cascade' }),
  /** Days after a due date on which nobody is asked yet; a pledge may have its own. */
  graceDays: smallint().notNull().default(10),
  /** What the workspace needs in a month, in its currency; null: no goal is set. */
  monthlyGoal: minorUnits(),
  riskRule: text().$type<RiskRule>().notNull().default('cadence'),
  /** The hour of the workspace's day at which the daily checks run. */
  checkHour: smallint().notNull().default(6),
  /** The last day that was checked. */
  checkedOn: date({ mode: 'string' }),
  checkedAt: moment(),
})

/** Something wrong with a contact or a pledge, from the day it was seen until it ends: one is open at a time. */
export const careEpisodes = pgTable(
  'care_episodes',
  {
    id: id(),
    workspaceId: workspaceId().references(() => workspaces.id, { onDelete: 'cascade' }),
    kind: text().$type<EpisodeKind>().notNull(),
    /** The pledge that is late, else the contact. */
    subjectId: uuid().notNull(),
    contactId: uuid().notNull(),
    /** How bad it is: told again on entering a later one. */
    bucket: smallint().notNull().default(1),
    /** When it began, as the rule counts: the due date, the last gift. */
    sinceOn: date({ mode: 'string' }).notNull(),
    openedAt: moment().notNull(),
    toldAt: moment().notNull(),
    /** How often it was told, so that each telling has a key of its own. */
    told: smallint().notNull().default(1),
    resolvedAt: moment(),
    resolution: text().$type<Resolution>(),
  },
  (t) => [
    ofContact('care_episodes_contact_fk', t.workspaceId, t.contactId),
    unique('care_episodes_of_workspace').on(t.workspaceId, t.id),
    uniqueIndex('care_episodes_one').on(t.workspaceId, t.kind, t.subjectId).where(sql`resolved_at is null`),
    index('care_episodes_contact').on(t.workspaceId, t.contactId, t.openedAt),
  ],
)

/** How a member wants to be told; one without a row has the defaults. */
export const carePreferences = pgTable(
  'care_preferences',
  {
    workspaceId: workspaceId().references(() => workspaces.id, { onDelete: 'cascade' }),
    memberId: uuid()
      .notNull()
      .references(() => members.id, { onDelete: 'cascade' }),
    /** Kinds of signal that are not sent to them. */
    muted: jsonb().$type<readonly string[]>().notNull().default([]),
    summary: boolean().notNull().default(true),
    /** 1 = Monday. */
    summaryWeekday: smallint().notNull().default(1),
    summaryHour: smallint().notNull().default(8),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.memberId] }), index('care_preferences_member').on(t.memberId)],
)

/** The weekly summaries that were made: one a member and week, whatever clocks do. */
export const summaries = pgTable(
  'summaries',
  {
    workspaceId: workspaceId().references(() => workspaces.id, { onDelete: 'cascade' }),
    memberId: uuid()
      .notNull()
      .references(() => members.id, { onDelete: 'cascade' }),
    /** The Monday of the week in which it was made. */
    weekOf: date({ mode: 'string' }).notNull(),
    /** Null: there was nothing to say. */
    signalId: uuid(),
    createdAt: moment().notNull(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.memberId, t.weekOf] }), index('summaries_member').on(t.memberId)],
)
