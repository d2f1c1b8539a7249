import pino from 'pino'

const GONE = '[redacted]'

/** Names of what must not be read, whatever stands before them: `botToken`, `smtp_password`, `set-cookie`. */
const NAMES =
  '(?:password|passwd|secret|token|authorization|cookie|api_?key|(?:signing|event|encryption)_?key|hash|smtp_?url)'

/** Secrets by their own shape, for they also stand in messages, stacks and addresses. Each is bounded, so that a long line costs no square. */
const SHAPES: readonly (readonly [RegExp, string])[] = [
  [new RegExp(`("[\\w.-]{0,40}${NAMES}"\\s*:\\s*)"(?:[^"\\\\]|\\\\.)*"`, 'gi'), `$1"${GONE}"`],
  // JSON in a string of the line: an answer that somebody quotes.
  [new RegExp(`(\\\\{1,7}"[\\w.-]{0,40}${NAMES}\\\\{1,7}"\\s*:\\s*\\\\{1,7}")[^"\\\\]*`, 'gi'), `$1${GONE}`],
  [/([?&](?:token|code|key|secret|start|signature|sig|password)=)[^&\s"'#\\]+/gi, `$1${GONE}`],
  // The user and password of an address.
  [/(:\/\/[^\s:/@"'\\]{0,100}:)[^\s@"'\\]{1,300}@/gi, `$1${GONE}@`],
  [/(?<!\d)\d{6,12}:[\w-]{20,}/g, GONE],
  [/(\/api\/(?:v\d+\/)?webhooks\/\d+\/)[\w-]+/g, `$1${GONE}`],
  [/\b(bearer|basic) {1,3}[\w.~+/=-]{8,}/gi, `$1 ${GONE}`],
  [/\$argon2\w{0,2}\$[^\s"'\\]+/g, GONE],
  [/\beyJ[\w-]{10,2000}\.[\w-]+\.?[\w-]*/g, GONE],
  [/\b(?:glnr_[\w-]{16,}|re_[a-z\d]{6,}_[a-z\d]{8,}|signkey-\w{1,20}-[\da-f]{16,})/gi, GONE],
  // Drizzle's message carries the values of the query: names, addresses, hashes.
  [/((?<!\\)"(?:Failed query: |msg":")(?:[^"\\]|\\.)*?\\nparams: )(?:[^"\\]|\\.)*/g, `$1${GONE}`],
  [/(\\nparams: )(?:[^"\\]|\\.)*?(?=\\n {4}at |")/g, `$1${GONE}`],
]

/** A line of the log without what must stay secret. */
export function scrub(line: string): string {
  return SHAPES.reduce((text, [shape, instead]) => text.replace(shape, instead), line)
}

/** As people and programs write it outside of JSON: `SMTP_PASSWORD=…`, `token: '…'`, `params: [ … ]`. */
const PLAIN: readonly (readonly [RegExp, string])[] = [
  [
    new RegExp(
      `([\\w.-]{0,40}${NAMES}['"]?\\s{0,3}[:=]\\s{0,3})(?!\\[redacted\\])(?:'[^']*'?|"[^"]*"?|[^\\s,;}]+)`,
      'gi',
    ),
    `$1${GONE}`,
  ],
  [/^(\s*params: ).*$/gm, `$1${GONE}`],
]

/** Any text without what must stay secret: what a library prints past the log, or what an error says. */
export function scrubText(text: string): string {
  // A text of JSON is what `scrub` reads; it keeps it whole.
  const bare: string = JSON.parse(scrub(JSON.stringify(text)))
  return PLAIN.reduce((rest, [shape, instead]) => rest.replace(shape, instead), bare)
}

/** Errors under any key in pino's form, without the values that were sent to the database or that it quotes. */
export function writeErrors(object: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, withoutValues(value)]))
}

function withoutValues(value: unknown): unknown {
  return value instanceof Error ? hideIn(pino.stdSerializers.err(value), hideValues(value)) : value
}

/** In texts, and in the errors that pino found within the error. */
function hideIn(part: unknown, hide: (text: string) => string): unknown {
  if (typeof part === 'string') return hide(part)
  if (Array.isArray(part)) return part.map((one) => (isWritten(one) ? hideIn(one, hide) : one))
  if (!isWritten(part)) return part
  const { params: _, parameters: __, detail: ___, ...rest } = part
  return Object.fromEntries(Object.entries(rest).map(([key, inner]) => [key, hideIn(inner, hide)]))
}

function isWritten(part: unknown): part is Readonly<Record<string, unknown>> {
  return typeof part === 'object' && part !== null && 'stack' in part && typeof part.stack === 'string'
}

const PARAMS = '\nparams: '

/**
 * Hides the values of failed queries in texts of this error, such as its stack. They are looked for as its messages have
 * them, for a value may hold whatever a pattern would take for the values' end.
 */
export function hideValues(error: Error): (text: string) => string {
  const tails = [...errorsIn(error)].flatMap(({ message }) => tailOf(message))
  const longestFirst = tails.toSorted((a, b) => b.length - a.length)
  return (text) => longestFirst.reduce((rest, tail) => rest.replaceAll(tail, `${PARAMS}${GONE}`), text)
}

function tailOf(message: string): readonly string[] {
  const at = message.indexOf(PARAMS)
  return at < 0 ? [] : [message.slice(at)]
}

/** The error, its causes, and those that it gathers. */
function errorsIn(error: unknown, found = new Set<Error>()): ReadonlySet<Error> {
  if (!(error instanceof Error) || found.has(error)) return found
  found.add(error)
  errorsIn(error.cause, found)
  if (error instanceof AggregateError) for (const one of error.errors) errorsIn(one, found)
  return found
}
