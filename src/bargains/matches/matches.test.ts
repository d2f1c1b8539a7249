import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { auditEntries } from '@/accounts/table'
import { createTestWorkspace, type TestWorkspace } from '@/accounts/testing'
import { openTestDatabase } from '@/db/testing'
import { listings } from '../listings/table'
import { createTestMatch } from '../testing'
import { BIKES, createTestWatch, openTestMarket, scanAll } from '../testing-market'
import { deleteWatch } from '../watches/pause-watch'
import { getMatch, listHistory, listMatches } from './queries'
import { listMatchesSchema } from './schema'
import { setMatchNote } from './set-match-note'
import { setMatchState } from './set-match-state'
import { matches } from './table'
import { toggleMatchState } from './toggle-match-state'

const test = openTestDatabase()
const market = openTestMarket(test)
const page = (change: object = {}) => listMatchesSchema.parse(change)

/** A watch with matches for 100, 200 … zł, one of them for free, the newest last. */
async function withMatches(prices: readonly (number | 'free')[]) {
  const mine = await createTestWorkspace(test.db)
  const watchId = await createTestWatch(market, mine)
  await scanAll(market.deps)
  const adverts = []
  for (const price of prices) {
    adverts.push(market.world.market.publish({ matching: BIKES, price, title: `Rower ${price}` }))
    await market.pass(12)
  }
  const { matches } = await mine.run((ctx) => listMatches(ctx, page({ watchId })))
  return { mine, watchId, adverts, matches }
}

/** A match of the watch whose advert costs that, in minor units. */
async function createPriced(mine: TestWorkspace, watchId: string, currency: string | null, amount: number | null) {
  const id = await createTestMatch(mine, watchId)
  const price = { currency, amount: amount === null ? null : BigInt(amount) }
  await mine.run(async ({ db }) => {
    const [match] = await db.select().from(matches).where(eq(matches.id, id))
    await db
      .update(listings)
      .set(price)
      .where(eq(listings.id, match?.listingId ?? ''))
  })
}

const titles = (matches: readonly { listing: { title: string } }[]) => matches.map(({ listing }) => listing.title)

describe('the list of matches', () => {
  it('has those apart whose price fell within a week', async () => {
    const { mine, adverts } = await withMatches([100, 300])
    const cheaper = async (now?: Date) =>
      titles((await mine.run((ctx) => listMatches(ctx, page({ cheaper: true })), now)).matches)
    expect(await cheaper(market.deps.clock())).toEqual([])
    market.world.market.reprice(adverts[1]?.id ?? '', 200)
    await market.pass(12)
    expect(await cheaper(market.deps.clock())).toEqual(['Rower 300'])
    expect(await cheaper(new Date(market.deps.clock().getTime() + 8 * 86_400_000))).toEqual([])
  })

  it.each([
    ['newest', ['Rower 200', 'Rower free', 'Rower 300', 'Rower 100']],
    ['cheapest', ['Rower 100', 'Rower 200', 'Rower 300', 'Rower free']],
    ['dearest', ['Rower 300', 'Rower 200', 'Rower 100', 'Rower free']],
  ])('comes page by page, %s first, each match once', async (sort, expected) => {
    const { mine, watchId } = await withMatches([100, 300, 'free', 200])
    const first = await mine.run((ctx) => listMatches(ctx, page({ watchId, sort, limit: 3 })))
    const rest = await mine.run((ctx) => listMatches(ctx, page({ watchId, sort, limit: 3, cursor: first.nextCursor })))
    expect(titles([...first.matches, ...rest.matches])).toEqual(expected)
    expect(rest.nextCursor).toBeNull()
  })

  it.each([
    ['cheapest', ['300 PLN', '400 PLN', '500 PLN', '40 CZK', '200 EUR', '250 EUR', 'null null', 'null null']],
    ['dearest', ['500 PLN', '400 PLN', '300 PLN', '40 CZK', '250 EUR', '200 EUR', 'null null', 'null null']],
  ])('compares no two currencies: %s first in each, that of most adverts before the others', async (sort, expected) => {
    const mine = await createTestWorkspace(test.db)
    const watchId = await createTestWatch(market, mine)
    const [koruna, none] = [['CZK', 40] as const, [null, null] as const]
    const [zloty, euro] = [(n: number) => ['PLN', n] as const, (n: number) => ['EUR', n] as const]
    const prices = [zloty(500), euro(200), koruna, none, zloty(300), euro(250), none, zloty(400)]
    for (const [currency, amount] of prices) await createPriced(mine, watchId, currency, amount)
    const found: string[] = []
    let cursor: string | null = null
    do {
      const next = await mine.run((ctx) => listMatches(ctx, page({ watchId, sort, limit: 2, cursor })))
      found.push(...next.matches.map(({ listing: { price } }) => `${price.amount} ${price.currency}`))
      cursor = next.nextCursor
    } while (cursor !== null)
    expect(found).toEqual(expected)
  })

  it('shows what is asked for: a state, or all but what is ignored', async () => {
    const { mine, watchId, matches } = await withMatches([100, 200, 300])
    const [newest, middle] = matches
    await mine.run((ctx) => setMatchState(ctx, [newest?.id ?? ''], 'ignored'))
    await mine.run((ctx) => setMatchState(ctx, [middle?.id ?? ''], 'favourite'))
    const shown = async (state?: string) =>
      titles((await mine.run((ctx) => listMatches(ctx, page({ watchId, state })))).matches)
    expect(await shown()).toEqual(['Rower 200', 'Rower 100'])
    expect(await shown('favourite')).toEqual(['Rower 200'])
    expect(await shown('ignored')).toEqual(['Rower 300'])
  })

  it.each(['nonsense', '5_x', "1'; drop table matches_0190a0a0-0000-7000-8000-000000000000", '2026-13-45T99:99Z_a'])(
    'a cursor that is none (%s) is refused',
    async (cursor) => {
      const { mine } = await withMatches([100])
      await expect(mine.run((ctx) => listMatches(ctx, page({ cursor })))).rejects.toMatchObject({ code: 'bad_input' })
    },
  )

  it('forgets a deleted watch, and does not find another’s', async () => {
    const { mine, watchId, matches } = await withMatches([100])
    const other = await createTestWorkspace(test.db)
    await expect(other.run((ctx) => listMatches(ctx, page({ watchId })))).rejects.toMatchObject({ code: 'not_found' })
    await mine.run((ctx) => deleteWatch(ctx, watchId))
    expect((await mine.run((ctx) => listMatches(ctx, page()))).matches).toEqual([])
    await expect(mine.run((ctx) => getMatch(ctx, matches[0]?.id ?? ''))).rejects.toMatchObject({ code: 'not_found' })
  })
})

