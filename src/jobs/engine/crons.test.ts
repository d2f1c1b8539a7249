import { describe, expect, it } from 'vitest'
import { openTestDatabase } from '@/db/testing'
import { cronTask } from './known'
import { createTestJobs, until } from './testing'

const test = openTestDatabase()
const jobs = createTestJobs(test)
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** As if time had gone on: the next tick was `ago` before now. */
async function makeDue(job: string, ago: string): Promise<void> {
  const id = `gleaner-${job}`
  await jobs.sql`update job_crons set next_at = now() - ${ago}::interval where function_id = ${id}`
  await jobs.sql`
    select graphile_worker.add_job(task_identifier, job_key => key)
    from graphile_worker.jobs where key like ${`cron/${id}/%`}`
}

async function nextTick(job: string): Promise<Date | undefined> {
  const [row] = await jobs.sql<{ at: string }>`
    select to_json(next_at) #>> '{}' as at from job_crons where function_id = ${`gleaner-${job}`}`
  return row && new Date(row.at)
}

describe('schedules', () => {
  it('a tick fires once with two engines, and the next one is set', async () => {
    const client = jobs.client()
    client.createFunction(
      { id: 'nightly', triggers: [{ cron: 'TZ=Europe/Warsaw 30 3 * * *' }] },
      async ({ event }) => event,
    )
    await Promise.all([jobs.start(client), jobs.start(client)])
    await makeDue('nightly', '1 second')
    await jobs.sql`
      select graphile_worker.add_job(${cronTask('gleaner-nightly', 'TZ=Europe/Warsaw 30 3 * * *')})
      from generate_series(1, 10)`
    const [run] = await jobs.ended('nightly')
    await pause(700)
    expect(await jobs.runs('nightly')).toHaveLength(1)
    expect(run?.output).toMatchObject({
      name: 'inngest/scheduled.timer',
      data: { cron: 'TZ=Europe/Warsaw 30 3 * * *' },
    })
    const next = await nextTick('nightly')
    expect(next?.getTime()).toBeGreaterThan(Date.now())
    const shown = next?.toLocaleTimeString('en-GB', { timeZone: 'Europe/Warsaw' })
    expect(shown).toBe('03:30:00')
  })

  it('ticks that were missed while no engine ran are one run at the start', async () => {
    const client = jobs.client()
    client.createFunction({ id: 'missed', triggers: [{ cron: '0 * * * *' }] }, async () => 'made good')
    const first = await jobs.start(client)
    expect(await jobs.runs('missed')).toEqual([])
    await jobs.stop(first)
    await jobs.sql`update job_crons set next_at = now() - interval '3 days' where function_id = 'gleaner-missed'`
    await jobs.start(client)
    await jobs.ended('missed')
    await pause(700)
    expect(await jobs.runs('missed')).toHaveLength(1)
  })

  it('an alarm that comes too early begins nothing', async () => {
    const client = jobs.client()
    client.createFunction({ id: 'early', triggers: [{ cron: '0 0 1 1 *' }] }, async () => 'no')
    await jobs.start(client)
    await jobs.sql`select graphile_worker.add_job(${cronTask('gleaner-early', '0 0 1 1 *')})`
    await pause(700)
    expect(await jobs.runs('early')).toEqual([])
  })

  it('a schedule that is changed or gone in a release leaves no alarm behind', async () => {
    const before = jobs.client()
    before.createFunction({ id: 'changing', triggers: [{ cron: '5 * * * *' }] }, async () => 'old')
    await jobs.stop(await jobs.start(before))
    const after = jobs.client()
    after.createFunction({ id: 'changing', triggers: [{ cron: '7 * * * *' }] }, async () => 'new')
    await jobs.start(after)
    const rows = await jobs.sql`select cron from job_crons where function_id = 'gleaner-changing'`
    expect(rows.map(({ cron }) => cron)).toEqual(['7 * * * *'])
    expect((await nextTick('changing'))?.getUTCMinutes()).toBe(7)
  })

  it('ticks go on by themselves, minute after minute', async () => {
    const client = jobs.client()
    client.createFunction({ id: 'minutely', triggers: [{ cron: '* * * * *' }] }, async () => 'tick')
    await jobs.start(client)
    await makeDue('minutely', '1 second')
    await jobs.ended('minutely')
    await until(async () => ((await nextTick('minutely'))?.getTime() ?? 0) > Date.now(), 'the next tick')
    const [alarm] = await jobs.sql`
      select 1 from graphile_worker.jobs where key = 'cron/gleaner-minutely/* * * * *' and run_at > now()`
    expect(alarm).toBeDefined()
  })
})
