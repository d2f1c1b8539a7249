import { eq, sql } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { createTestWorkspace } from '@/accounts/testing'
import { openTestDatabase } from '@/db/testing'
import { createSender } from '@/jobs/client'
import { createTestJobs, until } from '@/jobs/engine/testing'
import { createFunctions } from '@/jobs/functions'
import { BIKES, createTestWatch, kindsIn, openTestMarket } from '../../testing-market'
import { pauseWatch } from '../../watches/pause-watch'
import { searches } from '../table'
import { scanDue, wakeHosts } from './scan-due'
import { beginRun, scanHostDue } from './scan-host'

const test = openTestDatabase()
const market = openTestMarket(test)
const jobs = createTestJobs(test)
const HOST = 'www.olx.pl'

/** The engine with the two scanning jobs, on the real clock. */
async function startScanning() {
  const client = jobs.client()
  const send = createSender(client)
  const deps = { ...market.deps, clock: () => new Date(), sleep: undefined, send }
  await jobs.start(client, { functions: createFunctions(client, deps, [scanDue, scanHostDue]) })
  return { ...deps, send }
}

describe('the scanning jobs', () => {
  it('a new watch is read at once, and again within seconds of being due', async () => {
    const deps = await startScanning()
    const mine = await createTestWorkspace(test.db)
    market.world.clock.set(new Date())
    await createTestWatch(market, mine, { interval: 1 })
    await deps.send(mine.emitted)
    await until(async () => (await kindsIn(mine)).includes('watch.baseline'), 'the baseline')
    market.world.market.publish({ matching: BIKES })
    await test.db.update(searches).set({ dueAt: sql`now() + interval '1 second'` })
    await deps.send([{ name: 'host/scan.due', data: { host: HOST, at: new Date().toISOString() } }])
    await until(async () => (await kindsIn(mine)).includes('listing.new'), 'the new advert')
    const [search] = await test.db.select().from(searches).where(eq(searches.host, HOST))
    expect(Date.now() - (search?.checkedAt?.getTime() ?? 0)).toBeLessThan(10_000)
  })

  it('an event that a later run has answered starts nothing', async () => {
    const sentAt = market.deps.clock().toISOString()
    market.world.clock.advance(1000)
    const begun = await beginRun(market.deps, 'answered.example', sentAt)
    expect(begun).not.toBeNull()
    expect(await beginRun(market.deps, 'answered.example', sentAt)).toBeNull()
    market.world.clock.advance(1000)
    expect(await beginRun(market.deps, 'answered.example', market.deps.clock().toISOString())).not.toBeNull()
    expect(await beginRun(market.deps, 'answered.example', null)).not.toBeNull()
  })

  it('each minute wakes the hosts that have something due, and parks what nobody watches', async () => {
    const mine = await createTestWorkspace(test.db)
    const watchId = await createTestWatch(market, mine)
    expect(await wakeHosts(market.deps)).toEqual({ hosts: [HOST] })
    expect(market.deps.sent.at(-1)).toMatchObject({ name: 'host/scan.due', data: { host: HOST } })
    await mine.run((ctx) => pauseWatch(ctx, watchId))
    expect(await wakeHosts(market.deps)).toEqual({ hosts: [] })
  })
})