describe('a match', () => {
  it('tells its prices, its last and lowest, why it matched, and its neighbours', async () => {
    const { mine, adverts, matches } = await withMatches([100, 500, 300])
    const [newest, middle, oldest] = matches
    for (const price of [400, 450]) {
      market.world.market.reprice(adverts[1]?.id ?? '', price)
      await market.pass(12)
    }
    const match = await mine.run((ctx) => getMatch(ctx, middle?.id ?? ''))
    expect(match).toMatchObject({
      listing: { price: { amount: '45000' }, previousAmount: '40000', lowestAmount: '40000' },
      previousId: newest?.id,
      nextId: oldest?.id,
      toldAt: expect.any(String),
    })
    const { points } = await mine.run((ctx) => listHistory(ctx, match.id))
    expect(points.map(({ price }) => price.amount)).toEqual(['50000', '40000', '45000'])
    expect(match.history).toEqual(points)
  })

  it('keeps in the audit log what was decided about it, and not that it was looked at', async () => {
    const { mine, matches } = await withMatches([100, 200])
    const ids = matches.map(({ id }) => id)
    await mine.run((ctx) => setMatchState(ctx, ids, 'seen'))
    await mine.run((ctx) => setMatchState(ctx, ids.slice(0, 1), 'favourite'))
    await mine.run((ctx) => setMatchState(ctx, ids, 'favourite'))
    await mine.run((ctx) => toggleMatchState(ctx, ids[0] ?? '', 'favourite'))
    const log = await mine.run((ctx) => ctx.db.select().from(auditEntries).orderBy(auditEntries.createdAt))
    expect(log.filter(({ action }) => action === 'match.update')).toMatchObject([
      { subjectId: ids[0], facts: { state: 'favourite' } },
      { subjectId: ids[1], facts: { state: 'favourite' } },
      { subjectId: ids[0], facts: { state: 'seen' } },
    ])
  })

  it('keeps a note', async () => {
    const { mine, matches } = await withMatches([100])
    const id = matches[0]?.id ?? ''
    await mine.run((ctx) => setMatchNote(ctx, id, 'Zadzwonić jutro'))
    expect(await mine.run((ctx) => getMatch(ctx, id))).toMatchObject({ note: 'Zadzwonić jutro' })
  })
})
