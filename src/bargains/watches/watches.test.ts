import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import type { Ctx } from '@/accounts/context'
import { auditEntries, members, users } from '@/accounts/table'
import { createTestWorkspace, type TestWorkspace } from '@/accounts/testing'
import { withSystem } from '@/db/scope'
import { openTestDatabase } from '@/db/testing'
import { mintWorkspaceId, newId } from '@/kernel/ids'
import { channels } from '@/notifications/channels/table'
import { formFromFilter } from '../matches/rules'
import { BIKES, createTestWatch, kindsIn, matchesOf, openTestMarket, scanAll, withSite } from '../testing-market'
import { confirmPages } from './confirm-pages'
import { createWatch } from './create-watch'
import { deleteWatch, pauseWatch, resumeWatch } from './pause-watch'
import { previewSearch } from './preview-search'
import { getWatch, listWatches } from './queries'
import { scanWatch } from './scan-watch'
import { newWatchSchema } from './schema'
import { watches } from './table'
import { updateWatch } from './update-watch'

const test = openTestDatabase()
const market = openTestMarket(test)
const CARS = 'https://www.otomoto.pl/osobowe/volkswagen/passat'

const watchRows = (mine: TestWorkspace) => mine.run((ctx) => ctx.db.select().from(watches))
const at = () => market.deps.clock()
/** A workspace that has no word of its own. */
const looking = (deps = market.deps) => ({ ...deps, workspaceId: mintWorkspaceId(newId()) })

async function refusal(work: Promise<unknown>): Promise<unknown> {
  const refused = await work.then(
    () => null,
    (error: unknown) => error,
  )
  return refused
}

describe('the preview of what was pasted', () => {
  it('says source, what is searched, how many there are, the cheapest, and shows six photos', async () => {
    market.world.market.seedMarket(30, { matching: BIKES, photos: 2 })
    market.world.market.publish({ matching: BIKES, price: 120 })
    const { searches, refused } = await previewSearch(looking(), `Look: ${BIKES}?utm_source=chat`)
    expect(refused).toEqual([])
    expect(searches).toHaveLength(1)
    expect(searches[0]).toMatchObject({
      sourceName: 'OLX.pl',
      says: { category: ['sport-hobby', 'rowery'], place: 'krakow', currency: 'PLN' },
      page: { verdict: 'ok', total: 31, cheapest: { amount: '12000', currency: 'PLN' } },
    })
    expect(searches[0]?.page?.photos).toHaveLength(6)
  })

  it('takes several links at once and tells the good from the bad', async () => {
    market.world.market.seedMarket(2, { matching: BIKES })
    const { searches, refused } = await previewSearch(
      looking(withSite(market, '<title>Shop</title>')),
      `${BIKES}\n${CARS} https://example.com/x`,
    )
    expect(searches.map(({ sourceName, page }) => [sourceName, page?.verdict])).toEqual([
      ['OLX.pl', 'ok'],
      ['Otomoto.pl', 'empty'],
    ])
    expect(refused).toMatchObject([{ pasted: 'https://example.com/x', reason: 'watch.unknownSite' }])
  })

  it.each([
    ['http://192.168.1.1/', 'watch.privateAddress'],
    ['http://localhost:3000/', 'watch.privateAddress'],
    ['https://www.olx.pl/d/oferta/rower-miejski-CID767-ID1abcD.html', 'watch.offerPage'],
    ['https://www.olx.pl/', 'watch.notASearch'],
    ['a bicycle in Kraków', 'watch.noLink'],
    [Array.from({ length: 21 }, (_, i) => `${BIKES}q-${i}/`).join(' '), 'watch.tooManySearches'],
  ])('%s is refused with what to do', async (text, reason) => {
    expect(await refusal(previewSearch(looking(), text))).toMatchObject({ code: 'bad_input', reason })
    expect(market.world.market.requests).toEqual([])
  })

  it('a page of no marketplace is told by its host and what it lists', async () => {
    const offers = Array.from({ length: 12 }, (_, n) => ({
      '@type': 'Product',
      ...{ name: `Chair ${n}`, url: `/chair/${n}`, offers: { price: `${n + 20}.50`, priceCurrency: 'EUR' } },
    }))
    const list = { '@context': 'https://schema.org', '@type': 'ItemList', itemListElement: offers }
    const html = `<html><script type="application/ld+json">${JSON.stringify(list)}</script></html>`
    const { searches } = await previewSearch(looking(withSite(market, html)), 'https://www.example.org/chairs?q=oak')
    expect(searches).toMatchObject([
      {
        ...{ source: 'any', sourceName: 'example.org', url: 'https://www.example.org/chairs?q=oak' },
        says: { category: [], query: 'oak' },
        page: { verdict: 'ok', total: 12, cheapest: { amount: '2050', currency: 'EUR' } },
      },
    ])
  })

  it('a page that lists nothing is refused when it is previewed and when it is saved', async () => {
    const deps = withSite(market, '<title>Shop</title>')
    const unread = { code: 'bad_input', reason: 'watch.unknownSite', values: { host: 'www.example.com' } }
    expect(await refusal(previewSearch(looking(deps), 'https://www.example.com/shop'))).toMatchObject(unread)
    expect(await refusal(confirmPages(looking(deps), [BIKES, 'https://www.example.com/shop']))).toMatchObject(unread)
  })

  it('a page that does not answer now may be saved, and one that is watched already is not asked again', async () => {
    expect(await refusal(confirmPages(looking(), ['https://www.example.com/shop']))).toBeNull()
    const mine = await createTestWorkspace(test.db)
    const urls = ['https://www.example.com/watched']
    await createTestWatch(market, mine, { urls })
    expect(await refusal(confirmPages(looking(withSite(market, '<title>Shop</title>')), urls))).toBeNull()
  })

  it('a page that refuses us is said to do so', async () => {
    market.world.market.setMode('olx.pl', 'blocked')
    const { searches } = await previewSearch(looking(), BIKES)
    expect(searches[0]?.page).toMatchObject({ verdict: 'blocked', total: 0, cheapest: null, photos: [] })
  })
})

