import { sql } from 'drizzle-orm'
import {
  type AnyPgColumn,
  boolean,
  date,
  foreignKey,
  index,
  integer,
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
import { foldedText, id, moment, workspaceId } from '@/db/columns'
import type { Address, ConsentChannel, ContactKind, ContactStatus, CustomKind, CustomValue, PointKind } from './rules'

/** Who gives or may give. Soft-deleted, for deleting has an undo. */
export const contacts = pgTable(
  'contacts',
  {
    id: id(),
    workspaceId: workspaceId().references(() => workspaces.id, { onDelete: 'cascade' }),
    kind: text().$type<ContactKind>().notNull(),
    /** The member who looks after them; staff see their own alone. */
    ownerId: uuid().references(() => members.id, { onDelete: 'set null' }),
    status: text().$type<ContactStatus>().notNull().default('prospect'),
    /** Of a person; empty for a household or an organisation. */
    firstName: text().notNull().default(''),
    lastName: text().notNull().default(''),
    /** Of a household or an organisation; empty for a person. */
    name: text().notNull().default(''),
    /** What lists and messages call them, made of the names above by `displayName`. */
    displayName: text().notNull(),
    /** Folded, the last name first: lists are ordered by it. */
    sortName: foldedText().notNull(),
    /** Of a household: "Anna and Jan". */
    salutation: text().notNull().default(''),
    birthday: date({ mode: 'string' }),
    /** Month and day of it, 1122: an index finds who has one this week. */
    birthdayKey: smallint().generatedAlwaysAs(
      sql`(extract(month from birthday) * 100 + extract(day from birthday))::smallint`,
    ),
    /** BCP 47; null is the workspace's. */
    language: text(),
    deceasedOn: date({ mode: 'string' }),
    notes: text().notNull().default(''),
    /** Values of the workspace's custom fields, by the field's id. */
    custom: jsonb().$type<Readonly<Record<string, CustomValue>>>().notNull().default({}),
    doNotContact: boolean().notNull().default(false),
    /** Raised by every change, so that the second of two people who edit at once is told. */
    version: integer().notNull().default(1),
    createdAt: moment().notNull().defaultNow(),
    updatedAt: moment().notNull().defaultNow(),
    deletedAt: moment(),
    /** When somebody last spoke to them, else when they came to the desk; a trigger on `touches` keeps it. */
    spokenAt: moment().notNull().defaultNow(),
  },
  (t) => [
    unique('contacts_of_workspace').on(t.workspaceId, t.id),
    index('contacts_name').on(t.workspaceId, t.sortName, t.id).where(sql`deleted_at is null`),
    index('contacts_owner').on(t.workspaceId, t.ownerId, t.sortName, t.id).where(sql`deleted_at is null`),
    index('contacts_status').on(t.workspaceId, t.status, t.sortName, t.id).where(sql`deleted_at is null`),
    index('contacts_created').on(t.workspaceId, t.createdAt, t.id).where(sql`deleted_at is null`),
    index('contacts_kind').on(t.workspaceId, t.kind, t.sortName, t.id).where(sql`deleted_at is null`),
    index('contacts_birthday').on(t.workspaceId, t.birthdayKey).where(sql`birthday is not null and deleted_at is null`),
    index('contacts_spoken')
      .on(t.workspaceId, t.spokenAt, t.id)
      .where(sql`status = 'donor' and deleted_at is null and deceased_on is null and not do_not_contact`),
    index('contacts_deleted').on(t.workspaceId, t.id).where(sql`deleted_at is not null`),
    index('contacts_owner_member').on(t.ownerId),
  ],
)

/**
 * The foreign key of what hangs on a contact: by both columns, so that a guessed id of another workspace is refused and
 * a deletion finds its rows by the index that begins with the workspace.
 */
export function ofContact(name: string, workspace: AnyPgColumn, contact: AnyPgColumn) {
  return fromContact(name, workspace, contact).onDelete('cascade')
}

/** The same for what stays when a contact is forgotten: who gave may be, what was given may not. */
export function fromContact(name: string, workspace: AnyPgColumn, contact: AnyPgColumn) {
  const foreignColumns: [AnyPgColumn, AnyPgColumn] = [contacts.workspaceId, contacts.id]
  return foreignKey({ name, columns: [workspace, contact], foreignColumns })
}

/** E-mail addresses, phones and postal addresses. What was once true is kept as historic. */
export const contactPoints = pgTable(
  'contact_points',
  {
    id: id(),
    workspaceId: workspaceId().references(() => workspaces.id, { onDelete: 'cascade' }),
    contactId: uuid().notNull(),
    kind: text().$type<PointKind>().notNull(),
    /** As it is shown; of a postal address its lines in one. */
    value: text().notNull(),
    /** By which it is compared: e-mail in lower case, phone in E.164 where it is one, address folded. */
    folded: foldedText().notNull(),
    /** The parts of a postal address; null for the others. */
    address: jsonb().$type<Address>(),
    primary: boolean().notNull().default(false),
    historic: boolean().notNull().default(false),
    /** Since when mail comes back. */
    bouncedAt: moment(),
    createdAt: moment().notNull().defaultNow(),
  },
  (t) => [
    ofContact('contact_points_contact_fk', t.workspaceId, t.contactId),
    index('contact_points_contact').on(t.workspaceId, t.contactId, t.kind),
    index('contact_points_folded').on(t.workspaceId, t.kind, t.folded),
    uniqueIndex('contact_points_primary').on(t.contactId, t.kind).where(sql`"primary"`),
  ],
)

/** What they allowed or refused, a row a decision: the newest of a channel holds, the older ones prove. */
export const contactConsents = pgTable(
  'contact_consents',
  {
    id: id(),
    workspaceId: workspaceId().references(() => workspaces.id, { onDelete: 'cascade' }),
    contactId: uuid().notNull(),
    channel: text().$type<ConsentChannel>().notNull(),
    granted: boolean().notNull(),
    /** Where it was given, in words: "paper form", "by phone". */
    source: text().notNull(),
    decidedOn: date({ mode: 'string' }).notNull(),
    createdAt: moment().notNull().defaultNow(),
  },
  (t) => [
    ofContact('contact_consents_contact_fk', t.workspaceId, t.contactId),
    index('contact_consents_contact').on(t.workspaceId, t.contactId, t.channel, t.decidedOn, t.id),
  ],
)

/** Who belongs to a household; a contact belongs to one at most. */
export const householdMembers = pgTable(
  'household_members',
  {
    workspaceId: workspaceId().references(() => workspaces.id, { onDelete: 'cascade' }),
    contactId: uuid().notNull(),
    householdId: uuid().notNull(),
    createdAt: moment().notNull().defaultNow(),
  },
  (t) => [
    ofContact('household_members_contact_fk', t.workspaceId, t.contactId),
    primaryKey({ columns: [t.workspaceId, t.contactId] }),
    ofContact('household_members_household_fk', t.workspaceId, t.householdId),
    index('household_members_household').on(t.workspaceId, t.householdId),
  ],
)

/** Folded words of names, e-mail addresses and phones, by whose beginnings search finds a contact. */
export const contactWords = pgTable(
  'contact_words',
  {
    workspaceId: workspaceId().references(() => workspaces.id, { onDelete: 'cascade' }),
    contactId: uuid().notNull(),
    word: foldedText().notNull(),
  },
  (t) => [
    ofContact('contact_words_contact_fk', t.workspaceId, t.contactId),
    primaryKey({ columns: [t.workspaceId, t.contactId, t.word] }),
    index('contact_words_word').on(t.workspaceId, t.word, t.contactId),
  ],
)

/** Fields that a workspace adds to its contacts. */
export const customFields = pgTable(
  'custom_fields',
  {
    id: id(),
    workspaceId: workspaceId().references(() => workspaces.id, { onDelete: 'cascade' }),
    name: text().notNull(),
    folded: foldedText().notNull(),
    kind: text().$type<CustomKind>().notNull(),
    /** Of kind `choice`. */
    choices: jsonb().$type<readonly string[]>().notNull().default([]),
    position: integer().notNull().default(0),
    createdAt: moment().notNull().defaultNow(),
    /** Hidden; the values that were entered stay. */
    deletedAt: moment(),
  },
  (t) => [uniqueIndex('custom_fields_name').on(t.workspaceId, t.folded).where(sql`deleted_at is null`)],
)
