import { sql } from 'drizzle-orm'
import {
  boolean,
  check,
  date,
  foreignKey,
  index,
  integer,
  jsonb,
  numeric,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { workspaces } from '@/accounts/table'
import { currency, id, minorUnits, moment, workspaceId } from '@/db/columns'
import { fromContact, ofContact } from '../contacts/table'
import { forFund } from '../funds/table'
import type { GiftType, Method } from './rules'

/** The ledger: an entry a row. A refund is an entry of its own that names the gift it reverses. */
export const gifts = pgTable(
  'gifts',
  {
    id: id(),
    workspaceId: workspaceId().references(() => workspaces.id, { onDelete: 'cascade' }),
    contactId: uuid().notNull(),
    givenOn: date({ mode: 'string' }).notNull(),
    amount: minorUnits().notNull(),
    currency: currency().notNull(),
    /** Σ of the refunds that hold, kept with them: the constraint below is what no two refunds at once get past. */
    refunded: minorUnits().notNull().default(sql`0`),
    fundId: uuid(),
    method: text().$type<Method>().notNull(),
    type: text().$type<GiftType>().notNull().default('one_off'),
    /** Its number elsewhere: a bank's, a payment service's. */
    externalId: text(),
    note: text().notNull().default(''),
    anonymous: boolean().notNull().default(false),
    /** Beyond what was promised: pays no instalment, unless somebody allocates it by hand. */
    extra: boolean().notNull().default(false),
    reversesId: uuid(),
    voidedAt: moment(),
    voidedBy: text(),
    /** Why, in the words of whoever voided it. */
    voidReason: text().notNull().default(''),
    /** Waits for thanks until `thankedAt`. */
    thanksDue: boolean().notNull().default(false),
    thankedAt: moment(),
    importId: uuid(),
    /** Contact, date, amount, fund and text of an imported row, hashed; with the occurrence it is the row's identity. */
    fingerprint: text(),
    occurrence: integer(),
    /** Raised by every change, so that the second of two people who edit at once is told. */
    version: integer().notNull().default(1),
    createdAt: moment().notNull().defaultNow(),
    createdBy: text().notNull(),
  },
  (t) => [
    unique('gifts_of_workspace').on(t.workspaceId, t.id),
    fromContact('gifts_contact_fk', t.workspaceId, t.contactId),
    forFund('gifts_fund_fk', t.workspaceId, t.fundId),
    check('gifts_amount', sql`${t.amount} > 0`),
    check('gifts_refunded', sql`${t.refunded} >= 0 and ${t.refunded} <= ${t.amount}`),
    // Upwards: read backwards it is `order by given_on desc`, which an index made downwards is not, by where it has its nulls.
    index('gifts_newest').on(t.workspaceId, t.givenOn, t.id),
    index('gifts_contact').on(t.workspaceId, t.contactId, t.givenOn),
    index('gifts_fund').on(t.workspaceId, t.fundId, t.givenOn).where(sql`fund_id is not null`),
    index('gifts_reverses').on(t.workspaceId, t.reversesId).where(sql`reverses_id is not null`),
    index('gifts_thanks').on(t.workspaceId, t.givenOn).where(sql`thanks_due and thanked_at is null`),
    index('gifts_voided').on(t.workspaceId, t.givenOn, t.id).where(sql`voided_at is not null`),
    index('gifts_refunds').on(t.workspaceId, t.givenOn, t.id).where(sql`reverses_id is not null`),
    index('gifts_import').on(t.workspaceId, t.importId).where(sql`import_id is not null`),
    uniqueIndex('gifts_external').on(t.workspaceId, t.externalId).where(sql`external_id is not null`),
    uniqueIndex('gifts_fingerprint').on(t.workspaceId, t.fingerprint, t.occurrence).where(sql`fingerprint is not null`),
  ],
)

/** Who brought a gift about without giving it: shown apart, never added to what they gave. */
export const softCredits = pgTable(
  'soft_credits',
  {
    workspaceId: workspaceId().references(() => workspaces.id, { onDelete: 'cascade' }),
    giftId: uuid().notNull(),
    contactId: uuid().notNull(),
    amount: minorUnits().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.giftId, t.contactId] }),
    foreignKey({
      name: 'soft_credits_gift_fk',
      columns: [t.workspaceId, t.giftId],
      foreignColumns: [gifts.workspaceId, gifts.id],
    }).onDelete('cascade'),
    ofContact('soft_credits_contact_fk', t.workspaceId, t.contactId),
    check('soft_credits_amount', sql`${t.amount} > 0`),
    index('soft_credits_contact').on(t.workspaceId, t.contactId),
  ],
)

/**
 * What a contact has given, recomputed from the ledger in the transaction of every change (`recompute-contacts.ts`);
 * nobody who gave nothing has a row. In-kind gifts and soft credits are counted apart.
 */
