import { DrizzleQueryError } from 'drizzle-orm'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createLogger, type Logger } from './log'

const CANARY = 'canary-4cf7b2e1d09a4b6c8e35'

/** What the log says, line by line, when `say` has spoken. */
function logged(say: (log: Logger) => void): string {
  const lines: string[] = []
  say(createLogger('test', 'trace', { write: (line) => lines.push(line) }))
  // Every line stays the JSON that machines read.
  for (const line of lines) JSON.parse(line)
  return lines.join('')
}

function wrap(value: unknown, depth: number): unknown {
  return depth === 0 ? value : { level1: [wrap(value, depth - 1)] }
}

describe('secrets never reach a log line', () => {
  const names = [
    'password',
    'token',
    'botToken',
    'refresh_token',
    'clientSecret',
    'authorization',
    'Cookie',
    'set-cookie',
  ]
  const more = ['passwordHash', 'apiKey', 'RESEND_API_KEY', 'GLEANER_ENCRYPTION_KEY', 'INNGEST_SIGNING_KEY', 'SMTP_URL']

  it.each([...names, ...more])('a value called %s, at any depth', (name) => {
    for (const depth of [0, 1, 2, 5]) {
      const line = logged((log) => log.info({ data: wrap({ [name]: `${CANARY} "quoted" \\ \n` }, depth) }, 'saved'))
      expect(line).not.toContain(CANARY)
      expect(line).toContain('[redacted]')
    }
    expect(logged((log) => log.info({ [name]: CANARY }))).not.toContain(CANARY)
    expect(logged((log) => log.child({ [name]: CANARY }).warn('x'))).not.toContain(CANARY)
    expect(logged((log) => log.info(`the site answered {"${name}": "${CANARY}"}`))).not.toContain(CANARY)
  })

  it.each([
    ['a database address', `connect postgres://gleaner:${CANARY}@db.example:5432/gleaner failed`],
    ['a mail server with a slash in its password', `smtps://me:${CANARY}/x@mail.example`],
    ['a Telegram address', `POST https://api.telegram.org/bot123456789:${CANARY}/sendMessage failed`],
    ['a Discord webhook', `https://discord.com/api/webhooks/1234567890/${CANARY} answered 404`],
    ['a reset link', `https://gleaner.example/reset?lang=pl&token=${CANARY}`],
    ['a deep link', `https://t.me/gleaner_bot?start=${CANARY}`],
    ['a request header', `Authorization: Bearer ${CANARY}`],
    ['an API key', `glnr_${CANARY} is revoked`],
    ['a password hash', `$argon2id$v=19$m=65536,t=3,p=4$${CANARY}`],
    ['a session', `eyJhbGciOiJkaXIifQ.${CANARY}.x`],
  ])('%s in a message, an error and a stack', (_what, text) => {
    const error = new Error(text, { cause: new Error(`deeper: ${text}`) })
    const line = logged((log) => {
      log.error(text)
      log.error({ detail: text })
      log.error(error)
      log.error({ err: error }, 'failed')
      log.error({ error, reason: { why: error.message } }, 'failed')
      log.error({ err: new AggregateError([error], 'all of it') })
    })
    expect(line).not.toContain(CANARY)
  })

  it('the values of a query that failed, wherever its error stands', () => {
    const values = [`${CANARY}@example.org`, `Kanarek ${CANARY}\nparams: ${CANARY} "x"`, 7]
    const cause = Object.assign(new Error('duplicate key value'), {
      code: '23505',
      detail: `Key (lower(email), name)=(${CANARY}@example.org, Kanarek) already exists.`,
      parameters: values,
    })
    const error = new DrizzleQueryError('insert into users values ($1, $2, $3)', values, cause)
    const line = logged((log) => {
      log.error({ err: error }, 'a procedure failed')
      log.error({ error: error.message, cause }, 'a job failed')
      log.error(Object.assign(new Error('no'), { detail: `Failing row contains (1, ${CANARY}, (x) y).` }))
    })
    expect(line).not.toContain(CANARY)
    expect(line).toContain('insert into users values ($1, $2, $3)')
    expect(line).toContain('duplicate key value')
    expect(line).toContain('log.test.ts')
    expect(line).toContain('"type":"DrizzleQueryError"')
  })

  it.each(['\n    at home, ', '" quoted " ', '\\" ', '\nparams: ', '\\'])('also where one of them holds %j', (odd) => {
    const error = new DrizzleQueryError('select $1', [`Kanarek${odd}${CANARY}`, `${odd}${CANARY}`], new Error('deeper'))
    const line = logged((log) => {
      log.error(error)
      log.error({ err: error }, 'failed')
      log.error({ err: new Error(`wrapped: ${error.message}`, { cause: error }) })
      log.error({ err: new AggregateError([error], 'all of it'), error: error.message })
    })
    expect(line).not.toContain(CANARY)
    expect(line).toContain('log.test.ts')
  })

  it('what is no secret stays as it is', () => {
    const facts = {
      searchId: 'a1',
      url: 'https://www.olx.pl/rowery/?page=2',
      tokens: 3,
      at: '2026-11-22T10:00:00.000Z',
    }
    const line = logged((log) => log.info({ ...facts, tokenId: 'b2', key: 'olx' }, 'mail to me@example.org in 12:30'))
    expect(JSON.parse(line)).toMatchObject({
      ...facts,
      tokenId: 'b2',
      key: 'olx',
      msg: 'mail to me@example.org in 12:30',
    })
  })

  it('any object and any text still make one line of JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.string({ unit: 'binary' }), (value, text) => {
        logged((log) => log.info({ value, token: text }, text))
      }),
    )
  })

  it('a long line of quotes and colons costs no more than its length', () => {
    const parts = [
      '"token":"',
      '\\"',
      '://a:',
      'Failed query: \\nparams: ',
      '"Failed query: ',
      'Key (',
      '?token=',
      'a'.repeat(40),
      '\\',
      'eyJaaaaaaaaaa-',
    ]
    for (const part of parts) expect(logged((log) => log.info(part.repeat(20_000)))).toContain('"process":"test"')
  })
})
