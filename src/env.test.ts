import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { ENV_KEYS, EnvError, readEnv, readRuntimeEnv } from './env'

const BAD: Readonly<Record<string, string>> = {
  DATABASE_URL: 'mysql://x',
  DATABASE_POOL_MAX: 'many',
  DATABASE_POOL_IDLE_SECONDS: '0',
  DATABASE_POOL_LIFETIME_SECONDS: '-1',
  PORT: '70000',
  APP_URL: 'gleaner.example.org',
  AUTH_SECRET: 'short',
  GLEANER_ENCRYPTION_KEY: 'abc',
  S3_ENDPOINT: 's3',
  GLEANER_PROCESS: 'all',
  LOG_LEVEL: 'loud',
  TELEGRAM_BOT_TOKEN: 'no colon',
  TELEGRAM_API_ROOT: 'api.telegram.org',
  TELEGRAM_MODE: 'push',
  SMTP_URL: 'http://mail',
  MAIL_FROM: 'Gleaner',
  RESEND_BASE_URL: 'resend',
  INNGEST_DEV: 'yes',
  INNGEST_BASE_URL: 'inngest',
  INNGEST_SERVE_ORIGIN: 'app:3000',
  INNGEST_DASHBOARD_URL: 'inngest',
  JOBS_KEEP_FINISHED_DAYS: '0',
  JOBS_KEEP_FAILED_DAYS: 'long',
  JOBS_KEEP_EVENTS_DAYS: '-1',
  METRICS_TOKEN: 'short',
  SENTRY_DSN: 'sentry',
  GLEANER_ORIGINS: '[1',
  GLEANER_ALLOW_ORIGINS: 'yes',
  GLEANER_CONTACT: 'x'.repeat(201),
  GLEANER_BROWSER: 'chromium',
  GLEANER_TRUST_PROXY: 'nginx',
}
/** Any text will do for these. */
const FREE = [
  'GLEANER_DATA_DIR',
  'RESEND_API_KEY',
  'INNGEST_EVENT_KEY',
  'INNGEST_SIGNING_KEY',
  'S3_BUCKET',
  'S3_REGION',
  'S3_ACCESS_KEY_ID',
  'S3_SECRET_ACCESS_KEY',
]

function problemsOf(source: Record<string, string>): readonly string[] {
  try {
    readEnv(source)
    return []
  } catch (error) {
    return error instanceof EnvError ? error.problems : [String(error)]
  }
}

describe('the environment', () => {
  it('has the keys of .env.example, each explained', () => {
    const lines = readFileSync('.env.example', 'utf8').split('\n')
    const keys = lines.filter((line) => /^[A-Z]/.test(line)).map((line) => line.split('=')[0])
    expect(keys.toSorted()).toEqual([...ENV_KEYS].toSorted())
  })

  it('is complete with nothing set', () => {
    expect(readEnv({})).toMatchObject({ PORT: 3000, GLEANER_PROCESS: 'both', TELEGRAM_MODE: 'auto' })
  })

  it('has a malformed example for every key', () => {
    expect([...Object.keys(BAD), ...FREE].toSorted()).toEqual([...ENV_KEYS].toSorted())
  })

  it.each(Object.entries(BAD))('a malformed %s is refused by its name, on one line', (key, value) => {
    const problems = problemsOf({ [key]: value })
    expect(problems).toHaveLength(1)
    expect(problems[0]).toMatch(new RegExp(`^${key}: .`))
  })

  it('the outside world cannot be swapped in production by accident', () => {
    const GLEANER_ORIGINS = '{"www.olx.pl":"http://127.0.0.1:9100"}'
    expect(problemsOf({ GLEANER_ORIGINS, NODE_ENV: 'production' })[0]).toMatch(/^GLEANER_ORIGINS:/)
    expect(problemsOf({ GLEANER_ORIGINS, NODE_ENV: 'production', GLEANER_ALLOW_ORIGINS: '1' })).toEqual([])
    expect(problemsOf({ GLEANER_ORIGINS })).toEqual([])
  })

  it('a mode that needs another key names that key', () => {
    expect(problemsOf({ TELEGRAM_MODE: 'webhook' })[0]).toMatch(/^APP_URL:/)
    expect(problemsOf({ S3_ENDPOINT: 'https://s3.example.org', S3_BUCKET: 'b', S3_ACCESS_KEY_ID: 'a' })).toEqual([
      'S3_SECRET_ACCESS_KEY: is missing, for S3_ENDPOINT is set',
    ])
    expect(problemsOf({ INNGEST_EVENT_KEY: 'x' })[0]).toMatch(/^INNGEST_SIGNING_KEY:/)
    expect(problemsOf({ INNGEST_SIGNING_KEY: 'x' })[0]).toMatch(/^INNGEST_EVENT_KEY:/)
  })

  it('an Inngest dev server is refused in production, and taken in development', () => {
    for (const INNGEST_DEV of ['1', 'http://localhost:8288']) {
      expect(problemsOf({ INNGEST_DEV, NODE_ENV: 'production' })[0]).toMatch(/^INNGEST_DEV: is for development alone/)
      expect(problemsOf({ INNGEST_DEV, NODE_ENV: 'development' })).toEqual([])
    }
    expect(problemsOf({ INNGEST_DEV: '0', NODE_ENV: 'production' })).toEqual([])
  })

  it('a process without database or secrets is told which', () => {
    expect(() => readRuntimeEnv({})).toThrow(/DATABASE_URL.*\nAUTH_SECRET.*\nGLEANER_ENCRYPTION_KEY/)
  })

  it('an address loses its trailing slash, and a path is refused', () => {
    expect(readEnv({ APP_URL: 'https://g.example.org/' }).APP_URL).toBe('https://g.example.org')
    expect(problemsOf({ APP_URL: 'https://g.example.org/app' })).toHaveLength(1)
  })
})
