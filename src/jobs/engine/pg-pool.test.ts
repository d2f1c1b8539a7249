import { pino } from 'pino'
import { expect, it } from 'vitest'
import { isPassing } from '@/db/lost-connection'
import { openTestDatabase } from '@/db/testing'
import { openPgPool } from './pg-pool'
import { createTestJobs } from './testing'

const test = openTestDatabase()
const jobs = createTestJobs(test)

it('who waits too long for a lock is told to ask again, and takes no connection more for each time', async () => {
  const pool = openPgPool(test.url, 2, 'waits for a lock', pino({ level: 'silent' }), 500)
  const holder = await pool.connect()
  await holder.query('begin')
  await holder.query('lock table job_runs in access exclusive mode')
  for (let n = 0; n < 4; n += 1) {
    const error: unknown = await pool.query('select from job_runs').catch((refused: unknown) => refused)
    expect(error).toMatchObject({ code: '55P03' })
    expect(isPassing(error)).toBe(true)
  }
  const open = await jobs.sql`select from pg_stat_activity where application_name = 'waits for a lock'`
  expect(open.count).toBeLessThanOrEqual(2)
  holder.release(true)
  await pool.end()
})
