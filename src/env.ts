import * as z from 'zod'

const flag = z.enum(['0', '1']).transform((value) => value === '1')
const count = (least: number, most: number) => z.coerce.number().int().min(least).max(most)
const webOrigin = z
  .url({ protocol: /^https?$/, error: 'must be an address such as https://gleaner.example.org' })
  .transform((value) => new URL(value))
  .refine((url) => url.pathname === '/', 'must be an address without a path')
  .transform((url) => url.origin)

/** 32 bytes, as 64 hexadecimal digits or in base64. */
const key32 = z
  .string()
  .refine((value) => decodeKey(value).length === 32, 'must be 32 bytes, as 64 hexadecimal digits or base64')

/** The bytes of a key that is written in hexadecimal digits or base64. */
export function decodeKey(text: string): Buffer {
  return Buffer.from(text, /^[0-9a-f]{64}$/i.test(text) ? 'hex' : 'base64')
}

const origins = z
  .string()
  .transform(parseJson)
  .pipe(z.record(z.string(), z.url({ protocol: /^https?$/ }), { error: 'must be JSON: {"host": "origin", …}' }))

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // Not JSON: the record that follows in the pipe refuses undefined and names the key.
    return undefined
  }
}

/** One entry a key of .env.example; a test compares the two. */
const shape = {
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/, error: 'must begin with postgres://' }).optional(),
  DATABASE_POOL_MAX: count(1, 500).default(10),
  DATABASE_POOL_IDLE_SECONDS: count(1, 86_400).default(60),
  DATABASE_POOL_LIFETIME_SECONDS: count(10, 86_400).default(1800),
  PORT: count(1, 65_535).default(3000),
  APP_URL: webOrigin.optional(),
  AUTH_SECRET: z.string().min(32, 'must have at least 32 characters').optional(),
  GLEANER_ENCRYPTION_KEY: key32.optional(),
  GLEANER_DATA_DIR: z.string().default('.data'),
  S3_ENDPOINT: z.url({ protocol: /^https?$/, error: 'must be an address such as https://s3.example.org' }).optional(),
  S3_BUCKET: z.string().optional(),
  S3_REGION: z.string().default('us-east-1'),
  S3_ACCESS_KEY_ID: z.string().optional(),
  S3_SECRET_ACCESS_KEY: z.string().optional(),
  GLEANER_PROCESS: z.enum(['web', 'worker', 'both']).default('both'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  TELEGRAM_BOT_TOKEN: z
    .string()
    .regex(/^\d+:[\w-]+$/, 'must look like 123456:ABC…, as BotFather gives it')
    .optional(),
  TELEGRAM_API_ROOT: webOrigin.default('https://api.telegram.org'),
  TELEGRAM_MODE: z.enum(['auto', 'polling', 'webhook']).default('auto'),
  SMTP_URL: z.url({ protocol: /^smtps?$/, error: 'must begin with smtp:// or smtps://' }).optional(),
  MAIL_FROM: z.string().regex(/@/, 'must hold an e-mail address').optional(),
  RESEND_API_KEY: z.string().optional(),
  RESEND_BASE_URL: webOrigin.default('https://api.resend.com'),
  INNGEST_DEV: z.union([z.enum(['0', '1']), webOrigin], { error: 'must be 1, 0 or an address' }).optional(),
  INNGEST_EVENT_KEY: z.string().optional(),
  INNGEST_SIGNING_KEY: z.string().optional(),
  INNGEST_BASE_URL: webOrigin.optional(),
  INNGEST_SERVE_ORIGIN: webOrigin.optional(),
  INNGEST_DASHBOARD_URL: webOrigin.optional(),
  JOBS_KEEP_FINISHED_DAYS: count(1, 3650).default(14),
  JOBS_KEEP_FAILED_DAYS: count(1, 3650).default(60),
  JOBS_KEEP_EVENTS_DAYS: count(1, 3650).default(7),
  METRICS_TOKEN: z.string().min(16, 'must have at least 16 characters').optional(),
  SENTRY_DSN: z.url({ protocol: /^https?$/ }).optional(),
  GLEANER_ORIGINS: origins.default({}),
  GLEANER_ALLOW_ORIGINS: flag.default(false),
  GLEANER_CONTACT: z.string().max(200).optional(),
  GLEANER_BROWSER: z
    .string()
    .regex(/^(off$|\/|[a-z]:[\\/])/i, 'must be the whole path of a browser, or off')
    .optional(),
  GLEANER_TRUST_PROXY: count(0, 10).default(0),
} as const

