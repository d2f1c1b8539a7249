import { eq } from 'drizzle-orm'
import { beforeEach, describe, expect, it } from 'vitest'
import { createTestWorkspace, type TestWorkspace } from '@/accounts/testing'
import { openTestDatabase } from '@/db/testing'
import { newId } from '@/kernel/ids'
import { listings, observations } from '../listings/table'
import { searches } from '../searches/table'
import { watches, watchSearches } from '../watches/table'
import { gatherWeek } from './gather-week'
import { sayWeek } from './say-week'
import { matches } from './table'

const test = openTestDatabase()
const WEEK = { from: '2026-03-23', to: '2026-03-29', timeZone: 'Europe/Warsaw' }
/** The first and the last minute of that week in Warsaw, whose clocks went forward in its last night. */
const [FIRST, LAST] = [new Date('2026-03-22T23:00:00Z'), new Date('2026-03-29T21:59:00Z')]
const BEFORE = new Date('2026-03-10T10:00:00Z')
const NOW = new Date('2026-03-30T06:00:00Z')

let mine: TestWorkspace
let watchId: string
beforeEach(async () => {
  mine = await createTestWorkspace(test.db)
  watchId = await addWatch(mine)
})

async function addWatch({ run, workspaceId, memberId: ownerId }: TestWorkspace): Promise<string> {
  const id = newId()
  await run((ctx) => ctx.db.insert(watches).values({ id, workspaceId, ownerId, name: 'Bikes', filter: { all: [] } }))
  return id
}

type Advert = { title?: string; prices?: readonly (readonly [Date, number])[]; currency?: string; goneAt?: Date }
type Matched = { at?: Date; baseline?: boolean; state?: 'new' | 'ignored' }

/** A match with its advert; its price now is the last of `prices`. */
async function addMatch(advert: Advert = {}, { at = FIRST, baseline = false, state = 'new' }: Matched = {}) {
  const { title = 'Gazelle', prices = [[at, 65_000]], currency = 'PLN', goneAt = null } = advert
  const [id, listingId] = [newId(), newId()]
  const points = prices.map(([seenAt, amount]) => ({ seenAt, amount: BigInt(amount) }))
  const price = { priceKind: 'fixed' as const, currency }
  await mine.run(async ({ db }) => {
    const named = { id: listingId, source: 'olx', externalId: listingId, url: 'https://www.olx.pl/', title, goneAt }
    const seen = { firstSeenAt: at, lastSeenAt: NOW, amount: points.at(-1)?.amount ?? null }
    await db.insert(listings).values({ ...named, ...price, ...seen })
    await db
      .insert(observations)
      .values(points.map((point) => ({ ...point, ...price, listingId, state: 'open' as const })))
    const { workspaceId } = mine
    await db.insert(matches).values({ id, workspaceId, watchId, listingId, state, baseline, matchedAt: at })
  })
  return id
}

async function addSearch(health: 'blocked' | 'failed' | 'ok', paused = false): Promise<void> {
  const id = newId()
  const troubleSince = health === 'ok' ? null : LAST
  await mine.run(async ({ db, workspaceId }) => {
    const page = { key: id, url: 'https://www.olx.pl/rowery/', host: 'www.olx.pl', says: {} as never }
    await db
      .insert(searches)
      .values({ id, source: 'olx', ...page, health, troubleSince, failures: troubleSince ? 1 : 0 })
    await db.insert(watchSearches).values({ workspaceId, watchId, searchId: id, url: page.url })
    if (paused) await db.update(watches).set({ pausedAt: NOW }).where(eq(watches.id, watchId))
  })
}

const gather = () => mine.run((ctx) => gatherWeek(ctx, WEEK), NOW)

async function titles(): Promise<readonly string[]> {
  const facts = await gather()
  const reader = { locale: 'en', timeZone: 'Europe/Warsaw', now: NOW, appUrl: 'https://gleaner.example.org' }
  return facts === null ? [] : sayWeek(facts, reader).map(({ title }) => title)
}

