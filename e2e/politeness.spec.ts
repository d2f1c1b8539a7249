import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from '@playwright/test'
import { sql } from 'drizzle-orm'
import { withSystem } from '@/db/scope'
import { gatherCrowd, SEARCHES, WATCHES } from './crowd.ts'
import { addWatch, type Desk, eventually, openDesk } from './desk.ts'
import { startWorld, type World } from './world/world.ts'

const OLX = 'www.olx.pl'
const OTOMOTO = 'www.otomoto.pl'
/** robots.txt, and the adverts' own pages that are asked while a round goes on. */
const OTHERS = 30

/** As the world counts them. */
const [OLX_SITE, OTOMOTO_SITE] = ['olx.pl', 'otomoto.pl']

/** All of one width: "numer1" would find "numer17", too. */
const bikes = (n: number) => `https://www.olx.pl/sport-hobby/rowery/krakow/q-numer${1000 + n}/`
const cars = (n: number) => `https://www.otomoto.pl/osobowe/od-${1970 + n}`

const held: { world?: World; desk?: Desk; begun?: number } = {}

function stage(): { world: World; desk: Desk } {
  const { world, desk } = held
  if (!world || !desk) throw new Error('the stage is not set')
  return { world, desk }
}

test.describe('1,000 watches over 200 searches, with two workers', () => {
  test.describe.configure({ mode: 'serial', timeout: 120_000 })

  test.beforeAll(async () => {
    held.world = await startWorld()
    held.desk = await openDesk(held.world)
    const { world, desk } = stage()
    for (let n = 0; n < SEARCHES; n++) world.market.seedMarket(3, { matching: bikes(n) })
    await gatherCrowd(world, desk, { urlOf: bikes, chats: 0 })
    expect(await count(desk, sql`watches`)).toBe(WATCHES)
    await setBudget(desk, OLX, SEARCHES + OTHERS)
    for (let n = 0; n < 40; n++) await addWatch(desk, { urls: [cars(n)] })
    await Promise.all([desk.startWorker(), desk.startWorker()])
    await Promise.all([OLX, OTOMOTO].map((host) => desk.wakeHost(host)))
    held.begun = Date.now()
  })

  test.afterAll(async () => {
    await held.desk?.close()
    await held.world?.close()
  })

  test.afterEach(() => {
    const { world } = stage()
    expect(Math.max(...[OLX_SITE, OTOMOTO_SITE].map((site) => world.market.peakAtOnce(site)))).toBe(1)
  })

  test('each search is fetched once a round, one at a time, within the budget of its host', async () => {
    const { world, desk } = stage()
    await takeRound(1)
    expect(await count(desk, sql`watch_searches where baseline_at is not null and url like '%olx.pl%'`)).toBe(WATCHES)

    for (let n = 0; n < 20; n++) world.market.publish({ matching: bikes(n * 10) })
    await setBudget(desk, OLX, 2 * SEARCHES + OTHERS)
    await makeDue(desk)
    await takeRound(2)
    expect(world.market.busiestMinute(OLX_SITE)).toBeLessThanOrEqual(2 * SEARCHES + OTHERS)

    // The minute is used up: what is due waits.
    await makeDue(desk)
    await sleep(3000)
    expect(world.market.busiestMinute(OLX_SITE)).toBeLessThanOrEqual(2 * SEARCHES + OTHERS)
  })

  test('unasked, a host gets no more than 20 requests in a minute', async () => {
    const { world } = stage()
    const asked = () => world.market.requests.filter(({ host }) => host === OTOMOTO_SITE)
    await eventually('20 of 40 searches are read', () => asked().length >= 20)
    await sleep(Math.max(2000, 20_000 - (Date.now() - (held.begun ?? 0))))
    const [first] = asked()
    const withinMinute = asked().filter(({ at }) => at.getTime() - Number(first?.at) < 60_000)
    expect(withinMinute).toHaveLength(20)
    expect(world.market.busiestMinute(OTOMOTO_SITE)).toBe(20)
  })

  test('a host that answers 429 is left alone for as long as it asks', async () => {
    const { world, desk } = stage()
    await setBudget(desk, OLX, 100_000)
    await desk.wakeHost(OLX)
    await eventually('what was due is read', () => isDone(desk), 60_000)
    const before = world.market.requests.length
    const asked = () => world.market.requests.slice(before).filter(({ host }) => host === OLX_SITE)
    world.market.setMode(OLX, { kind: 'rate', retryAfter: 4 }, { times: 1 })
    await makeDue(desk)
    await eventually('all others are read', () => asked().length >= SEARCHES, 60_000)

    const [refused, next] = asked()
    expect(refused?.status).toBe(429)
    expect(Number(next?.at) - Number(refused?.at)).toBeGreaterThanOrEqual(4000)
    // The refused search itself waits its turn.
    await eventually('the round is over', () => isDone(desk))
    expect(asked().filter(({ path }) => path === refused?.path)).toHaveLength(1)
  })
})

async function count({ db }: Desk, what: ReturnType<typeof sql>): Promise<number> {
  const [row] = await withSystem(db, 'politeness test', (tx) =>
    tx.execute<{ n: number }>(sql`select count(*)::int as n from ${what}`),
  )
  return row?.n ?? 0
}

async function setBudget({ db }: Desk, host: string, perMinute: number): Promise<void> {
  await db.execute(sql`
    insert into hosts (host, per_minute) values (${host}, ${perMinute})
    on conflict (host) do update set per_minute = excluded.per_minute`)
}

async function makeDue(desk: Desk): Promise<void> {
  await desk.db.execute(sql`update searches set due_at = now() where host = ${OLX}`)
  await desk.wakeHost(OLX)
}

async function isDone(desk: Desk): Promise<boolean> {
  return (await count(desk, sql`searches where host = ${OLX} and (due_at <= now() or claim_id is not null)`)) === 0
}

/** However many watches share a search, it is asked for once. */
async function takeRound(rounds: number): Promise<void> {
  const { world, desk } = stage()
  await eventually(`round ${rounds} is over`, () => isDone(desk), 60_000)
  // Beside them a few adverts' own pages are asked, and robots.txt.
  const isSearch = (key: string) => key.startsWith(OLX_SITE) && key.includes('/sport-hobby/')
  const counts = Object.entries(world.market.countByKey()).filter(([key]) => isSearch(key))
  expect(counts).toHaveLength(SEARCHES)
  expect([...new Set(counts.map(([, times]) => times))]).toEqual([rounds])
}