describe('a new watch', () => {
  it('is written with its searches, filter and channel, and asks for a scan at once', async () => {
    const mine = await createTestWorkspace(test.db)
    const form = { priceTo: '90000', words: ['gazelle'], notWords: ['uszkodzony'] }
    const id = await createTestWatch(market, mine, { urls: [BIKES, CARS, `${BIKES}?page=2`], interval: 30, form })
    const watch = await mine.run((ctx) => getWatch(ctx, id))
    expect(watch.searches.map((search) => [search.sourceName, search.health])).toEqual([
      ['OLX.pl', 'new'],
      ['Otomoto.pl', 'new'],
    ])
    expect(watch).toMatchObject({ name: 'Bikes', interval: 30, form, channelIds: [expect.any(String)], matchCount: 0 })
    expect(formFromFilter(watch.filter, 'PLN')).toEqual(watch.form)
    const hosts = mine.emitted.filter(({ name }) => name === 'host/scan.due').map(({ data }) => data.host)
    expect(hosts.toSorted()).toEqual(['www.olx.pl', 'www.otomoto.pl'])
    const [audit] = await mine.run((ctx) => ctx.db.select().from(auditEntries).where(eq(auditEntries.subjectId, id)))
    expect(audit).toMatchObject({ action: 'watch.create', actor: `member:${mine.memberId}` })
  })

  it.each([
    ['an advert', { urls: ['https://www.olx.pl/d/oferta/rower-CID767-ID1abcD.html'] }],
    ['a private address', { urls: [BIKES, 'http://192.168.1.1/'] }],
    ['another’s channel', { channelIds: ['0190a0a0-0000-7000-8000-000000000000'] }],
    ['a broken expression', { filter: { on: 'title', is: 'regex', value: '(' } }],
  ])('%s makes no watch', async (_, change) => {
    const mine = await createTestWorkspace(test.db)
    const input = newWatchSchema.parse({ name: 'Bikes', urls: [BIKES], ...change })
    expect(await refusal(mine.run((ctx) => createWatch(ctx, input)))).toMatchObject({ name: 'AppError' })
    expect(await watchRows(mine)).toEqual([])
  })

  it.each([
    ['a name of 10,000 letters', { name: 'x'.repeat(10_000) }],
    ['no name', { name: '  ' }],
    ['21 searches', { urls: Array.from({ length: 21 }, (_, i) => `${BIKES}${i}`) }],
    ['no search', { urls: [] }],
    ['an interval of 0', { interval: 0 }],
    ['an interval of 8 days', { interval: 11_520 }],
    ['a filter of 5,000 levels', { filter: JSON.parse(`${'{"not":'.repeat(5000)}{"all":[]}${'}'.repeat(5000)}`) }],
    ['a filter of 101 conditions', { filter: { any: Array(101).fill({ on: 'title', is: 'word', value: 'x' }) } }],
    ['a value of 201 letters', { filter: { on: 'title', is: 'word', value: 'x'.repeat(201) } }],
    ['an unknown condition', { filter: { on: 'shoe', is: 'word', value: 'x' } }],
    ['a negative price', { form: { priceTo: '-1' } }],
  ])('%s is refused at the door', (_, change) => {
    expect(newWatchSchema.safeParse({ name: 'Bikes', urls: [BIKES], ...change }).success).toBe(false)
  })

  it('a viewer makes none', async () => {
    const viewer = await createTestWorkspace(test.db, 'viewer')
    const input = newWatchSchema.parse({ name: 'Bikes', urls: [BIKES] })
    expect(await refusal(viewer.run((ctx) => createWatch(ctx, input)))).toMatchObject({ code: 'forbidden' })
  })
})

