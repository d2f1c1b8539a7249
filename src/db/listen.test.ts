import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { closeDatabase, type Database, openDatabase } from './client'
import { listen } from './listen'
import { openTestDatabase } from './testing'
import { createGate } from './testing-gate'

const test = openTestDatabase()

async function until(holds: () => boolean, seconds: number): Promise<void> {
  for (let left = seconds * 20; left > 0 && !holds(); left -= 1) await sleep(50)
  expect(holds()).toBe(true)
}

describe('listening', () => {
  let db: Database
  let gate: ReturnType<typeof createGate>
  beforeAll(async () => {
    gate = createGate(() => test.url)
    await gate.open()
    db = openDatabase({ url: gate.url(test.url) })
  })
  afterAll(async () => {
    await closeDatabase(db, 1)
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