describe('new matches of the week', () => {
  it('are those of Monday to Sunday on the workspace’s wall', async () => {
    for (const at of [FIRST, LAST]) await addMatch({}, { at })
    for (const at of [new Date(FIRST.getTime() - 1), new Date('2026-03-29T22:00:00Z')]) await addMatch({}, { at })
    expect(await gather()).toMatchObject({ fresh: { count: 2 } })
    expect(await titles()).toEqual(['New matches'])
  })

  it('are neither what was there before nor what is ignored nor of a deleted watch', async () => {
    await addMatch({}, { baseline: true })
    await addMatch({}, { state: 'ignored' })
    expect(await gather()).toBeNull()
    await addMatch()
    await mine.run((ctx) => ctx.db.update(watches).set({ deletedAt: NOW }).where(eq(watches.id, watchId)))
    expect(await gather()).toBeNull()
  })
})

const old = { at: BEFORE }

describe('what became cheaper', () => {
  it('is told with the price that it had when the week began, the largest drop first', async () => {
    await addMatch(
      {
        title: 'Less',
        prices: [
          [BEFORE, 100_000],
          [FIRST, 90_000],
        ],
      },
      old,
    )
    await addMatch(
      {
        title: 'More',
        prices: [
          [BEFORE, 75_000],
          [FIRST, 70_000],
          [LAST, 50_000],
        ],
      },
      old,
    )
    const facts = await gather()
    const shown = facts?.drops.rows.map(({ title, before, amount }) => [title, before, amount])
    expect(shown).toEqual([
      ['More', '75000', '50000'],
      ['Less', '100000', '90000'],
    ])
    expect(await titles()).toEqual(['Cheaper this week'])
  })

  it('is neither below the watch’s threshold nor gone nor of another week, and no price in another currency', async () => {
    await addMatch(
      {
        prices: [
          [BEFORE, 100_000],
          [FIRST, 95_100],
        ],
      },
      old,
    )
    await addMatch(
      {
        prices: [
          [BEFORE, 100_000],
          [FIRST, 50_000],
        ],
        goneAt: LAST,
      },
      old,
    )
    await addMatch(
      {
        prices: [
          [BEFORE, 100_000],
          [new Date('2026-03-20T10:00:00Z'), 50_000],
        ],
      },
      old,
    )
    await addMatch(
      {
        prices: [
          [BEFORE, 100_000],
          [FIRST, 50_000],
          [LAST, 110_000],
        ],
      },
      old,
    )
    expect(await titles()).toEqual([])
  })
})

describe('the best deals', () => {
  it('are new, still there and cheaper than three in four of at least twelve', async () => {
    for (let at = 0; at < 12; at++) await addMatch({ prices: [[BEFORE, 70_000 + at * 100]] }, old)
    await addMatch({ title: 'Cheap', prices: [[FIRST, 69_900]] })
    const facts = await gather()
    expect(facts?.deals).toMatchObject([{ title: 'Cheap', cheaperThan: 100, among: 12 }])
    expect(await titles()).toEqual(['Best deals', 'New matches'])
  })

  it('are none where fewer than twelve are like it', async () => {
    for (let at = 0; at < 11; at++) await addMatch({ prices: [[BEFORE, 70_000]] }, old)
    await addMatch({ prices: [[FIRST, 100]] })
    expect(await titles()).toEqual(['New matches'])
  })

  it('are none that are dear, gone or asked in another currency', async () => {
    for (let at = 0; at < 14; at++) await addMatch({ prices: [[BEFORE, 70_000 + at * 100]] }, old)
    await addMatch({ prices: [[FIRST, 71_000]] })
    await addMatch({ prices: [[FIRST, 100]], goneAt: LAST })
    await addMatch({ prices: [[FIRST, 90]], currency: 'EUR' })
    expect((await gather())?.deals).toEqual([])
  })
})

describe('searches in trouble', () => {
  it('are told with their watches and why, and neither one that may pass by itself nor one of a paused watch', async () => {
    await addSearch('ok')
    await addSearch('failed')
    expect(await gather()).toBeNull()
    await addSearch('blocked')
    expect(await gather()).toMatchObject({ broken: [{ watchNames: ['Bikes'], trouble: 'blocked' }] })
    expect(await titles()).toEqual(['Searches in trouble'])
    await addSearch('blocked', true)
    expect(await gather()).toBeNull()
  })
})

it('a role that reads no watches hears nothing of them', async () => {
  await addMatch()
  const actor = { kind: 'member', memberId: mine.memberId, userId: mine.userId, role: 'finance' } as const
  expect(await mine.run((ctx) => gatherWeek({ ...ctx, actor }, WEEK), NOW)).toBeNull()
})
