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
  if (!(value instanceof Error)) return value
  const { params: _, parameters: __, detail: ___, ...rest } = pino.stdSerializers.err(value)
  return rest
}
