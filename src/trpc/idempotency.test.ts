import { describe, expect, it } from 'vitest'
import { createTestWorkspace } from '@/accounts/testing'
import { openTestDatabase } from '@/db/testing'
import { AppError } from '@/kernel/app-error'
import { doOnce, fingerprintOf, keyOf } from './idempotency'

const test = openTestDatabase()
const DAY_MS = 86_400_000

describe('a request with an idempotency key', () => {
  it('is done once, and answered twice, dates and large numbers too', async () => {
    const mine = await createTestWorkspace(test.db)
    const answer = { at: new Date(0), amount: 2n ** 60n, gone: undefined }
    let times = 0
    const once = () =>
      mine.run((ctx) =>
        doOnce(ctx, { key: 'a', fingerprint: fingerprintOf('x', { n: 1 }) }, async () => {
          times += 1
          return answer
        }),
      )
    expect([await once(), await once(), times]).toEqual([answer, answer, 1])
  })

  it('is done once also where two come at the same moment', async () => {
    const mine = await createTestWorkspace(test.db)
    let times = 0
    const once = () => mine.run((ctx) => doOnce(ctx, { key: 'a', fingerprint: 'f' }, async () => ++times))
    expect(await Promise.all([once(), once(), once()])).toEqual([1, 1, 1])
  })

  it('may be tried again where it failed', async () => {
    const mine = await createTestWorkspace(test.db)
    const once = (work: () => Promise<unknown>) => mine.run((ctx) => doOnce(ctx, { key: 'a', fingerprint: 'f' }, work))
    await expect(once(() => Promise.reject(new AppError('bad_input', 'no')))).rejects.toThrow('no')
    expect(await once(async () => 'done')).toBe('done')
  })

  it('of another workspace or after a week means another thing; with other contents it is refused', async () => {
    const [mine, other] = [await createTestWorkspace(test.db), await createTestWorkspace(test.db)]
    const once = (who: typeof mine, said: string, fingerprint = 'f', days = 0) =>
      who.run((ctx) => doOnce(ctx, { key: 'a', fingerprint }, async () => said), new Date(Date.now() + days * DAY_MS))
    expect([await once(mine, 'one'), await once(other, 'two')]).toEqual(['one', 'two'])
    await expect(once(mine, 'three', 'g')).rejects.toMatchObject({ reason: 'idempotency.otherRequest' })
    expect(await once(mine, 'four', 'g', 8)).toBe('four')
  })

  it.each(['', 'x'.repeat(201)])('a key of no length or too much is refused', (key) => {
    expect(() => keyOf(new Headers({ 'idempotency-key': key }))).toThrow(AppError)
    expect(keyOf(new Headers())).toBe(null)
  })
})
