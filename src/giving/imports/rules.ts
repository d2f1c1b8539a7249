import { CONTACT_COLUMNS } from '../contacts/rules'

/** The lists and limits of imports that table, doors and pages share. */

export const IMPORT_KINDS = ['contacts', 'gifts'] as const
export type ImportKind = (typeof IMPORT_KINDS)[number]

/**
 * `asking`: something of the file cannot be decided without a person. `judging`: its rows get their verdicts. `ready`: to
 * be looked at. `committing`, `undoing`: a job is at it; `stopped`: it failed, and can be asked to go on.
 */
export const IMPORT_STATES = [
  'asking',
  'judging',
  'ready',
  'committing',
  'done',
  'undoing',
  'undone',
  'stopped',
] as const
export type ImportState = (typeof IMPORT_STATES)[number]

/** What a job is doing. */
export const BUSY_STATES = ['judging', 'committing', 'undoing'] as const satisfies readonly ImportState[]

/** Of a row. `possible`: it looks like something that is there, and is left out unless somebody says otherwise. */
export const VERDICTS = ['new', 'update', 'duplicate', 'possible', 'error'] as const
export type Verdict = (typeof VERDICTS)[number]

export const QUESTIONS = ['columns', 'dateOrder', 'decimalMark'] as const
export type Question = (typeof QUESTIONS)[number]

export const FILE_LIMITS = { bytes: 25 * 1024 * 1024, rows: 200_000, columns: 200, name: 200 } as const

export const CONTACT_FIELDS = [...CONTACT_COLUMNS, 'kind'] as const
export const GIFT_FIELDS = [
  ...['contact_email', 'contact_first_name', 'contact_last_name', 'amount', 'date', 'donation_type', 'payment_method'],
  ...['external_id', 'notes', 'currency', 'fund', 'anonymous', 'extra', 'soft_credits'],
] as const

/** Texts of a row by the names of the fields; a field that the file has no column for is left out. */
export type Cells = Readonly<Record<string, string>>

export function fieldsOf(kind: ImportKind): readonly string[] {
  return kind === 'contacts' ? CONTACT_FIELDS : GIFT_FIELDS
}

/** Why a row is refused: a key of the `imports.problem` texts, and the field in which it is. */
export type RowProblem = { readonly reason: string; readonly field: string | null }

export type Counts = Readonly<Record<Verdict, number>>
export const NO_COUNTS: Counts = { new: 0, update: 0, duplicate: 0, possible: 0, error: 0 }
