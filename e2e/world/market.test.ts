import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ask } from './ask.ts'
import { startWorld, type World } from './world.ts'

const BIKES = 'https://www.olx.pl/sport-hobby/rowery/krakow/q-rower-miejski/?search%5Border%5D=created_at:desc'
const NOON = new Date('2026-03-10T11:00:00Z')

let world: World
beforeEach(async () => {
  world = await startWorld({ seed: 3, now: () => NOON })
})
afterEach(() => world.close())

type StateAd = {
  id: number
  title: string
  price: { regularPrice: { value: number } | null; exchange: boolean; free: boolean }
  lastRefreshTime: string
  pushupTime: string | null
  url: string
  photos: string[]
}
type Listing = {
  ads: StateAd[]
  totalElements: number
  visibleElements: number
  totalPages: number
  links: { next?: string; self: string }
  metaData: { searchReason: { promoted: number[]; organic: number[] } }
}

/** The state, found by a plain pattern and decoded twice: as little as a reader can do. */
function stateIn(text: string) {
  const literal = /window\.__PRERENDERED_STATE__\s*=\s*("(?:[^"\\]|\\.)*");/.exec(text)?.[1]
  if (literal === undefined) throw new Error('no state')
  return JSON.parse(JSON.parse(literal)) as { listing: { listing: Listing }; ad: { ad: StateAd } }
}

async function listing(address = BIKES): Promise<Listing> {
  return stateIn((await ask(world.market.origin, address)).text).listing.listing
}

async function edges(address: string) {
  const { text } = await ask(world.market.origin, address)
  const data = /<script id="__NEXT_DATA__"[^>]*>(.*?)<\/script>/s.exec(text)?.[1] ?? ''
  const urql: { data: string }[] = Object.values(JSON.parse(data).props.pageProps.urqlState)
  const search = urql.map((entry) => JSON.parse(entry.data)).find((one) => one.advertSearch)
  return search.advertSearch as {
    totalCount: number
    url: string
    edges: { vas: { isPromoted: boolean }; node: { id: string; price: { amount: { units: number } } } }[]
  }
}

