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

  it('hears each note once, also when somebody came to listen before it had connected again', async () => {
    const heard: string[] = []
    const listener = { heard: (note: string) => heard.push(note), connected: () => undefined }
    const stops = [await listen(db, 'once', listener)]
    await gate.close()
    await sleep(2_000)
    await gate.open()
    stops.push(await listen(db, 'once', { heard: () => undefined, connected: () => undefined }))
    await sleep(3_000)
    await test.db.execute(sql`select pg_notify('once', 'note')`)
    await until(() => heard.length > 0, 5)
    await sleep(200)
    expect(heard).toEqual(['note'])
    expect(await listeningLines()).toBe(1)
    for (const stop of stops) stop()
  })

  async function listeningLines(): Promise<unknown> {
    const [row] = await test.db.execute(sql`
      select count(*)::int as lines from pg_stat_activity where query like 'listen %' and datname = current_database()`)
    return row?.lines
  }
})
