import { AppError } from '@/kernel/app-error'
import { type CsvRecord, plainCell, readCsv } from '@/kernel/csv'
import { decodeText, type Encoding, sniffEncoding } from '@/kernel/csv-text'
import { type Cells, FILE_LIMITS, fieldsOf, type ImportKind, type Question } from './rules'
import { type DecimalMark, sniffDecimalMark } from './rules-amounts'
import { type Mapping, mapColumns, missingFields } from './rules-columns'
import { type DateOrder, sniffDateOrder } from './rules-dates'

/** What a person has decided; all else is told by the file. */
export type Choices = {
  readonly encoding?: Encoding
  readonly mapping?: Mapping
  readonly dateOrder?: DateOrder
  readonly decimalMark?: DecimalMark
}

/** What was read of a file. */
export type Reading = {
  readonly encoding: Encoding
  readonly delimiter: string
  readonly headerLine: number
  readonly header: readonly string[]
  readonly mapping: Mapping
  readonly dateOrder: DateOrder | null
  readonly decimalMark: DecimalMark | null
  /** What cannot be decided without a person. */
  readonly questions: readonly Question[]
  /** Of the first rows: what stands in each column. */
  readonly samples: readonly (readonly string[])[]
}

/** A row: its place in the file, its cells by field, and what is wrong with it as a row. */
export type FileRow = { readonly line: number; readonly cells: Cells; readonly crooked: boolean }
/** `rows` reads them anew each time it is asked: a file is never held as rows. */
export type OpenedFile = { readonly reading: Reading; readonly count: number; readonly rows: () => Iterable<FileRow> }

const DELIMITERS = [',', ';', '\t', '|'] as const
const LOOKED_AT = 60
const SAMPLES = 3

/**
 * Opens a file of rows: encoding, delimiter, what stands before the header, columns by name, decimal mark and date order
 * over whole columns. Throws `bad_input` for what is no text, empty, too long, or has a quote that never ends.
 */
export function openFile(kind: ImportKind, bytes: Uint8Array, choices: Choices = {}): OpenedFile {
  const encoding = choices.encoding ?? sniffEncoding(bytes)
  if (encoding === null) throw refused('import.binary')
  const text = decodeText(bytes, encoding)
  const { delimiter, header } = findHeader(kind, text)
  const mapping = choices.mapping ?? mapColumns(kind, header.cells)
  const rows = () => readRows(text, { delimiter, header, mapping })
  const { count, ...decided } = decide(kind, { rows, mapping, choices, header: header.cells })
  if (count === 0) throw refused('import.empty')
  const samples = samplesOf(text, delimiter, header.line)
  const reading = { encoding, delimiter, headerLine: header.line, header: [...header.cells], mapping }
  return { count, rows, reading: { ...reading, ...decided, samples } }
}

function refused(reason: string, values: Record<string, number> = {}): AppError {
  return new AppError('bad_input', reason, { reason, values: { ...values, field: 'file' } })
}

/** The delimiter and the row by which most fields are found by name; else the most and evenest columns. */
function findHeader(kind: ImportKind, text: string): { delimiter: string; header: CsvRecord } {
  const found = DELIMITERS.map((delimiter) => ({ delimiter, ...bestHeader(kind, firstRecords(text, delimiter)) }))
  const [best] = found.sort((a, b) => b.score - a.score)
  if (!best?.header) throw refused('import.empty')
  return { delimiter: best.delimiter, header: best.header }
}

function firstRecords(text: string, delimiter: string): CsvRecord[] {
  const records: CsvRecord[] = []
  try {
    for (const record of readCsv(text, delimiter)) if (records.push(record) === LOOKED_AT) break
  } catch {
    // A quote that is open by one delimiter may be closed by another; by the chosen one it is told.
  }
  return records
}

function bestHeader(kind: ImportKind, records: readonly CsvRecord[]): { header: CsvRecord | undefined; score: number } {
  const known = records.map(({ cells }) => Object.keys(mapColumns(kind, cells)).length)
  const most = Math.max(0, ...known)
  if (most > 1) return { header: records[known.indexOf(most)], score: most * 1000 }
  const width = modeOf(records.map(({ cells }) => cells.length))
  const header = records.find(({ cells }) => cells.length === width)
  return { header, score: most * 1000 + width }
}

