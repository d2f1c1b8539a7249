import { sql } from 'drizzle-orm'
import {
  type AnyPgColumn,
  boolean,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
  uuid,
} from 'drizzle-orm/pg-core'
import { members, workspaces } from '@/accounts/table'
import { id, moment, workspaceId } from '@/db/columns'
import type { Cells, Counts, ImportKind, ImportState, Verdict } from './rules'
import type { Choices, Reading } from './rules-file'
import type { GiftEntry } from './rules-gift-row'

/** A file that was sent, what was read of it, and how far it has come. The file itself lies in the storage. */
export const imports = pgTable(
  'imports',
  {
    id: id(),
    workspaceId: workspaceId().references(() => workspaces.id, { onDelete: 'cascade' }),
    kind: text().$type<ImportKind>().notNull(),
    state: text().$type<ImportState>().notNull(),
    fileName: text().notNull(),
    fileKey: text().notNull(),
    bytes: integer().notNull(),
    /** Data rows, without the header and what stands before it. */
    rows: integer().notNull(),
    /** Of the header row: a file with the same one is read by the same choices. */
    headerHash: text().notNull(),
    reading: jsonb().$type<Reading>().notNull(),
    choices: jsonb().$type<Choices>().notNull().default({}),
    counts: jsonb().$type<Counts>(),
    /** Up to this place of `import_rows.place` it is committed: written in the transaction of each batch. */
    committed: integer().notNull().default(0),
    /** Rows with the verdict `possible` are taken too. */
    withPossible: boolean().notNull().default(false),
    /** Why it stopped: a key of the `errors` texts. */
    problem: text(),
    memberId: uuid().references(() => members.id, { onDelete: 'set null' }),
    createdBy: text().notNull(),
    createdAt: moment().notNull().defaultNow(),
    /** When its job last wrote something: what stands still is asked to go on. */
    movedAt: moment().notNull().defaultNow(),
    committedAt: moment(),
    undoneAt: moment(),
  },
  (t) => [
    unique('imports_of_workspace').on(t.workspaceId, t.id),
    index('imports_newest').on(t.workspaceId, t.createdAt, t.id),
    index('imports_header').on(t.workspaceId, t.kind, t.headerHash),
    index('imports_busy').on(t.movedAt).where(sql`state in ('judging', 'committing', 'undoing')`),
    index('imports_member').on(t.memberId),
  ],
)

/** A row of the file with its verdict. */
export const importRows = pgTable(
  'import_rows',
  {
    workspaceId: workspaceId().references(() => workspaces.id, { onDelete: 'cascade' }),
    importId: uuid().notNull(),
    /** The order in which rows are committed, from 1. */
    place: integer().notNull(),
    /** Of the file. */
    line: integer().notNull(),
    cells: jsonb().$type<Cells>().notNull(),
    verdict: text().$type<Verdict>().notNull(),
    /** A key of the `imports.problem` texts, for an error. */
    reason: text(),
    /** The field at fault. */
    field: text(),
    /** Whose it is: of a contact's row the contact, of a gift's row who gave; of one that will be made, its id to be. */
    contactId: uuid(),
    /** The gift or contact that it doubles. */
    twinId: uuid(),
    /** The line that it doubles. */
    twinLine: integer(),
    /** The how-manieth of its kind it is in the file. */
    occurrence: integer(),
    /** Of a gift that may be written: what is entered. */
    entry: jsonb().$type<KeptEntry>(),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.importId, t.place] }),
    ofImport('import_rows_import_fk', t),
    index('import_rows_line').on(t.workspaceId, t.importId, t.line),
    index('import_rows_verdict').on(t.workspaceId, t.importId, t.verdict, t.line),
  ],
)

/** A gift as it was read: the columns of the ledger, amounts in minor units as text. Its contact stands beside it. */
export type KeptEntry = Omit<GiftEntry, 'giver' | 'amount' | 'credits'> & {
  /** Of the gift to be. */
  readonly id: string
  readonly amount: string
  /** Where it has no number elsewhere. */
  readonly fingerprint: string | null
  readonly softCredits: readonly { readonly contactId: string; readonly amount: string }[]
}

/** How a contact was before an import touched it: what an undo goes back to. */
export const importContacts = pgTable(
  'import_contacts',
  {
    workspaceId: workspaceId().references(() => workspaces.id, { onDelete: 'cascade' }),
    importId: uuid().notNull(),
    contactId: uuid().notNull(),
    /** Null: it was not there. */
    before: jsonb().$type<ContactBefore>(),
    /** The contact's version when the import had written it: another one says that somebody has changed it since. */
    version: integer().notNull(),
    /** E-mail addresses, phones and addresses that came with it. */
    points: jsonb().$type<readonly string[]>().notNull().default([]),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.importId, t.contactId] }), ofImport('import_contacts_import_fk', t)],
)

export type ContactBefore = {
  readonly firstName: string
  readonly lastName: string
  readonly name: string
  readonly notes: string
  readonly status: string
  readonly updatedAt: string
}

/** The foreign key of what hangs on an import. */
function ofImport(name: string, own: { workspaceId: AnyPgColumn; importId: AnyPgColumn }) {
  const foreignColumns: [AnyPgColumn, AnyPgColumn] = [imports.workspaceId, imports.id]
  return foreignKey({ name, columns: [own.workspaceId, own.importId], foreignColumns }).onDelete('cascade')
}
