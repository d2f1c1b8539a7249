import { connect, createServer, type Server, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Database, openDatabase } from './client'
import { listen } from './listen'
import { openTestDatabase } from './testing'

const test = openTestDatabase()

/** A way to the database that can be closed and opened again. */
function createGate(target: URL) {
  const sockets = new Set<Socket>()
  const server: Server = createServer((near) => {
    const far = connect(Number(target.port), target.hostname)
    for (const [a, b] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(a)
      a.on('error', () => b.destroy()).on('close', () => b.destroy())
      a.pipe(b)
    }
  })
  let port = 0
  return {
    async open() {
      await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
      const address = server.address()
      port = typeof address === 'object' && address ? address.port : 0
      return port
    },
    async close() {
      const closed = new Promise((resolve) => server.close(resolve))
      for (const socket of sockets) socket.destroy()
      await closed
    },
  }
}

async function until(holds: () => boolean, seconds: number): Promise<void> {
  for (let left = seconds * 20; left > 0 && !holds(); left -= 1) await sleep(50)
  expect(holds()).toBe(true)
}

describe('listening', () => {
  let db: Database
  let gate: ReturnType<typeof createGate>
  beforeAll(async () => {
    gate = createGate(new URL(test.url))
    const url = new URL(test.url)
    url.port = String(await gate.open())
    db = openDatabase({ url: url.href })
  })
  afterAll(async () => {
    await db.$client.end({ timeout: 1 })
    await gate.close()
  })

  it('goes on after the database was away for seconds, and says that it was', async () => {
    const heard: string[] = []
    let connections = 0
    const stop = await listen(db, 'test', { heard: (note) => heard.push(note), connected: () => (connections += 1) })
    const notify = (note: string) => test.db.execute(sql`select pg_notify('test', ${note})`)
    await notify('before')
    await until(() => heard.length === 1, 5)
    const before = connections
    await gate.close()
    await sleep(3_000)
    await gate.open()
    await until(() => connections > before, 20)
    await notify('after')
    await until(() => heard.includes('after'), 5)
    stop()
  })
})
