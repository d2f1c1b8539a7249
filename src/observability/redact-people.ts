import { scrubText } from './redact'

const GONE = '[redacted]'

/** Bounded, so that a long text costs no square. */
const SHAPES: readonly RegExp[] = [
  /[\p{L}\p{M}\p{N}_.+%-]{1,64}@[\p{L}\p{M}\p{N}-]{1,63}(?:\.[\p{L}\p{M}\p{N}-]{1,63}){1,5}/gu,
  // Nine digits and more, written however people write telephone numbers; parts of ids are left alone.
  /(?<![\w.-])\+?\(?\d(?:[ ().-]{0,2}\d){8,14}(?![\w-])/g,
  // What PostgreSQL could not read: `invalid input syntax for type date: "…"`.
  /(?<=: )"[^"]*"(?=$|\n)/g,
  // What V8 could not read, some forty letters of it: `Unexpected token 'A', "…"... is not valid JSON`.
  /".{0,120}?"(?=(?:\.{3})? is not valid JSON)/gs,
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
