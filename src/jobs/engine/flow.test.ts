import type { InngestFunction } from 'inngest'
import { describe, expect, it } from 'vitest'
import { openTestDatabase } from '@/db/testing'
import { isGuarded, keyFor, placesFor, priorityFor } from './flow'
import { createHandler } from './handler'
import { readRegistry } from './registry'
import { createTestJobs } from './testing'

const jobs = createTestJobs(openTestDatabase())

/** The function as the engine reads it at boot. */
async function read(options: object) {
  const client = jobs.client()
  client.createFunction({ id: 'flow', triggers: [{ event: 'x' }], ...options }, async () => 1)
  const functions: readonly InngestFunction.Any[] = client.funcs
  const fn = (await readRegistry(createHandler(client, functions), functions)).get('gleaner-flow')
  if (!fn) throw new Error('the function was not registered')
  return fn
}

const event = (data: object) => ({ name: 'x', data })

describe('options of flow control, at boot', () => {
  it.each([
    ['throttle.period', { throttle: { limit: 1, period: '500ms' } }],
    ['throttle.period', { throttle: { limit: 1, period: '8d' } }],
    ['throttle.period', { throttle: { limit: 1, period: 'soon' } }],
    ['throttle.limit', { throttle: { limit: 0, period: '1s' } }],
    ['throttle.burst', { throttle: { limit: 1, period: '1s', burst: -1 } }],
    ['rateLimit.period', { rateLimit: { limit: 1, period: '25h' } }],
    ['rateLimit.limit', { rateLimit: { limit: 1.5, period: '1h' } }],
    ['debounce.period', { debounce: { period: '' } }],
    ['debounce.timeout', { debounce: { period: '1s', timeout: '9d' } }],
    ['concurrency', { concurrency: -1 }],
    ['concurrency', { concurrency: { limit: 1, scope: 'env' } }],
    ['throttle.key', { throttle: { limit: 1, period: '1s', key: 'event.data.' } }],
    ['rateLimit.key', { rateLimit: { limit: 1, period: '1s', key: '(event' } }],
    ['debounce.key', { debounce: { period: '1s', key: '==' } }],
    ['singleton.key', { singleton: { mode: 'skip', key: 'event.data.a +' } }],
    ['priority.run', { priority: { run: 'event.data.vip ?' } }],
    ['idempotency', { idempotency: 'event.data.' }],
    ['concurrency.key', { concurrency: [{ limit: 1, key: 'event.data.[' }] }],
  ] as const)(
    '%s that cannot be kept is refused with the name of the function and of the option: %j',
    async (option, options) => {
      await expect(read(options)).rejects.toThrow(new RegExp(`gleaner-flow: .*${option.replace('.', '\\.')}`))
    },
  )

  it.each([
    ['mode', { singleton: { mode: 'queue' } }],
    ['concurrency', { concurrency: [{ limit: 1 }, { limit: 2 }, { limit: 3 }] }],
  ])('what the SDK itself does not know (%s) is refused', async (_, options) => {
    await expect(read(options)).rejects.toThrow()
  })

  it('what is right is read: places from the narrowest on, keys, and a priority within its bounds', async () => {
    const fn = await read({
      concurrency: [
        { limit: 9, scope: 'account', key: '"ai"' },
        { limit: 2, key: 'event.data.host' },
      ],
      throttle: { limit: 10, period: '1m', key: 'event.data.host' },
      idempotency: 'event.data.id',
      priority: { run: 'event.data.rank' },
    })
    expect(placesFor(fn, event({ host: 'olx' }))).toEqual([
      { slot: '0:gleaner-flow/1/"olx"', limit: 2 },
      { slot: '3:account//"ai"', limit: 9 },
    ])
    expect(keyFor(fn, 'throttle', event({ host: 'olx' }))).toBe('throttle/gleaner-flow/"olx"')
    expect(keyFor(fn, 'rateLimit', event({ id: 7 }))).toBe('rateLimit/gleaner-flow/7')
    expect(keyFor(fn, 'debounce', event({}))).toBeNull()
    expect([700, -700, 12, 'x'].map((rank) => priorityFor(fn, event({ rank })))).toEqual([600, -600, 12, 0])
    expect(isGuarded(fn.flow)).toBe(true)
  })

  it('a long key is kept as its hash, and another one has another', async () => {
    const fn = await read({ rateLimit: { limit: 1, period: '1h', key: 'event.data.id' } })
    const [a, b] = ['a', 'b'].map((end) => keyFor(fn, 'rateLimit', event({ id: 'x'.repeat(5000) + end })))
    expect(a).toMatch(/^rateLimit\/gleaner-flow\/sha256:[0-9a-f]{64}$/)
    expect(a).not.toBe(b)
  })

  it('a function without any of them takes no place and waits for nothing', async () => {
    const fn = await read({})
    expect(placesFor(fn, event({}))).toEqual([])
    expect(keyFor(fn, 'throttle', event({}))).toBeNull()
    expect(isGuarded(fn.flow)).toBe(false)
  })
})
