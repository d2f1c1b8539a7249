import { DrizzleQueryError } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { isPassing, outlastOutage } from './lost-connection'

const failure = (code: string) => Object.assign(new Error(`failed: ${code}`), { code })

describe('an outage of the database', () => {
  it.each([
    ...['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'CONNECT_TIMEOUT'],
    ...['ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'],
    ...['08006', '53300', '57P01', '57P03', '40001', '25006'],
  ])('passes where it is told as %s', (code) => {
    expect(isPassing(failure(code))).toBe(true)
    expect(isPassing(new DrizzleQueryError('select 1', [], failure(code)))).toBe(true)
  })

  it.each([
    'Connection terminated unexpectedly',
    'Query read timeout',
    'Client has encountered a connection error and is not queryable',
    'timeout exceeded when trying to connect',
  ])('passes where the driver has no code, but says: %s', (words) => {
    expect(isPassing(new Error(words))).toBe(true)
  })

  it.each(['22021', '23505', '42P01', '28P01', 'EACCES'])('is not what %s tells', (code) => {
    expect(isPassing(failure(code))).toBe(false)
  })

  it('is outlasted while a name cannot be looked up', async () => {
    let tries = 0
    const answer = await outlastOutage(5, async () => {
      tries += 1
      if (tries < 3) throw failure('EAI_AGAIN')
      return 'done'
    })
    expect(answer).toBe('done')
  })
})
