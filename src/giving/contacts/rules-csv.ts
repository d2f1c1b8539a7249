/** The columns of contacts' files: the import reads the same. */
export const CONTACT_COLUMNS = [
  'first_name',
  'last_name',
  'email',
  'phone',
  'street_address',
  'city',
  'state',
  'postal_code',
  'country',
  'notes',
] as const
export type ContactColumns = Readonly<Record<(typeof CONTACT_COLUMNS)[number], string>>

/** RFC 4180 with a byte order mark, without which a spreadsheet breaks letters. */
export function contactsCsv(rows: readonly ContactColumns[]): string {
  const lines = rows.map((row) => CONTACT_COLUMNS.map((column) => cell(row[column])).join(','))
  return `\uFEFF${[CONTACT_COLUMNS.join(','), ...lines].join('\r\n')}\r\n`
}

/** A spreadsheet would run what begins so; a phone's plus stays, for a number alone does nothing. */
const RUNS = /^(?!\+\d[\d ]*$)[=+\-@\t\r]/

function cell(value: string): string {
  const harmless = RUNS.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}
