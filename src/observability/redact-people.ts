import { scrubText } from './redact'

const GONE = '[redacted]'

/** Bounded, so that a long text costs no square. */
const SHAPES: readonly RegExp[] = [
  /[\w.+%-]{1,64}@[a-z\d-]{1,63}(?:\.[a-z\d-]{1,63}){1,5}/gi,
  // Nine digits and more, written however people write telephone numbers; parts of ids are left alone.
  /(?<![\w.-])\+?\(?\d(?:[ ().-]{0,2}\d){8,14}(?![\w-])/g,
  // What PostgreSQL could not read: `invalid input syntax for type date: "…"`.
  /(?<=: )"[^"]*"(?=$|\n)/g,
]

/** For what leaves this machine: as `scrubText`, and without e-mail addresses, telephone numbers and values quoted in messages. */
export function scrubPeople(text: string): string {
  return SHAPES.reduce((rest, shape) => rest.replace(shape, GONE), scrubText(text))
}

/** The same value with each text in it scrubbed, at any depth. */
export function withoutPeople<T>(value: T): T {
  return walk(value) as T // Texts for texts, all else as it was.
}

function walk(value: unknown): unknown {
  if (typeof value === 'string') return scrubPeople(value)
  if (Array.isArray(value)) return value.map(walk)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, walk(part)]))
}