describe('OLX result pages', () => {
  test('a published advert is found by the search that it was made for, with its price and place', async () => {
    const advert = world.market.publish({ matching: BIKES, price: 640 })
    const { ads, totalElements } = await listing()
    expect(ads.map((ad) => [String(ad.id), ad.title, ad.price.regularPrice?.value])).toEqual([
      [advert.id, advert.title, 640],
    ])
    expect([totalElements, advert.city.name]).toEqual([1, 'Kraków'])
  })

  test('an advert made cheaper keeps its id and shows the new price', async () => {
    const { id } = world.market.publish({ matching: BIKES, price: 640 })
    world.market.reprice(id, 590)
    const { ads } = await listing()
    expect(ads.map((ad) => [String(ad.id), ad.price.regularPrice?.value])).toEqual([[id, 590]])
  })

  test('promoted adverts stand at 0–2, 13–15, 26–28 and 39–41 among forty others', async () => {
    world.market.seedMarket(60, { matching: BIKES, promoted: false })
    world.market.seedMarket(12, { matching: BIKES, promoted: true })
    const page = await listing()
    expect(page.ads).toHaveLength(52)
    expect(page.metaData.searchReason.promoted).toEqual([0, 1, 2, 13, 14, 15, 26, 27, 28, 39, 40, 41])
    expect(page.links.next).toContain('offset=40')
  })

  test('the second page and the API page that the first one links to hold the same adverts, and no third follows', async () => {
    world.market.seedMarket(60, { matching: BIKES, promoted: false })
    const first = await listing()
    const second = await listing(`${BIKES}&page=2`)
    const api = JSON.parse((await ask(world.market.origin, first.links.next ?? '')).text)
    expect(second.ads.map((ad) => ad.id)).toEqual(api.data.map((one: { id: number }) => one.id))
    expect(second.ads).toHaveLength(20)
    expect(second.links.next).toBeUndefined()
  })

  test('counts stop at 1,000 where more are visible', async () => {
    world.market.seedMarket(1050, { matching: BIKES, promoted: false })
    const page = await listing()
    expect([page.totalElements, page.visibleElements, page.totalPages]).toEqual([1000, 1050, 25])
  })

  test('price, words, place and district narrow a search, and diacritics do not matter', async () => {
    world.market.publish({ matching: BIKES, price: 300, title: 'Rower miejski Łabędź', district: 'Podgórze' })
    world.market.publish({ matching: BIKES, price: 900, title: 'Rower miejski Łabędź' })
    world.market.publish({ matching: BIKES, price: 300, city: 'Gdańsk' })
    const base = 'https://www.olx.pl/sport-hobby/rowery/krakow'
    expect((await listing(`${base}/q-LABEDZ/`)).ads).toHaveLength(2)
    expect((await listing(`${base}/?search%5Bfilter_float_price:to%5D=500`)).ads).toHaveLength(1)
    expect(
      (await listing('https://www.olx.pl/sport-hobby/rowery/?search%5Bfilter_float_price:to%5D=500')).ads,
    ).toHaveLength(2)
    expect((await listing(`${base}/?search%5Bdistrict_id%5D=89590`)).ads.length).toBeGreaterThan(0)
  })

  test('a bump moves an old advert to the front and says so only in pushupTime', async () => {
    const old = world.market.publish({ matching: BIKES, at: new Date('2026-02-01T10:00:00Z') })
    world.market.publish({ matching: BIKES, at: new Date('2026-03-09T10:00:00Z') })
    expect((await listing()).ads.map((ad) => ad.pushupTime)).toEqual([null, null])
    world.market.bump(old.id)
    const first = (await listing()).ads[0]
    expect([String(first?.id), first?.pushupTime]).toEqual([old.id, '2026-03-10T12:00:00+01:00'])
  })

  test('a removed advert leaves the list and a restored one comes back under its id', async () => {
    const { id } = world.market.publish({ matching: BIKES })
    world.market.remove(id)
    expect((await listing()).ads).toEqual([])
    world.market.restore(id)
    expect((await listing()).ads.map((ad) => String(ad.id))).toEqual([id])
  })

  test('a repost is another id with the title, seller and picture of the removed one', async () => {
    const old = world.market.publish({ matching: BIKES, price: 500 })
    const again = world.market.repost(old.id, 450)
    expect(again.id).not.toBe(old.id)
    expect([again.title, again.seller.id, again.picture]).toEqual([old.title, old.seller.id, old.picture])
    const [ours, theirs] = await Promise.all([old, again].map((one) => ask(world.market.origin, one.photos[0] ?? '')))
    expect(ours?.bytes.equals(theirs?.bytes ?? Buffer.alloc(0))).toBe(true)
  })

  test('free and exchange have no price, only their flag', async () => {
    world.market.publish({ matching: BIKES, price: 'free' })
    world.market.publish({ matching: BIKES, price: 'exchange' })
    const { ads } = await listing()
    expect(ads.map((ad) => ad.price.regularPrice)).toEqual([null, null])
    expect(ads.filter((ad) => ad.price.free)).toHaveLength(1)
    expect(ads.filter((ad) => ad.price.exchange)).toHaveLength(1)
  })

  test('cards are rendered an hour behind the state, in UTC, as the site does', async () => {
    world.market.publish({ matching: BIKES })
    const { text } = await ask(world.market.origin, BIKES)
    expect(stateIn(text).listing.listing.ads[0]?.lastRefreshTime).toBe('2026-03-10T12:00:00+01:00')
    expect(text).toContain('Dzisiaj o 11:00')
  })

  test('the same seed and clock give the same page, another seed another', async () => {
    const pageOf = async (seed: number) => {
      const one = await startWorld({ seed, now: () => NOON, adverts: 200, ports: { market: 0 } })
      const { text } = await ask(one.market.origin, 'https://www.olx.pl/sport-hobby/rowery/')
      await one.close()
      return text.replaceAll(`localhost:${one.market.port}`, 'localhost')
    }
    expect(await pageOf(5)).toBe(await pageOf(5))
    expect(await pageOf(5)).not.toBe(await pageOf(6))
  })

  test('a page weighs what it is asked to', async () => {
    const heavy = await startWorld({ adverts: 300, pageKilobytes: 900 })
    const { bytes } = await ask(heavy.market.origin, 'https://www.olx.pl/sport-hobby/rowery/')
    await heavy.close()
    expect(bytes.length).toBeGreaterThan(900_000)
    expect(bytes.length).toBeLessThan(1_600_000)
  })
})