export const ENV_KEYS: readonly string[] = Object.keys(shape)

const schema = z.object({ ...shape, NODE_ENV: z.string().default('development') }).superRefine((env, context) => {
  const refuse = (key: keyof typeof shape, message: string) =>
    context.addIssue({ code: 'custom', path: [key], message, input: env[key] })
  const away = Object.keys(env.GLEANER_ORIGINS).length > 0
  if (away && env.NODE_ENV === 'production' && !env.GLEANER_ALLOW_ORIGINS) {
    refuse('GLEANER_ORIGINS', 'is refused in production unless GLEANER_ALLOW_ORIGINS=1')
  }
  for (const key of ['S3_BUCKET', 'S3_ACCESS_KEY_ID', 'S3_SECRET_ACCESS_KEY'] as const) {
    if (env.S3_ENDPOINT?.startsWith('http') && !env[key]) refuse(key, 'is missing, for S3_ENDPOINT is set')
  }
  const devServer = env.INNGEST_DEV !== undefined && env.INNGEST_DEV !== '0'
  if (devServer && env.NODE_ENV === 'production') {
    refuse(
      'INNGEST_DEV',
      'is for development alone: /api/inngest would run whatever anybody sends. Set INNGEST_EVENT_KEY, INNGEST_SIGNING_KEY and INNGEST_BASE_URL for a server of your own',
    )
  }
  if (env.TELEGRAM_MODE === 'webhook' && !env.APP_URL?.startsWith('https:')) {
    refuse('APP_URL', 'must be a public https address, for TELEGRAM_MODE is webhook')
  }
  if (env.INNGEST_EVENT_KEY && !env.INNGEST_SIGNING_KEY) {
    refuse('INNGEST_SIGNING_KEY', 'is missing, for INNGEST_EVENT_KEY is set')
  }
  if (env.INNGEST_SIGNING_KEY && !env.INNGEST_EVENT_KEY) {
    refuse('INNGEST_EVENT_KEY', 'is missing, for INNGEST_SIGNING_KEY is set')
  }
})

export type Env = z.output<typeof schema>

/** What a running process cannot do without; `npm start` makes all three when they are not set. */
const NEEDED = ['DATABASE_URL', 'AUTH_SECRET', 'GLEANER_ENCRYPTION_KEY'] as const
export type RuntimeEnv = Env & { readonly [K in (typeof NEEDED)[number]]: string }

export type EnvSource = Readonly<Record<string, string | undefined>>

/** One line per bad key: `PORT: must be …`. */
export class EnvError extends Error {
  override readonly name = 'EnvError'
  constructor(readonly problems: readonly string[]) {
    super(problems.join('\n'))
  }
}

/** Reads and types the environment; an empty value counts as not set. Throws `EnvError`, which names every bad key. */
export function readEnv(source: EnvSource): Env {
  const set = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== undefined && value !== ''))
  const result = schema.safeParse(set)
  if (result.success) return result.data
  throw new EnvError(result.error.issues.map((issue) => `${String(issue.path[0])}: ${issue.message}`))
}

/** As `readEnv`, for a process that is about to work: database and secrets must be there. */
export function readRuntimeEnv(source: EnvSource): RuntimeEnv {
  const env = readEnv(source)
  const missing = NEEDED.filter((key) => !env[key])
  if (missing.length > 0) throw new EnvError(missing.map((key) => `${key}: is missing; npm start sets it by itself`))
  // Checked on the line above: none of NEEDED is undefined.
  return env as RuntimeEnv
}

/** For the first line of a process: a bad key ends it with exit code 1 and one clear line each on stderr. */
export function orExit<T>(read: () => T): T {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof EnvError)) throw error
    for (const problem of error.problems) process.stderr.write(`Gleaner cannot start. ${problem}\n`)
    process.exit(1)
  }
}