describe('a change of a watch', () => {
  it('of the filter shows what passes now, silently, and keeps what was starred', async () => {
    const mine = await createTestWorkspace(test.db)
    for (const price of [100, 500, 900]) market.world.market.publish({ matching: BIKES, price })
    const id = await createTestWatch(market, mine, { form: { priceTo: '60000' } })
    await scanAll(market.deps)
    expect(await matchesOf(mine, id)).toHaveLength(2)
    const form = { priceFrom: '20000', priceTo: null, currency: 'PLN', words: [], notWords: [] }
    await mine.run((ctx) => updateWatch(ctx, { id, form, name: 'Better bikes' }), at())
    expect(await matchesOf(mine, id)).toHaveLength(2)
    await market.pass(12)
    expect(await kindsIn(mine)).toEqual(['watch.baseline'])
    expect(await mine.run((ctx) => getWatch(ctx, id))).toMatchObject({
      name: 'Better bikes',
      form: { priceFrom: '20000' },
    })
  })

  it('a further search has a silent baseline of its own, a removed one is read no more', async () => {
    const mine = await createTestWorkspace(test.db)
    market.world.market.seedMarket(2, { matching: BIKES })
    market.world.market.seedMarket(3, { matching: CARS })
    const id = await createTestWatch(market, mine)
    await scanAll(market.deps)
    await mine.run((ctx) => updateWatch(ctx, { id, urls: [CARS] }), at())
    await market.pass(12)
    expect(await kindsIn(mine)).toEqual(['watch.baseline', 'watch.baseline'])
    const olx = market.world.market.requests.filter(({ host }) => host.includes('olx')).length
    await market.pass(12)
    expect(market.world.market.requests.filter(({ host }) => host.includes('olx'))).toHaveLength(olx)
  })

  it('a shorter interval counts at once', async () => {
    const mine = await createTestWorkspace(test.db)
    const id = await createTestWatch(market, mine, { interval: 600 })
    await scanAll(market.deps)
    await mine.run((ctx) => updateWatch(ctx, { id, interval: 5 }), at())
    const asked = market.world.market.requests.length
    await market.pass(6)
    expect(market.world.market.requests).toHaveLength(asked + 1)
  })

  it('what does not exist, or is deleted, is not found', async () => {
    const mine = await createTestWorkspace(test.db)
    const id = await createTestWatch(market, mine)
    await mine.run((ctx) => deleteWatch(ctx, id))
    const verbs: readonly ((ctx: Ctx, id: string) => Promise<unknown>)[] = [
      pauseWatch,
      resumeWatch,
      deleteWatch,
      scanWatch,
      getWatch,
    ]
    for (const verb of verbs) {
      expect(await refusal(mine.run((ctx) => verb(ctx, id)))).toMatchObject({ code: 'not_found' })
    }
    expect(await refusal(mine.run((ctx) => updateWatch(ctx, { id, name: 'x' })))).toMatchObject({ code: 'not_found' })
  })
})

