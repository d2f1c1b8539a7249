import { scrub } from '@/observability/redact'

/** A payload as an administrator sees it: indented, without secrets, cut where it is long. */
export type ShownJson = { readonly text: string; readonly cut: boolean }

/** Characters that a page shows of one payload. */
const MOST = 50_000

/** JSON as it lies in a row, for people. What is no JSON is shown as a text. */
export function showJson(json: string | null): ShownJson | null {
  if (json === null) return null
  const clean = scrub(json)
  const text = indent(clean)
  return { text: text.slice(0, MOST), cut: text.length > MOST }
}

function indent(json: string): string {
  // A long one is cut anyhow, and parsing it would take more than showing it is worth.
  if (json.length > 20 * MOST) return json
  try {
    return JSON.stringify(JSON.parse(json), null, 2)
  } catch {
    // No JSON: shown as it is.
    return json
  }
}

export type ShownError = { readonly name: string; readonly message: string; readonly stack: string }

/** An error's row, `{name, message, stack}` as the SDK writes it, without secrets. */
export function showError(json: string | null): ShownError | null {
  if (json === null) return null
  const { name = 'Error', message = json, stack = '' } = fieldsOf(scrub(json))
  return { name, message: message.slice(0, MOST), stack: stack.slice(0, MOST) }
}

function fieldsOf(json: string): { name?: string; message?: string; stack?: string } {
  try {
    const error: unknown = JSON.parse(json)
    return { name: textOf(error, 'name'), message: textOf(error, 'message'), stack: textOf(error, 'stack') }
  } catch {
    // No JSON: its text is its message.
    return {}
  }
}

function textOf(error: unknown, key: string): string | undefined {
  const value: unknown = Reflect.get(Object(error), key)
  return typeof value === 'string' ? value : undefined
}
