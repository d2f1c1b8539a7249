import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { createPool } from './pool'

/** Enters `count` times at once; answers how many got in within `ms`. */
async function enterAll(pool: ReturnType<typeof createPool>, count: number, ms: number): Promise<number> {
  const entered = await Promise.all(Array.from({ length: count }, () => pool.enter(ms)))
  return entered.filter((got) => got).length
}

describe('the places of a process', () => {
  it.each([1, 2, 3, 5])('are %i where so many are asked for', async (places) => {
    const pool = createPool(places)
    await sleep(400)
    expect(await enterAll(pool, 8, 100)).toBe(places)
  })

  it('open one after the other', async () => {
    const pool = createPool(20)
    expect(await enterAll(pool, 20, 20)).toBe(2)
  })

  it('go to who waits first, and not to who has given up', async () => {
    const pool = createPool(1)
    await pool.enter(0)
    const [gaveUp, first, second] = [pool.enter(20), pool.enter(500), pool.enter(100)]
    expect(await gaveUp).toBe(false)
    pool.leave()
    expect(await first).toBe(true)
    expect(await second).toBe(false)
  })

  it('are closed when the last has left', async () => {
    const pool = createPool(1)
    await pool.enter(0)
    const closed = pool.close(10_000)
    expect(await pool.enter(1000)).toBe(false)
    pool.leave()
    await closed
  })
})
