import { sql } from 'drizzle-orm'
import {
  type AnyPgColumn,
  boolean,
  check,
  date,
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  smallint,
  text,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { workspaces } from '@/accounts/table'
import { currency, id, minorUnits, moment, workspaceId } from '@/db/columns'
import { fromContact } from '../contacts/table'
import { forFund } from '../funds/table'
import { gifts } from '../gifts/table'
import type { Frequency } from './rules'

/** A promise. What was promised stands in its terms; how it stands today is `stateOn` of `rules.ts`. */
export const pledges = pgTable(
  'pledges',
  {
    id: id(),
    workspaceId: workspaceId().references(() => workspaces.id, { onDelete: 'cascade' }),
    contactId: uuid().notNull(),
    currency: currency().notNull(),
    fundId: uuid(),
    startOn: date({ mode: 'string' }).notNull(),
    /** The last day on which something may be due. */
    endOn: date({ mode: 'string' }),
    cancelledOn: date({ mode: 'string' }),
    completedOn: date({ mode: 'string' }),
    /** Days of grace of its own; null: the workspace's. */
    graceDays: smallint(),
    note: text().notNull().default(''),
    /** A gift before that day pays no instalment of it by itself. */
    paysFrom: date({ mode: 'string' }).notNull(),
    /** Up to there its instalments are written. */
    plannedUntil: date({ mode: 'string' }).notNull(),
    version: integer().notNull().default(1),
    createdAt: moment().notNull().defaultNow(),
    createdBy: text().notNull(),
  },
  (t) => [
    unique('pledges_of_workspace').on(t.workspaceId, t.id),
    fromContact('pledges_contact_fk', t.workspaceId, t.contactId),
    forFund('pledges_fund_fk', t.workspaceId, t.fundId),
    index('pledges_contact').on(t.workspaceId, t.contactId),
    index('pledges_newest').on(t.workspaceId, t.createdAt, t.id),
    index('pledges_planned')
      .on(t.workspaceId, t.plannedUntil)
      .where(sql`cancelled_on is null and completed_on is null`),
  ],
)

/** What was promised, a row a version: each holds from its day until the next one does. */
export const pledgeTerms = pgTable(
  'pledge_terms',
  {
    workspaceId: workspaceId().references(() => workspaces.id, { onDelete: 'cascade' }),
    pledgeId: uuid().notNull(),
    fromOn: date({ mode: 'string' }).notNull(),
    amount: minorUnits().notNull(),
    frequency: text().$type<Frequency>().notNull(),
    firstDueOn: date({ mode: 'string' }).notNull(),
    anchorDay: smallint().notNull(),
    createdAt: moment().notNull().defaultNow(),
    createdBy: text().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.pledgeId, t.fromOn] }),
    ofPledge('pledge_terms_pledge_fk', t),
    check('pledge_terms_amount', sql`${t.amount} > 0`),
  ],
)

/** Agreed silence: what is due in it is skipped. */
export const pledgePauses = pgTable(
  'pledge_pauses',
  {
    id: id(),
    workspaceId: workspaceId().references(() => workspaces.id, { onDelete: 'cascade' }),
    pledgeId: uuid().notNull(),
    fromOn: date({ mode: 'string' }).notNull(),
    /** The first day on which it goes on; null: until somebody resumes it. */
    untilOn: date({ mode: 'string' }),
    reason: text().notNull().default(''),
    createdAt: moment().notNull().defaultNow(),
    createdBy: text().notNull(),
  },
  (t) => [
    ofPledge('pledge_pauses_pledge_fk', t),
    index('pledge_pauses_pledge').on(t.workspaceId, t.pledgeId, t.fromOn),
    check('pledge_pauses_days', sql`${t.untilOn} is null or ${t.untilOn} > ${t.fromOn}`),
  ],
)

/** Payments that are expected. Never income: only a gift is. */
export const instalments = pgTable(
  'instalments',
  {
    id: id(),
    workspaceId: workspaceId().references(() => workspaces.id, { onDelete: 'cascade' }),
    pledgeId: uuid().notNull(),
    /** The pledge's. */
    contactId: uuid().notNull(),
    dueOn: date({ mode: 'string' }).notNull(),
    amount: minorUnits().notNull(),
    currency: currency().notNull(),
    /** Due in a pause. */
    skipped: boolean().notNull().default(false),
    /** What nobody expects any more since the pledge was cancelled or completed. */
    writtenOff: minorUnits().notNull().default(sql`0`),
    /** Σ of its allocations, kept with them. */
    paid: minorUnits().notNull().default(sql`0`),
  },
  (t) => [
    unique('instalments_of_workspace').on(t.workspaceId, t.id),
    ofPledge('instalments_pledge_fk', t),
    uniqueIndex('instalments_due').on(t.workspaceId, t.pledgeId, t.dueOn),
    index('instalments_contact').on(t.workspaceId, t.contactId, t.dueOn),
    index('instalments_month').on(t.workspaceId, t.dueOn),
    index('instalments_open')
      .on(t.workspaceId, t.dueOn, t.pledgeId)
      .where(sql`not skipped and paid < amount - written_off`),
    check('instalments_paid', sql`${t.paid} >= 0 and ${t.paid} <= ${t.amount} - ${t.writtenOff}`),
    check('instalments_written_off', sql`${t.writtenOff} >= 0`),
  ],
)

/** Which part of which gift paid which instalment; the machine's are made anew by `allocate-contacts.ts`. */
export const allocations = pgTable(
  'allocations',
  {
    workspaceId: workspaceId().references(() => workspaces.id, { onDelete: 'cascade' }),
    giftId: uuid().notNull(),
    instalmentId: uuid().notNull(),
    madeBy: text().$type<'hand' | 'machine'>().notNull(),
    amount: minorUnits().notNull(),
    /** When it was made by hand; the newest is taken back first. */
    handAt: moment(),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.giftId, t.instalmentId, t.madeBy] }),
    foreignKey({
      name: 'allocations_gift_fk',
      columns: [t.workspaceId, t.giftId],
      foreignColumns: [gifts.workspaceId, gifts.id],
    }).onDelete('cascade'),
    foreignKey({
      name: 'allocations_instalment_fk',
      columns: [t.workspaceId, t.instalmentId],
      foreignColumns: [instalments.workspaceId, instalments.id],
    }).onDelete('cascade'),
    index('allocations_instalment').on(t.workspaceId, t.instalmentId),
    check('allocations_amount', sql`${t.amount} > 0`),
    check('allocations_hand', sql`(${t.madeBy} = 'hand') = (${t.handAt} is not null)`),
  ],
)

/** The foreign key of what hangs on a pledge. */
function ofPledge(name: string, own: { workspaceId: AnyPgColumn; pledgeId: AnyPgColumn }) {
  const foreignColumns: [AnyPgColumn, AnyPgColumn] = [pledges.workspaceId, pledges.id]
  return foreignKey({ name, columns: [own.workspaceId, own.pledgeId], foreignColumns }).onDelete('cascade')
}
