import { setTimeout as sleep } from 'node:timers/promises'
import { eq, sql } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import type { Ctx } from '@/accounts/context'
import type { Transaction } from '@/db/client'
import { withSystem } from '@/db/scope'
import { openTestDatabase } from '@/db/testing'
import { BIKES, createSteadyWatch, openTestMarket, passRounds, toldIn } from '../testing-market'
import { deleteWatch, pauseWatch, restoreWatch, resumeWatch } from '../watches/pause-watch'
import { updateWatch } from '../watches/update-watch'
import { searches } from './table'

const test = openTestDatabase()
const market = openTestMarket(test)
const TALL = 'https://www.olx.pl/sport-hobby/rowery/q-rama-60/'

/** Until another transaction waits for a lock that this one holds; throws after 5 seconds. */
async function untilSomebodyWaits(tx: Transaction): Promise<void> {
  for (let tries = 0; tries < 250; tries++) {
    const [row] = await tx.execute<{ waiting: number }>(sql`
      select count(*)::int as waiting from pg_locks where not granted and pg_backend_pid() = any(pg_blocking_pids(pid))`)
    if ((row?.waiting ?? 0) > 0) return
    await sleep(20)
  }
  throw new Error('nobody waits')
}

describe('a change of a watch during a scan of its search', () => {
  it.each<[string, (ctx: Ctx, id: string) => Promise<unknown>]>([
    ['its name', (ctx, id) => updateWatch(ctx, { id, name: 'Bicycles' })],
    ['its links', (ctx, id) => updateWatch(ctx, { id, urls: [BIKES, TALL] })],
    ['its interval', (ctx, id) => updateWatch(ctx, { id, interval: 5 })],
    ['its resumption', resumeWatch],
  ])('%s waits for the scan without holding what the scan needs', async (_, change) => {
    const { mine, watchId } = await createSteadyWatch(market, test.db)
    await mine.run((ctx) => pauseWatch(ctx, watchId))
    const changed = await withSystem(test.db, 'test', async (tx) => {
      await tx.select().from(searches).for('update')
      const work = mine.run((ctx) => change(ctx, watchId), market.deps.clock())
      await untilSomebodyWaits(tx)
      await tx.execute(sql`select 1 from watches where id = ${watchId} for update nowait`)
      return { work }
    })
    await changed.work
  })

  it('restoring waits for the scan without holding what the scan needs', async () => {
    const { mine, watchId } = await createSteadyWatch(market, test.db)
    await mine.run((ctx) => deleteWatch(ctx, watchId))
    const restored = await withSystem(test.db, 'test', async (tx) => {
      await tx.select().from(searches).for('update')
      const work = mine.run((ctx) => restoreWatch(ctx, watchId), market.deps.clock())
      await untilSomebodyWaits(tx)
      await tx.execute(sql`select 1 from watches where id = ${watchId} for update nowait`)
      return { work }
    })
    await restored.work
  })
})

/** The database refuses the next `times` adverts that are written, each with that SQLSTATE, and then takes them. */
async function refuseWrites(state: string, times: number): Promise<void> {
  await test.db.execute(sql`drop trigger if exists refuse on observations`)
  await test.db.execute(sql`drop sequence if exists refusals`)
  await test.db.execute(sql`create sequence refusals`)
  await test.db.execute(sql`grant usage on sequence refusals to public`)
  // A sequence is not rolled back: it counts the tries.
  await test.db.execute(
    sql.raw(`create or replace function refuse() returns trigger language plpgsql as $$
      begin
        if nextval('refusals') <= ${times} then raise exception 'refused' using errcode = '${state}'; end if;
        return new;
      end $$`),
  )
  await test.db.execute(
    sql`create trigger refuse before insert on observations for each statement execute function refuse()`,
  )
}

describe('a page that the database does not take', () => {
  const health = async () => (await test.db.select().from(searches).where(eq(searches.health, 'failed'))).length

  it.each(['40P01', '40001'])(
    'is recorded again where another came first (%s), and the site is not blamed',
    async (state) => {
      const { mine } = await createSteadyWatch(market, test.db)
      market.world.market.publish({ matching: BIKES })
      await refuseWrites(state, 2)
      await passRounds(market, 1)
      expect([await health(), await toldIn(mine)]).toEqual([0, ['listing.new']])
    },
  )

  it('counts as a failure of its search where it never can be stored', async () => {
    await createSteadyWatch(market, test.db)
    market.world.market.publish({ matching: BIKES })
    await refuseWrites('22003', 1)
    await passRounds(market, 1)
    expect(await health()).toBe(1)
  })
})
