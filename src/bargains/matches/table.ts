import { boolean, index, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { workspaces } from '@/accounts/table'
import { currency, id, minorUnits, moment, workspaceId } from '@/db/columns'
import { listings } from '../listings/table'
import { watches } from '../watches/table'

export type MatchState = 'new' | 'seen' | 'favourite' | 'ignored'

/** A listing that passed a watch's filter, with the reasons. */
export const matches = pgTable(
  'matches',
  {
    id: id(),
    workspaceId: workspaceId().references(() => workspaces.id, { onDelete: 'cascade' }),
    watchId: uuid()
      .notNull()
      .references(() => watches.id, { onDelete: 'cascade' }),
    listingId: uuid()
      .notNull()
      .references(() => listings.id),
    state: text().$type<MatchState>().notNull().default('new'),
    note: text().notNull().default(''),
    reasons: jsonb().$type<readonly unknown[]>().notNull().default([]),
    /** Was there when watch and search were joined: shown, never told. */
    baseline: boolean().notNull().default(false),
    /** Hysteresis: the level that was told last, and the one before that drop. */
    toldAmount: minorUnits(),
    beforeAmount: minorUnits(),
    toldCurrency: currency(),
    toldAt: moment(),
    matchedAt: moment().notNull(),
  },
  (t) => [
    uniqueIndex('matches_once').on(t.watchId, t.listingId),
    index('matches_recent').on(t.workspaceId, t.watchId, t.matchedAt),
    index('matches_newest').on(t.workspaceId, t.matchedAt, t.id),
    index('matches_listing').on(t.listingId),
  ],
)
