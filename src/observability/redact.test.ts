import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { scrubText } from './redact'
import { scrubPeople, withoutPeople } from './redact-people'

const CANARY = 'canary-4cf7b2e1d09a4b6c8e35'

describe('what is printed past the log', () => {
  it.each([
    `Error: connect postgres://gleaner:${CANARY}@db:5432/gleaner`,
    `SMTP_PASSWORD=${CANARY}`,
    `AUTH_SECRET: ${CANARY}`,
    `  token: '${CANARY} with spaces',`,
    `{ botToken: "${CANARY}" }`,
    `GLEANER_ENCRYPTION_KEY = ${CANARY}`,
    `signed with signkey-prod-${'0123456789abcdef'.repeat(2)}`,
    `    at https://api.telegram.org/bot123456789:${CANARY}/getMe`,
    `params: Anna,${CANARY}`,
    `  params: [ 'Anna', '${CANARY}' ],`,
    `Authorization: Bearer ${CANARY}`,
  ])('holds no secret: %s', (line) => {
    const safe = scrubText(line)
    expect(safe).not.toContain(CANARY)
    expect(safe).not.toContain('0123456789abcdef')
    expect(safe).toContain('[redacted]')
  })

  it.each([
    '▲ Next.js 16.4.6',
    '    at listen (file:///srv/gleaner/dist/worker.mjs:10:20)',
    'Warning: 3 tokens of "price" were read',
  ])('stays as it is without one: %s', (line) => {
    expect(scrubText(line)).toBe(line)
  })

  it('any text stays a text, however long', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => typeof scrubText(text) === 'string'))
    for (const part of ['token=', "token: '", 'params: ', '://a:', '12 ', 'a@b.', 'ż', '"', '" is not valid'])
      scrubPeople(part.repeat(20_000))
  })
})

describe('what leaves this machine', () => {
  it.each([
    ['no mail for anna.nowak+gifts@mail.example.org today', 'no mail for [redacted] today'],
    ['call +48 601 234 567', 'call [redacted]'],
    ['call (22) 601-23-45, now', 'call [redacted], now'],
    ['call 601234567', 'call [redacted]'],
    ['invalid input syntax for type date: "Anna Nowak"', 'invalid input syntax for type date: [redacted]'],
    ['no mail for zażółć@gęślą-jaźń.example today', 'no mail for [redacted] today'],
    ['relation "watches" does not exist', 'relation "watches" does not exist'],
    [
      'run 01a202fc-7cb6-73ea-a5ff-ff26978c9bdc of 12 on line 1776',
      'run 01a202fc-7cb6-73ea-a5ff-ff26978c9bdc of 12 on line 1776',
    ],
  ])('names nobody: %s', (text, safe) => {
    expect(scrubPeople(text)).toBe(safe)
  })

  it.each(['Anna Nowak', 'Anna "Ania" Nowak lives at ul. Polna 3 in a town far away from here', '{"name": Anna}'])(
    'quotes nothing of what was no JSON: %s',
    (sent) => {
      expect(() => JSON.parse(sent)).toThrow(SyntaxError)
      try {
        JSON.parse(sent)
      } catch (error) {
        expect(String(error)).toMatch(/Ann/)
        expect(scrubPeople(String(error))).toMatch(/^SyntaxError: Unexpected token 'A', (\.{3})?\[redacted\]/)
      }
    },
  )

  it('at any depth, and numbers stay numbers', () => {
    expect(withoutPeople({ a: [{ b: 'x@example.org' }], at: 1795346452806, none: null })).toEqual({
      a: [{ b: '[redacted]' }],
      at: 1795346452806,
      none: null,
    })
  })
})