describe('OLX offer pages', () => {
  test('an open advert is told by the state of its page', async () => {
    const advert = world.market.publish({ matching: BIKES, price: 640 })
    const { text } = await ask(world.market.origin, world.market.urlOf(advert))
    expect([stateIn(text).ad.ad.id, stateIn(text).ad.ad.price.regularPrice?.value]).toEqual([Number(advert.id), 640])
  })

  test('a removed advert is a page with a message to a browser and 410 to everybody else', async () => {
    const advert = world.market.publish({ matching: BIKES })
    world.market.remove(advert.id)
    const url = world.market.urlOf(advert)
    const shown = await ask(world.market.origin, url, { 'user-agent': 'Mozilla/5.0' })
    expect([shown.status, shown.text.includes('data-testid="ad-inactive-msg"')]).toEqual([200, true])
    expect((await ask(world.market.origin, url)).status).toBe(410)
  })

  test('a held advert and an unknown one are neither open nor removed', async () => {
    const advert = world.market.publish({ matching: BIKES })
    world.market.hold(advert.id)
    const held = await ask(world.market.origin, world.market.urlOf(advert))
    expect([held.status, held.text.includes('<title data-rh="true">Ogłoszenie wstrzymane')]).toEqual([200, true])
    expect((await ask(world.market.origin, 'https://www.olx.pl/d/oferta/x-CID1-IDzzzzz.html')).status).toBe(404)
  })
})

describe('Otomoto', () => {
  const OCTAVIAS = 'https://www.otomoto.pl/osobowe/skoda/octavia'

  test('a published car is found by make and model, cheaper under the same id', async () => {
    const car = world.market.publish({ matching: OCTAVIAS, price: 30_000 })
    world.market.reprice(car.id, 28_000)
    const found = await edges(OCTAVIAS)
    expect(found.edges.map(({ node }) => [node.id, node.price.amount.units])).toEqual([[car.id, 28_000]])
  })

  test('a filter that the site does not know is dropped, and only the answered address shows it', async () => {
    world.market.publish({ matching: 'https://www.otomoto.pl/osobowe/skoda/fabia' })
    const found = await edges('https://www.otomoto.pl/osobowe/skoda/3-series')
    expect([found.totalCount, new URL(found.url).pathname]).toEqual([1, '/osobowe/skoda'])
  })

  test('page 1 may hold promoted cars only, unless the newest are asked for', async () => {
    world.market.seedMarket(40, { matching: OCTAVIAS, promoted: true, at: new Date('2026-01-01T10:00:00Z') })
    const newest = world.market.publish({ matching: OCTAVIAS })
    const first = await edges(OCTAVIAS)
    expect(first.edges.every((edge) => edge.vas.isPromoted)).toBe(true)
    const sorted = await edges(`${OCTAVIAS}?search%5Border%5D=created_at_first:desc`)
    expect(sorted.edges[0]?.node.id).toBe(newest.id)
  })

  test('a removed car is 404', async () => {
    const car = world.market.publish({ site: 'otomoto' })
    expect((await ask(world.market.origin, world.market.urlOf(car))).status).toBe(200)
    world.market.remove(car.id)
    expect((await ask(world.market.origin, world.market.urlOf(car))).status).toBe(404)
  })
})

