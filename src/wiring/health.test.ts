import { sql } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { createTestDeps } from '@/accounts/testing'
import { openDatabase } from '@/db/client'
import { openTestDatabase } from '@/db/testing'
import { checkHealth } from './health'

const test = openTestDatabase()

describe('health', () => {
  it('is good when database and migrations are', async () => {
    expect(await checkHealth(createTestDeps(test.db))).toMatchObject({
      ok: true,
      parts: { database: { ok: true }, migrations: { ok: true }, jobs: { ok: true } },
    })
  })

  it('names the migrations that are missing', async () => {
    await test.db.execute(sql`delete from drizzle.__drizzle_migrations
      where created_at = (select max(created_at) from drizzle.__drizzle_migrations)`)
    const health = await checkHealth(createTestDeps(test.db))
    expect(health.ok).toBe(false)
    expect(health.parts.migrations?.detail).toMatch(/^missing: \d{4}_/)
  })

  it('is bad when a job has waited for minutes', async () => {
    const clone = test.db
    await clone.execute(sql`insert into job_runs (id, function_id, state, due_at, event)
      values (gen_random_uuid(), 'gleaner-scan-host', 'queued', now() - interval '5 minutes', '{}')`)
    expect((await checkHealth(createTestDeps(clone))).parts.jobs).toMatchObject({ ok: false })
    await clone.execute(sql`delete from job_runs`)
  })

  it('is bad, and says nothing of where the database is, when it does not answer', async () => {
    const away = openDatabase({ url: 'postgres://nobody:canary@127.0.0.1:1/none' })
    const health = await checkHealth(createTestDeps(away))
    expect(health).toMatchObject({ ok: false, parts: { database: { ok: false } } })
    expect(JSON.stringify(health)).not.toMatch(/canary|127\.0\.0\.1/)
    await away.$client.end({ timeout: 1 })
  })
})
