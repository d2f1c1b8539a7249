import * as z from 'zod'
import { ENCODINGS } from '@/kernel/csv-text'
import { cursorSchema } from '../schema'
import { IMPORT_KINDS, IMPORT_STATES, QUESTIONS, VERDICTS } from './rules'
import { DECIMAL_MARKS } from './rules-amounts'
import { DATE_ORDERS } from './rules-dates'

// Messages that look like keys are keys of the `errors` texts.

export const pageImportsSchema = z.object({
  cursor: cursorSchema,
  limit: z.coerce.number().int().min(1).max(100).default(50),
})
export type PageImports = z.output<typeof pageImportsSchema>

export const importIdSchema = z.object({ id: z.uuid() })
const kindSchema = z.enum(IMPORT_KINDS)

/** A small file as text, for programs; a large one is sent as it is to the same address. */
export const newImportSchema = z.object({
  kind: kindSchema,
  fileName: z.string().max(300).default('import.csv'),
  csv: z.string().max(1_000_000),
})

const mappingSchema = z.record(z.string().max(40), z.number().int().min(0).max(200))

export const settleImportSchema = z.object({
  id: z.uuid(),
  encoding: z.enum(ENCODINGS).optional(),
  /** The column (from 0) of each field; left out ones are not read. */
  mapping: mappingSchema.optional(),
  dateOrder: z.enum(DATE_ORDERS).optional(),
  decimalMark: z.enum(DECIMAL_MARKS).optional(),
})

export const commitImportSchema = z.object({ id: z.uuid(), withPossible: z.boolean().default(false) })

const countsSchema = z.record(z.enum(VERDICTS), z.number())

export const listedImportSchema = z.object({
  id: z.string(),
  kind: kindSchema,
  state: z.enum(IMPORT_STATES),
  fileName: z.string(),
  rows: z.number(),
  counts: countsSchema.nullable(),
  createdAt: z.string(),
})
export type ListedImport = z.output<typeof listedImportSchema>
export const importPageSchema = z.object({ imports: z.array(listedImportSchema), nextCursor: z.string().nullable() })
export type ImportPage = z.output<typeof importPageSchema>

export const shownImportSchema = listedImportSchema.extend({
  bytes: z.number(),
  /** Rows, of those that are to be written, up to which it is done. */
  committed: z.number(),
  withPossible: z.boolean(),
  problem: z.string().nullable(),
  reading: z.object({
    encoding: z.enum(ENCODINGS),
    delimiter: z.string(),
    headerLine: z.number(),
    header: z.array(z.string()),
    mapping: mappingSchema,
    dateOrder: z.enum(DATE_ORDERS).nullable(),
    decimalMark: z.enum(DECIMAL_MARKS).nullable(),
    questions: z.array(z.enum(QUESTIONS)),
    samples: z.array(z.array(z.string())),
  }),
  currency: z.string(),
  /** After an undo: what somebody had changed since, and therefore stays. */
  kept: z.array(z.object({ kind: z.enum(['gift', 'contact']), contactId: z.string(), name: z.string() })),
})
export type ShownImport = z.output<typeof shownImportSchema>

export const listRowsSchema = z.object({
  id: z.uuid(),
  verdict: z.enum(VERDICTS).optional(),
  /** The line after which to go on. */
  cursor: z.coerce.number().int().min(0).nullish(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})
export type ListRows = z.output<typeof listRowsSchema>

export const shownRowSchema = z.object({
  line: z.number(),
  cells: z.record(z.string(), z.string()),
  verdict: z.enum(VERDICTS),
  reason: z.string().nullable(),
  field: z.string().nullable(),
  /** The contact that it doubles or adds to, or who gave it, where they are there. */
  contactId: z.string().nullable(),
  contactName: z.string().nullable(),
  twinId: z.string().nullable(),
  twinLine: z.number().nullable(),
})
export type ShownRow = z.output<typeof shownRowSchema>
export const rowPageSchema = z.object({ rows: z.array(shownRowSchema), nextCursor: z.number().nullable() })
