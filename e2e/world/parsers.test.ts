import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { recogniseUrl, sources } from '@/bargains/sources/registry'
import type { ParsedPage } from '@/bargains/sources/source'
import { ask } from './ask.ts'
import { DEMO_SEARCHES, furnish } from './demo.ts'
import type { Advert } from './market/advert.ts'
import { startWorld, type World } from './world.ts'

/** The world is worth nothing if what it serves is not what the sources read. */

const BIKES = 'https://www.olx.pl/sport-hobby/rowery/krakow/q-rower-miejski/?search%5Border%5D=created_at:desc'
const CARS = 'https://www.otomoto.pl/osobowe/skoda?search%5Border%5D=created_at_first:desc'

let world: World
beforeAll(async () => {
  world = await startWorld({ seed: 9, adverts: 300 })
  world.market.seedMarket(50, { matching: BIKES, promoted: false })
  world.market.seedMarket(5, { matching: BIKES, promoted: true })
  for (const price of ['free', 'exchange'] as const) world.market.publish({ matching: BIKES, price })
  world.market.publish({ matching: BIKES, price: 777, arranged: true })
})
afterAll(() => world.close())

async function parsed(address: string, headers: Record<string, string> = {}, where = world): Promise<ParsedPage> {
  const source = sources.find((one) => one.hosts.includes(new URL(address).hostname))
  if (source === undefined) throw new Error(`no source reads ${address}`)
  const { status, bytes, headers: got } = await ask(where.market.origin, address, headers)
  return source.parse({ bytes, url: address, status, headers: { 'content-type': got['content-type'] ?? '' } })
}

function amountOf(advert: Advert): string | null {
  return advert.price.amount === null ? null : String(Math.round(advert.price.amount * 100))
}

/** Id and price of each item beside those of the advert behind it. */
function compare(page: ParsedPage) {
  const read = page.items.map((item) => [item.externalId, item.title, item.price.amount?.toString() ?? null])
  const real = page.items.map((item) => {
    const advert = world.market.get(item.externalId)
    return [advert.id, advert.title, amountOf(advert)]
  })
  return { read, real }
}

const kinds: readonly (readonly [string, string, number])[] = [
  ['an OLX result page', BIKES, 45],
  ['the second OLX page', `${BIKES}&page=2`, 10],
  ['an OLX API page', 'https://www.olx.pl/api/v1/offers?offset=0&limit=40&query=rower+miejski&city_id=8959', 45],
  ['an Otomoto result page', CARS, 1],
]

test.each(kinds)('%s is read whole: ids, titles and prices', async (_name, address, least) => {
  const page = await parsed(address)
  expect([page.verdict, page.rejected]).toEqual(['ok', []])
  expect(page.items.length).toBeGreaterThanOrEqual(least)
  const { read, real } = compare(page)
  expect(read).toEqual(real)
})

test.each(DEMO_SEARCHES)('%s of the demo is recognised and finds adverts, the newest first', async (pasted) => {
  const demo = await startWorld()
  furnish(demo)
  const advert = demo.market.publish({ matching: pasted })
  const recognised = recogniseUrl(pasted)?.recognised
  if (recognised?.kind !== 'result') throw new Error('not a result page')
  const page = await parsed(recognised.url, {}, demo)
  await demo.close()
  expect(page.verdict).toBe('ok')
  expect(page.items.filter((item) => !item.promoted)[0]?.externalId).toBe(advert.id)
})

test('free, exchange and arranged keep their kinds', async () => {
  const page = await parsed(BIKES)
  const kindsOf = new Set(page.items.map((item) => item.price.kind))
  expect(kindsOf).toEqual(new Set(['fixed', 'free', 'exchange']))
})

test('the page says which adverts are promoted, where they are and where their photos lie', async () => {
  const page = await parsed(BIKES)
  expect(page.items.filter((item) => item.promoted)).toHaveLength(5)
  const item = page.items.at(-1)
  const advert = world.market.get(item?.externalId ?? '')
  expect([item?.place?.city, item?.place?.district]).toEqual([advert.city.name, advert.district?.name])
  expect(item?.photos).toEqual(advert.photos)
  expect(item?.postedAt).toBe(advert.createdAt.toISOString())
})

test('the next page leads to adverts that the first did not have', async () => {
  const first = await parsed(BIKES)
  const second = await parsed(first.next ?? '')
  const known = new Set(first.items.map((item) => item.externalId))
  expect(second.items.filter((item) => !item.promoted && known.has(item.externalId))).toEqual([])
  expect(second.next).toBeNull()
})

describe('offer pages', () => {
  test.each([BIKES, CARS])('an open advert of %s is read', async (matching) => {
    const advert = world.market.publish({ matching, price: 650 })
    const page = await parsed(world.market.urlOf(advert))
    expect([page.verdict, page.kind]).toEqual(['ok', 'offer'])
    expect(compare(page).read).toEqual([[advert.id, advert.title, '65000']])
  })

  test('removed is gone, as a page and as a status; held is held', async () => {
    const advert = world.market.publish({ matching: BIKES })
    const car = world.market.publish({ matching: CARS })
    world.market.hold(advert.id)
    expect((await parsed(world.market.urlOf(advert))).verdict).toBe('held')
    world.market.remove(advert.id)
    world.market.remove(car.id)
    expect((await parsed(world.market.urlOf(advert), { 'user-agent': 'Mozilla/5.0' })).verdict).toBe('gone')
    expect((await parsed(world.market.urlOf(advert))).verdict).toBe('gone')
    expect((await parsed(world.market.urlOf(car))).verdict).toBe('gone')
  })
})

describe.each([
  ['OLX', BIKES],
  ['the OLX API', 'https://www.olx.pl/api/v1/offers?offset=0&limit=40&query=rower'],
  ['Otomoto', CARS],
])('%s in trouble', (_name, address) => {
  test.each([
    ['empty', 'empty'],
    ['blocked', 'blocked'],
    ['captcha200', 'blocked'],
    ['changed', 'changed'],
    ['partial', 'partial'],
    ['broken', 'failed'],
    ['gone', 'gone'],
  ] as const)('%s is judged %s', async (mode, verdict) => {
    const host = new URL(address).hostname
    world.market.setMode(host, mode, { times: 1 })
    expect((await parsed(address)).verdict).toBe(verdict)
    expect((await parsed(address)).verdict).toBe('ok')
  })

  test('a page that ends half-way is not read as a shorter one', async () => {
    world.market.setMode(new URL(address).hostname, 'cut', { times: 1 })
    expect((await parsed(address)).verdict).toBe('changed')
  })
})