describe('how a host answers', () => {
  test.each([
    ['blocked', 403, 'could not be satisfied'],
    ['captcha200', 200, 'captcha'],
    ['broken', 500, 'Internal Server Error'],
    ['gone', 404, '404'],
  ] as const)('%s is status %i', async (mode, status, words) => {
    world.market.setMode('www.olx.pl', mode)
    const answer = await ask(world.market.origin, BIKES)
    expect([answer.status, answer.text.includes(words), answer.text.includes('__PRERENDERED_STATE__')]).toEqual([
      status,
      true,
      false,
    ])
    expect((await ask(world.market.origin, 'https://www.otomoto.pl/osobowe')).status).toBe(200)
  })

  test('empty is the site saying that nothing matches; changed has neither state nor cards', async () => {
    world.market.publish({ matching: BIKES })
    world.market.setMode('olx.pl', 'empty')
    expect((await listing()).totalElements).toBe(0)
    world.market.setMode('olx.pl', 'changed')
    const { status, text } = await ask(world.market.origin, BIKES)
    expect([status, text.includes('__PRERENDERED_STATE__'), text.includes('l-card')]).toEqual([200, false, false])
  })

  test('rate says when to come back, and a mode with times heals by itself', async () => {
    world.market.setMode('olx.pl', { kind: 'rate', retryAfter: 90 }, { times: 1 })
    const refused = await ask(world.market.origin, BIKES)
    expect([refused.status, refused.headers['retry-after']]).toEqual([429, '90'])
    expect((await ask(world.market.origin, BIKES)).status).toBe(200)
  })

  test('truncated dies half-way; cut is half a page that ends well', async () => {
    world.market.setMode('olx.pl', 'truncated')
    await expect(ask(world.market.origin, BIKES)).rejects.toThrow()
    world.market.setMode('olx.pl', 'cut')
    const cut = await ask(world.market.origin, BIKES)
    expect([cut.status, cut.text.endsWith('</html>')]).toEqual([200, false])
  })

  test('slow waits, redirect leads away, huge is as large as asked, hang never answers', async () => {
    const patience = () => new Promise((resolve) => setTimeout(() => resolve('still waiting'), 100))
    world.market.setMode('olx.pl', { kind: 'slow', ms: 400 })
    const slow = ask(world.market.origin, BIKES)
    expect(await Promise.race([slow, patience()])).toBe('still waiting')
    expect((await slow).status).toBe(200)
    world.market.setMode('olx.pl', { kind: 'redirect', location: 'http://169.254.169.254/' })
    expect((await ask(world.market.origin, BIKES)).headers.location).toBe('http://169.254.169.254/')
    world.market.setMode('olx.pl', { kind: 'huge', bytes: 9_000_000 })
    expect((await ask(world.market.origin, BIKES)).bytes.length).toBeGreaterThan(9_000_000)
    world.market.setMode('olx.pl', 'hang')
    const never = ask(world.market.origin, BIKES).catch(() => 'closed')
    expect(await Promise.race([never, patience()])).toBe('still waiting')
  })

  test('a mode may hold for one path only, photos included', async () => {
    const advert = world.market.publish({ matching: BIKES, photos: 1 })
    world.market.setMode('photos', 'gone', { path: `/photo/${advert.id}/` })
    world.market.setMode('olx.pl', 'blocked', { path: '/dla-dzieci' })
    expect((await ask(world.market.origin, advert.photos[0] ?? '')).status).toBe(404)
    expect((await ask(world.market.origin, 'https://www.olx.pl/dla-dzieci/')).status).toBe(403)
    expect((await ask(world.market.origin, BIKES)).status).toBe(200)
  })

  test('an unchanged page is 304 to who knows its tag, and another page after a change', async () => {
    const { id } = world.market.publish({ matching: BIKES, price: 500 })
    const first = await ask(world.market.origin, BIKES)
    const known = { 'if-none-match': first.headers.etag ?? '' }
    expect((await ask(world.market.origin, BIKES, known)).status).toBe(304)
    world.market.reprice(id, 400)
    expect((await ask(world.market.origin, BIKES, known)).status).toBe(200)
  })

  test('gzip is used when accepted and holds the same page', async () => {
    world.market.seedMarket(50)
    const plain = await ask(world.market.origin, BIKES)
    const packed = await ask(world.market.origin, BIKES, { 'accept-encoding': 'gzip, br' })
    expect([plain.headers['content-encoding'], packed.headers['content-encoding']]).toEqual([undefined, 'gzip'])
    expect(packed.text).toBe(plain.text)
  })
})

describe('what was asked', () => {
  test('requests are counted by search, whatever the page, and by the busiest minute', async () => {
    await ask(world.market.origin, BIKES)
    await ask(world.market.origin, `${BIKES}&page=2`)
    world.clock.advance(61_000)
    await ask(world.market.origin, BIKES, { 'user-agent': 'Gleaner/1' })
    expect(Object.values(world.market.countByKey())).toEqual([3])
    expect([world.market.busiestMinute('olx.pl'), world.market.peakAtOnce('olx.pl')]).toEqual([2, 1])
    expect(world.market.requests.at(-1)?.headers['user-agent']).toBe('Gleaner/1')
  })

  test('a photo is a real picture of 320 × 240, another one for each advert', async () => {
    const [one, two] = world.market.seedMarket(2, { photos: 1 })
    const first = await ask(world.market.origin, one?.photos[0] ?? '')
    const second = await ask(world.market.origin, two?.photos[0] ?? '')
    expect(first.headers['content-type']).toBe('image/png')
    expect([first.bytes.readUInt32BE(16), first.bytes.readUInt32BE(20)]).toEqual([320, 240])
    expect(first.bytes.equals(second.bytes)).toBe(false)
  })

  test('things happen by themselves, the same for the same seed', async () => {
    world.market.seedMarket(30)
    const kinds = Array.from({ length: 40 }, () => world.market.tick().kind)
    expect(new Set(kinds)).toEqual(new Set(['published', 'cheaper', 'bumped', 'removed', 'promoted']))
  })
})