export const contactRollups = pgTable(
  'contact_rollups',
  {
    workspaceId: workspaceId().references(() => workspaces.id, { onDelete: 'cascade' }),
    contactId: uuid().notNull(),
    /** Counted gifts of money. */
    gifts: integer().notNull(),
    /** Days on which they were given: gifts of one day count once in the gaps. */
    giftDays: integer().notNull(),
    firstGiftOn: date({ mode: 'string' }),
    lastGiftOn: date({ mode: 'string' }),
    lastGiftId: uuid(),
    /** The middle of the days between gift days; null below three of those. */
    medianGap: numeric({ precision: 7, scale: 1, mode: 'number' }),
    inKind: integer().notNull(),
    softCredits: integer().notNull(),
    /** Gifts, in kind too, that wait for thanks. */
    thanksDue: integer().notNull(),
    /** From this day on silent for too long, by the rule of `rules-at-risk.ts` and their own rhythm: an index finds them. */
    quietOn: date({ mode: 'string' }).generatedAlwaysAs(
      sql`case when gift_days >= 2 then last_gift_on + greatest(45, floor(1.5 * coalesce(median_gap, 365))::int + 1) end`,
    ),
    /** And from this day on lapsed. */
    lapseOn: date({ mode: 'string' }).generatedAlwaysAs(
      sql`case when gift_days >= 2 then last_gift_on + greatest(365, floor(2 * coalesce(median_gap, 365))::int + 1) end`,
    ),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.contactId] }),
    ofContact('contact_rollups_contact_fk', t.workspaceId, t.contactId),
    index('contact_rollups_last').on(t.workspaceId, t.lastGiftOn),
    index('contact_rollups_quiet').on(t.workspaceId, t.lapseOn, t.quietOn),
  ],
)

/** The sums of `contact_rollups`, a row a currency: two currencies are never added. */
export const contactSums = pgTable(
  'contact_sums',
  {
    workspaceId: workspaceId().references(() => workspaces.id, { onDelete: 'cascade' }),
    contactId: uuid().notNull(),
    currency: currency().notNull(),
    gifts: integer().notNull(),
    total: minorUnits().notNull(),
    inKindTotal: minorUnits().notNull(),
    softTotal: minorUnits().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.contactId, t.currency] }),
    ofContact('contact_sums_contact_fk', t.workspaceId, t.contactId),
    index('contact_sums_total').on(t.workspaceId, t.currency, t.total),
  ],
)

/**
 * What was given in a month, by who looks after the givers: a row for what each change of the ledger added or took away,
 * written by a trigger in its very statement, so that no verb can forget it and none waits for another. What counts is
 * their sum; the nightly job makes one row of many (`fold-months.ts`).
 */
export const giftMonths = pgTable(
  'gift_months',
  {
    workspaceId: workspaceId().references(() => workspaces.id, { onDelete: 'cascade' }),
    /** The first day of it. */
    month: date({ mode: 'string' }).notNull(),
    currency: currency().notNull(),
    /** Of the contacts; null: nobody. */
    ownerId: uuid(),
    /** Counted gifts of money, and in kind. */
    gifts: integer().notNull(),
    total: minorUnits().notNull(),
    inKind: integer().notNull(),
    inKindTotal: minorUnits().notNull(),
  },
  (t) => [index('gift_months_month').on(t.workspaceId, t.month)],
)

/** The same by what the gifts were, of all contacts: what the ledger's totals under a filter are made of. */
export const giftKinds = pgTable(
  'gift_kinds',
  {
    workspaceId: workspaceId().references(() => workspaces.id, { onDelete: 'cascade' }),
    month: date({ mode: 'string' }).notNull(),
    currency: currency().notNull(),
    fundId: uuid(),
    method: text().$type<Method>().notNull(),
    type: text().$type<GiftType>().notNull(),
    gifts: integer().notNull(),
    total: minorUnits().notNull(),
  },
  (t) => [index('gift_kinds_month').on(t.workspaceId, t.month)],
)

/** A comparison of what is kept with the ledger it is kept from, and the rows in which they differ: there must be none. */
export const ledgerChecks = pgTable(
  'ledger_checks',
  {
    id: id(),
    workspaceId: workspaceId().references(() => workspaces.id, { onDelete: 'cascade' }),
    checkedAt: moment().notNull().defaultNow(),
    /** Rows that were compared. */
    compared: integer().notNull(),
    /** Rows that differed; they were mended. */
    drift: integer().notNull(),
    /** The first of them: which table, whose, kept and true. */
    examples: jsonb().$type<readonly Record<string, unknown>[]>().notNull().default([]),
  },
  (t) => [index('ledger_checks_newest').on(t.workspaceId, t.checkedAt)],
)
