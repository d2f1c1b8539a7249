import { sql } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { openTestDatabase } from '@/db/testing'
import { createSteadyWatch, matchesOf, openTestMarket, passRounds, toldIn } from '../testing-market'
import { updateWatch } from '../watches/update-watch'
import type { Filter } from './rules'
import { filterFormSchema } from './schema'

const test = openTestDatabase()
const market = openTestMarket(test)

/** Milliseconds of the processor so far: other work on the machine does not count. */
const processor = () => process.cpuUsage().user / 1000

/** The longest time that nothing else had its turn while `work` ran. */
async function longestHold(work: Promise<unknown>): Promise<number> {
  let [longest, last] = [0, processor()]
  const beat = setInterval(() => {
    longest = Math.max(longest, processor() - last)
    last = processor()
  }, 5)
  await work
  clearInterval(beat)
  return Math.max(longest, processor() - last)
}

it('a new filter is held against all adverts in turns with the process’s other work', async () => {
  const { mine, watchId } = await createSteadyWatch(market, test.db)
  await test.db.execute(
    sql`update listings set description = left(repeat('rower miejski stan bardzo dobry ', 300), 9000)`,
  )
  const filter: Filter = { on: 'description', is: 'regex', value: '(?:[a-z ]?){90}[ąę]' }
  const begun = processor()
  const longest = await longestHold(mine.run((ctx) => updateWatch(ctx, { id: watchId, filter })))
  expect(longest).toBeLessThan(Math.max(300, (processor() - begun) / 2))
  expect(await matchesOf(mine, watchId)).toEqual([])
})

it('a level that was told is not told again after the filter left its advert out for a while', async () => {
  const { mine, watchId, first } = await createSteadyWatch(market, test.db)
  const passing = (priceTo: string) =>
    mine.run((ctx) => updateWatch(ctx, { id: watchId, form: filterFormSchema.parse({ priceTo }) }), market.deps.clock())
  const ask = async (price: number) => {
    market.world.market.reprice(first, price)
    await passRounds(market, 1)
  }
  await ask(800)
  await passing('70000')
  await passing('90000')
  await ask(850)
  await ask(800)
  expect(await toldIn(mine)).toEqual(['listing.price_drop'])
  await ask(750)
  expect(await toldIn(mine)).toEqual(['listing.price_drop', 'listing.price_drop'])
})

it('what was never told and no longer passes goes, and comes back silently', async () => {
  const { mine, watchId } = await createSteadyWatch(market, test.db)
  const passing = (priceTo: string) =>
    mine.run((ctx) => updateWatch(ctx, { id: watchId, form: filterFormSchema.parse({ priceTo }) }), market.deps.clock())
  await passing('70000')
  expect(await matchesOf(mine, watchId)).toEqual([])
  await passing('100000')
  await passRounds(market, 1)
  expect([(await matchesOf(mine, watchId)).length, await toldIn(mine)]).toEqual([5, []])
})
