/** Careful readers of what JSON.parse gave: a wrong type is null, never an exception and never a default value. */

export type JsonObject = Readonly<Record<string, unknown>>

export function asObject(value: unknown): JsonObject | null {
  // The one cast of this file: an object that is no array may be asked for any key.
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : null
}

export function asArray(value: unknown): readonly unknown[] | null {
  return Array.isArray(value) ? value : null
}

/** The objects of a list, or the one object that stands where a list may. */
export function asObjects(value: unknown, most = 1_500): readonly JsonObject[] {
  const list = Array.isArray(value) ? value.slice(0, most) : [value]
  return list.map(asObject).filter((one) => one !== null)
}

/** The value at `path` through objects, undefined where there is none. */
export function at(value: unknown, ...path: readonly string[]): unknown {
  let here = value
  for (const key of path) here = asObject(here)?.[key]
  return here
}

/** Trimmed text that is not blank. */
export function asText(value: unknown): string | null {
  if (typeof value !== 'string') return null
  const text = asSound(value).trim()
  return text === '' ? null : text
}

/** Without NUL and halves of characters, which no database takes and no message carries. */
export function asSound(text: string): string {
  return text.isWellFormed() && !text.includes('\0') ? text : text.replaceAll('\0', '').toWellFormed()
}

/** No site counts further, and the database's integers do not either. */
const MOST = 2 ** 31 - 1

/** A whole number from 0 on. */
export function asCount(value: unknown): number | null {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= MOST ? value : null
}

/** An identifier: digits, given as a number that JSON kept exactly, or as text. */
export function asDigits(value: unknown): string | null {
  if (typeof value === 'number') return Number.isSafeInteger(value) && value > 0 ? String(value) : null
  return typeof value === 'string' && /^[1-9]\d{0,18}$/.test(value) ? value : null
}

/** JSON text → value; null for what is no JSON (no JSON text of interest here is `null` itself). */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
