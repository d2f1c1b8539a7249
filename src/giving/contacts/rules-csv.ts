import { csvLine, inertCell } from '@/kernel/csv'
import { CONTACT_COLUMNS } from './rules'

export type ContactColumns = Readonly<Record<(typeof CONTACT_COLUMNS)[number], string>>

/** RFC 4180 with a byte order mark, without which a spreadsheet breaks letters. */
export function contactsCsv(rows: readonly ContactColumns[]): string {
  const lines = rows.map((row) => csvLine(CONTACT_COLUMNS.map((column) => inertCell(row[column]))))
  return `\uFEFF${[csvLine(CONTACT_COLUMNS), ...lines].join('\r\n')}\r\n`
}
