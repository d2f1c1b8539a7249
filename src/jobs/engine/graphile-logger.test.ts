import { pino } from 'pino'
import { describe, expect, it } from 'vitest'
import { graphileLogger } from './graphile-logger'

const WARN = 40
const ERROR = 50

function levelTold(error: unknown): unknown {
  const levels: unknown[] = []
  const log = pino({}, { write: (line: string) => void levels.push(JSON.parse(line).level) })
  graphileLogger(log).error('the queue failed', { error })
  return levels[0]
}

describe('what the queue calls an error', () => {
  it.each(['ECONNREFUSED', 'ECONNRESET', '57P01', '57P03', '08006'])('is a warning while it passes: %s', (code) => {
    expect(levelTold(Object.assign(new Error('away'), { code }))).toBe(WARN)
  })

  it('is a warning where a connection is gone without a code', () => {
    expect(levelTold(new Error('Connection terminated unexpectedly'))).toBe(WARN)
  })

  it.each(['42P01', '28P01'])('is an error where it stays: %s', (code) => {
    expect(levelTold(Object.assign(new Error('wrong'), { code }))).toBe(ERROR)
    expect(levelTold(undefined)).toBe(ERROR)
  })
})
