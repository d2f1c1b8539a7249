import { AppError } from './app-error'

/** One record of a file: its cells, and the line (from 1) on which it begins; a quoted cell may hold several lines. */
export type CsvRecord = { readonly line: number; readonly cells: readonly string[] }

type Cursor = { readonly text: string; readonly delimiter: number; at: number; line: number }

const [QUOTE, LF, CR] = [34, 10, 13]

/**
 * The records of a text by RFC 4180, of any line ends; blank lines are left out. A quote that does not begin a cell is a
 * letter like others. Throws `bad_input` (`import.openQuote`) for a quote that is never closed.
 */
export function* readCsv(text: string, delimiter: string): Generator<CsvRecord> {
  const cursor: Cursor = { text, delimiter: delimiter.charCodeAt(0), at: 0, line: 1 }
  while (cursor.at < text.length) {
    const { at, line } = cursor
    const cells = readRecord(cursor)
    const blank = cursor.at === at
    endLine(cursor)
    if (!blank) yield { line, cells }
  }
}

function readRecord(cursor: Cursor): string[] {
  const cells = [readCell(cursor)]
  while (cursor.text.charCodeAt(cursor.at) === cursor.delimiter) {
    cursor.at++
    cells.push(readCell(cursor))
  }
  return cells
}

function endLine(cursor: Cursor): void {
  const code = cursor.text.charCodeAt(cursor.at)
  if (code === CR && cursor.text.charCodeAt(cursor.at + 1) === LF) cursor.at++
  if (code === CR || code === LF) cursor.line++
  cursor.at++
}

function readCell(cursor: Cursor): string {
  return cursor.text.charCodeAt(cursor.at) === QUOTE ? readQuoted(cursor) + readBare(cursor) : readBare(cursor)
}

function readBare(cursor: Cursor): string {
  const { text, delimiter, at } = cursor
  let end = at
  for (let code = text.charCodeAt(end); end < text.length; code = text.charCodeAt(++end)) {
    if (code === delimiter || code === LF || code === CR) break
  }
  cursor.at = end
  return text.slice(at, end)
}

function readQuoted(cursor: Cursor): string {
  const { text, line } = cursor
  let [value, from] = ['', cursor.at + 1]
  for (;;) {
    const end = text.indexOf('"', from)
    if (end < 0) throw openQuote(line)
    value += text.slice(from, end)
    cursor.at = end + 1
    if (text.charCodeAt(end + 1) !== QUOTE) break
    value += '"'
    from = end + 2
  }
  cursor.line += countLines(value)
  return value
}

function countLines(value: string): number {
  if (!value.includes('\n') && !value.includes('\r')) return 0
  return value.match(/\r\n|\r|\n/g)?.length ?? 0
}

function openQuote(line: number): AppError {
  return new AppError('bad_input', `the quote on line ${line} is never closed`, {
    reason: 'import.openQuote',
    values: { line },
  })
}

/** One record as a line, without its end. Cells are written as they are: `inertCell` makes them harmless. */
export function csvLine(cells: readonly string[], delimiter = ','): string {
  if (cells.length === 1 && cells[0] === '') return '""'
  return cells.map((cell) => quoted(cell, delimiter)).join(delimiter)
}

function quoted(cell: string, delimiter: string): string {
  return cell.includes(delimiter) || /["\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
}

/** What a spreadsheet would run, or what `plainCell` would take for a cell that was made harmless. */
const RUNS = /^'*[=+\-@\t\r\0]/
/** A number to dial does nothing in a spreadsheet, and an apostrophe before it would be dialled by nobody. */
const DIALS = /^\+\d[\d ]*$/

/** A cell that no spreadsheet takes for a formula (OWASP, CSV injection): an apostrophe goes before it. */
export function inertCell(value: string): string {
  return RUNS.test(value) && !DIALS.test(value) ? `'${value}` : value
}

/** What the cell was before `inertCell`. */
export function plainCell(cell: string): string {
  return cell.startsWith("'") && RUNS.test(cell) ? cell.slice(1) : cell
}