/** The number that comes most often. */
function modeOf(numbers: readonly number[]): number {
  const groups = [...Map.groupBy(numbers, (number) => number)]
  return groups.sort(([a, many], [b, others]) => others.length - many.length || b - a)[0]?.[0] ?? 0
}

type Layout = { readonly delimiter: string; readonly header: CsvRecord; readonly mapping: Mapping }

function* readRows(text: string, { delimiter, header, mapping }: Layout): Generator<FileRow> {
  for (const record of readRecords(text, delimiter, header.line)) yield toRow(record, mapping, header.cells.length)
}

function* readRecords(text: string, delimiter: string, headerLine: number): Generator<CsvRecord> {
  let count = 0
  for (const record of readCsv(text, delimiter)) {
    if (record.cells.length > FILE_LIMITS.columns) throw refused('import.manyColumns', { most: FILE_LIMITS.columns })
    if (record.line <= headerLine || record.cells.every((cell) => cell.trim() === '')) continue
    if (++count > FILE_LIMITS.rows) throw refused('import.manyRows', { most: FILE_LIMITS.rows })
    yield record
  }
}

function toRow({ line, cells }: CsvRecord, mapping: Mapping, width: number): FileRow {
  const read: Record<string, string> = {}
  for (const field in mapping) {
    const cell = cells[mapping[field] ?? -1]
    // NUL is no letter, and PostgreSQL keeps none.
    if (cell) read[field] = plainCell(cell).replaceAll('\0', '').toWellFormed()
  }
  return { line, cells: read, crooked: cells.length > width && cells.slice(width).some((cell) => cell.trim() !== '') }
}

type Opened = {
  readonly rows: () => Iterable<FileRow>
  readonly mapping: Mapping
  readonly choices: Choices
  readonly header: readonly string[]
}

/** Our own exports have all fields in our order, and a point in amounts: no word of theirs need be asked about. */
function markOfWriter(kind: ImportKind, header: readonly string[]): DecimalMark | null {
  const fields = fieldsOf(kind)
  return header.length === fields.length && fields.every((field, at) => field === header[at]) ? '.' : null
}

/** In one pass over all rows, which also counts them. */
function decide(kind: ImportKind, { rows, mapping, choices, header }: Opened) {
  const [dates, marks] = [sniffDateOrder(), sniffDecimalMark(markOfWriter(kind, header))]
  let count = 0
  for (const { cells } of rows()) {
    count++
    if (kind !== 'gifts') continue
    dates.see(cells.date ?? '')
    marks.see(cells.amount ?? '')
  }
  const [order, mark] = [choices.dateOrder ?? dates.tell(), choices.decimalMark ?? marks.tell()]
  const asked: readonly (Question | false)[] = [
    missingFields(kind, mapping).length > 0 && 'columns',
    order === 'undecided' && 'dateOrder',
    mark === 'undecided' && 'decimalMark',
  ]
  return {
    count,
    dateOrder: order === 'undecided' ? null : order,
    decimalMark: mark === 'undecided' ? null : mark,
    questions: asked.filter((question) => question !== false),
  }
}

const SHOWN = 60

function samplesOf(text: string, delimiter: string, headerLine: number): string[][] {
  const samples: string[][] = []
  for (const { cells } of readRecords(text, delimiter, headerLine)) {
    const shown = cells.map((cell) => cell.replaceAll('\0', '').slice(0, SHOWN).toWellFormed())
    if (samples.push(shown) === SAMPLES) break
  }
  return samples
}

/** A mapping of this kind's fields to columns that the file has. */
export function fitsFile(kind: ImportKind, mapping: Mapping, header: readonly string[]): boolean {
  const fields = fieldsOf(kind)
  return Object.entries(mapping).every(([field, at]) => fields.includes(field) && header[at] !== undefined)
}
