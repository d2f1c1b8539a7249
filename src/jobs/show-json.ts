import { scrub, scrubText } from '@/observability/redact'

/** A payload as an administrator sees it: indented, without secrets, cut where it is long. */
export type ShownJson = { readonly text: string; readonly cut: boolean }

/** Read beyond what is shown, so that a secret at the edge is seen whole, and hidden. */
const MARGIN = 1000

/** How many characters of a column have to be read to show `most` of them. */
export function readLength(most: number): number {
  return most + MARGIN
}

/** JSON, or its beginning, as it lies in a row: indented where it is whole and at most `most` characters long. */
export function showJson(json: string | null, most: number): ShownJson | null {
  if (json === null) return null
  const cut = json.length > most
  const text = (cut ? null : indent(json)) ?? scrubText(json).slice(0, most)
  return { text, cut }
}

/** Null for what is no JSON. */
function indent(json: string): string | null {
  try {
    return JSON.stringify(JSON.parse(scrub(json)), null, 2)
  } catch {
    // Cut, or never was: shown as a text.
    return null
  }
}

export type ShownError = { readonly name: string; readonly message: string; readonly stack: string }

/** An error's row, `{name, message, stack}` as the SDK writes it, or its beginning, without secrets. */
export function showError(json: string | null, most: number): ShownError | null {
  if (json === null) return null
  const { name = 'Error', message = scrubText(json), stack = '' } = fieldsOf(json)
  return { name, message: message.slice(0, most), stack: stack.slice(0, most) }
}

type Fields = { readonly name?: string; readonly message?: string; readonly stack?: string }

function fieldsOf(json: string): Fields {
  try {
    const error: unknown = JSON.parse(scrub(json))
    return { name: textOf(error, 'name'), message: textOf(error, 'message'), stack: textOf(error, 'stack') }
  } catch {
    // Cut: what is there of each field.
    return { name: partOf(json, 'name'), message: partOf(json, 'message'), stack: partOf(json, 'stack') }
  }
}

function textOf(error: unknown, key: string): string | undefined {
  const value: unknown = Reflect.get(Object(error), key)
  return typeof value === 'string' ? value : undefined
}

/** A field of an object whose JSON ends within it, or after it. */
function partOf(json: string, key: string): string | undefined {
  const [, part] = new RegExp(`[{,]"${key}":"((?:[^"\\\\]|\\\\(?:u[\\da-f]{4}|[^u]))*)`, 'i').exec(json) ?? []
  return part === undefined ? undefined : scrubText(JSON.parse(`"${part}"`))
}
