import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestDatabase } from '@/db/testing'
import { createTestJobs, until } from './testing'

const test = openTestDatabase()
const jobs = createTestJobs(test)
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** Stands between the engine and its database, so that the database can be away without being so for other tests. */
const sockets = new Set<Socket>()
const proxy = createServer((inward) => {
  const outward = connect(Number(new URL(test.url).port), '127.0.0.1')
  for (const [from, to] of [
    [inward, outward],
    [outward, inward],
  ] as const) {
    sockets.add(from)
    from.pipe(to)
    from.on('error', () => to.destroy())
    from.on('close', () => {
      sockets.delete(from)
      to.destroy()
    })
  }
})

let [port, url] = [0, '']

beforeAll(async () => {
  proxy.listen(0, '127.0.0.1')
  await once(proxy, 'listening')
  const address = proxy.address()
  port = typeof address === 'object' && address ? address.port : 0
  const away = new URL(test.url)
  away.port = String(port)
  url = away.href
})

afterAll(() => {
  proxy.close()
})

async function takeAway(ms: number): Promise<void> {
  const closed = once(proxy, 'close')
  proxy.close()
  for (const socket of sockets) socket.destroy()
  await closed
  await pause(ms)
  proxy.listen(port, '127.0.0.1')
  await once(proxy, 'listening')
}

describe('a database that goes away in the middle', () => {
  it('is waited for: steps that ran are stored when it is back, and all goes on by itself', async () => {
    const client = jobs.client()
    const calls: string[] = []
    client.createFunction({ id: 'outage', triggers: [{ event: 'outage' }], retries: 0 }, async ({ step, runId }) => {
      for (let at = 0; at < 8; at += 1) {
        await step.run(`step ${at}`, async () => {
          calls.push(`${runId} ${at}`)
          await pause(60)
        })
      }
      return 'whole'
    })
    client.createFunction({ id: 'napper', triggers: [{ event: 'outage' }] }, async ({ step }) => {
      await step.sleep('over the outage', '2s')
      return 'awake'
    })
    await jobs.start(client, { url, leaseSeconds: 3 })
    const send = () => client.send(Array.from({ length: 4 }, () => ({ name: 'outage', data: {} })))
    await send()
    for (const [outages, ms] of [4000, 20_000].entries()) {
      await until(() => calls.length >= (outages + 1) * 8, 'some steps')
      await takeAway(ms)
    }
    await send()
    const runs = await jobs.ended('outage', 8)
    expect(runs.map(({ output }) => output)).toEqual(Array(8).fill('whole'))
    expect((await jobs.ended('napper', 8)).every(({ output }) => output === 'awake')).toBe(true)
    expect(calls).toHaveLength(64)
    expect(new Set(calls).size).toBe(64)
  }, 90_000)
})