describe('scan now', () => {
  it('reads at once, not twice within half a minute, and not while paused', async () => {
    const mine = await createTestWorkspace(test.db)
    const id = await createTestWatch(market, mine)
    await scanAll(market.deps)
    expect(await refusal(mine.run((ctx) => scanWatch(ctx, id), at()))).toMatchObject({ reason: 'watch.scannedJustNow' })
    const asked = market.world.market.requests.length
    market.world.clock.advance(60_000)
    expect(await mine.run((ctx) => scanWatch(ctx, id), at())).toEqual({ searches: 1 })
    const log = await mine.run((ctx) => ctx.db.select().from(auditEntries).where(eq(auditEntries.subjectId, id)))
    expect(log.map(({ action }) => action).toSorted()).toEqual(['watch.create', 'watch.scan'])
    await scanAll(market.deps)
    expect(market.world.market.requests).toHaveLength(asked + 1)
    await mine.run((ctx) => pauseWatch(ctx, id), at())
    expect(await refusal(mine.run((ctx) => scanWatch(ctx, id), at()))).toMatchObject({ reason: 'watch.paused' })
  })

  it('does not hurry a site that refuses us', async () => {
    const mine = await createTestWorkspace(test.db)
    const id = await createTestWatch(market, mine)
    market.world.market.setMode('olx.pl', 'blocked')
    await scanAll(market.deps)
    market.world.clock.advance(120_000)
    const refused = await refusal(mine.run((ctx) => scanWatch(ctx, id), at()))
    expect(refused).toMatchObject({ code: 'too_many', reason: 'watch.blocked', retryAfter: expect.any(Number) })
  })
})

describe('where a watch tells', () => {
  it('another member’s own channel stays and can be taken off, but not be chosen', async () => {
    const mine = await createTestWorkspace(test.db)
    const id = await createTestWatch(market, mine)
    const { channelIds } = await mine.run((ctx) => getWatch(ctx, id))
    await giveChannelsAway(mine)
    await mine.run((ctx) => updateWatch(ctx, { id, name: 'Bicycles', channelIds }))
    expect(await mine.run((ctx) => getWatch(ctx, id))).toMatchObject({ name: 'Bicycles', channelIds })
    await mine.run((ctx) => updateWatch(ctx, { id, channelIds: [] }))
    const chosen = [
      mine.run((ctx) => updateWatch(ctx, { id, channelIds })),
      mine.run((ctx) => createWatch(ctx, newWatchSchema.parse({ name: 'Mine', urls: [BIKES], channelIds }))),
    ]
    for (const refused of await Promise.all(chosen.map(refusal))) {
      expect(refused).toMatchObject({ code: 'forbidden', reason: 'channel.private' })
    }
  })

  it('a deleted channel does not stand in the way of other changes', async () => {
    const mine = await createTestWorkspace(test.db)
    const id = await createTestWatch(market, mine)
    await mine.run((ctx) => ctx.db.update(channels).set({ deletedAt: at() }))
    const { channelIds } = await mine.run((ctx) => getWatch(ctx, id))
    await mine.run((ctx) => updateWatch(ctx, { id, name: 'Bicycles', channelIds }))
    expect(await mine.run((ctx) => getWatch(ctx, id))).toMatchObject({ name: 'Bicycles', channelIds: [] })
  })
})

/** To a second member. */
async function giveChannelsAway({ workspaceId, run }: TestWorkspace): Promise<void> {
  const [userId, memberId] = [newId(), newId()]
  await withSystem(test.db, 'test', async (tx) => {
    await tx.insert(users).values({ id: userId, email: `${userId}@example.org`, name: 'Other' })
    await tx.insert(members).values({ id: memberId, workspaceId, userId, role: 'staff' })
  })
  await run((ctx) => ctx.db.update(channels).set({ memberId }))
}

describe('the list of watches', () => {
  it('tells health, when it was read, what is new and cheaper today, and the week', async () => {
    const mine = await createTestWorkspace(test.db)
    const advert = market.world.market.publish({ matching: BIKES, price: 1000 })
    const id = await createTestWatch(market, mine)
    await scanAll(market.deps)
    market.world.market.publish({ matching: BIKES })
    market.world.market.reprice(advert.id, 800)
    await market.pass(12)
    const [row] = await mine.run((ctx) => listWatches(ctx), at())
    expect(row).toMatchObject({ id, newCount: 1, droppedCount: 1, searches: [{ health: 'ok', total: 2 }] })
    expect(row?.week.reduce((sum, count) => sum + count, 0)).toBe(1)
    expect(row?.lastMatchAt).not.toBeNull()
    await mine.run((ctx) => deleteWatch(ctx, id))
    expect(await mine.run((ctx) => listWatches(ctx), at())).toEqual([])
  })
})
