import { describe, expect, it } from 'vitest'
import { knows, type Memory, recall, remember, requestBody } from './memory'

const EVENT = '{"name":"x"}'

function ask(memory: Memory, step: string): { steps: Record<string, unknown>; ctx: { stack: unknown } } {
  return JSON.parse(requestBody(memory, { id: 'run', step, event: EVENT, attempt: 0, tries: 4 }))
}

/** A turn of so many finished steps of 2 kB and as many planned ones. */
function recallMany(steps: number): Memory {
  const row = { name: 'step', op: 'StepRun', attempt: 0, error: null, ripe: true }
  const data = JSON.stringify('x'.repeat(2000))
  const hashes = Array.from({ length: steps }, (_, n) => `h${n}`)
  return recall(
    [
      ...hashes.map((hash) => ({ ...row, hash: `done ${hash}`, state: 'done' as const, data })),
      ...hashes.map((hash) => ({ ...row, hash, state: 'planned' as const, data: null })),
    ],
    0,
  )
}

describe('what a request to the function carries', () => {
  it('all results in their order, where it is asked what is next', () => {
    const memory = recall([], 0)
    remember(memory, 'a', 'done', '1')
    remember(memory, 'b', 'failed', '{"message":"no"}')
    const { steps, ctx } = ask(memory, 'step')
    expect(steps).toEqual({ a: { type: 'data', data: 1 }, b: { type: 'error', error: { message: 'no' } } })
    expect(ctx.stack).toEqual({ stack: ['a', 'b'], current: 2 })
  })

  it('the results that were there when its steps were planned, for a planned one', () => {
    const memory = recallMany(3)
    ask(memory, 'h0')
    remember(memory, 'h0', 'done', '0')
    expect(Object.keys(ask(memory, 'h1').steps)).toEqual(['done h0', 'done h1', 'done h2'])
    expect(ask(memory, 'h1').ctx.stack).toEqual({ stack: ['done h0', 'done h1', 'done h2'], current: 3 })
    expect(Object.keys(ask(memory, 'step').steps)).toContain('h0')
  })

  it('of parallel steps no more for each than what was there before all of them', () => {
    const memory = recallMany(0)
    for (let n = 0; n < 400; n += 1) {
      const body = requestBody(memory, { id: 'run', step: `h${n}`, event: EVENT, attempt: 0, tries: 4 })
      expect(body.length).toBeLessThan(500)
      remember(memory, `h${n}`, 'done', JSON.stringify('x'.repeat(2000)))
    }
    expect(knows(memory, 'h399')).toBe(true)
    expect(knows(memory, 'h400')).toBe(false)
  })
})
