import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import { withSystem } from '@/db/scope'
import { gatherCrowd, SEARCHES } from '../e2e/crowd'
import { type Desk, eventually, openDesk, type Worker } from '../e2e/desk'
import { startWorld, type World } from '../e2e/world/world'
import { cpuSeconds, familyOf, megabytes, residentMegabytes, watchMost } from './proc-inside'

export type AlertFigure = { readonly measure: string; readonly value: number; readonly unit: string }

const HOST = 'www.olx.pl'
const ADVERTS = 39
const LISTINGS = 100_000
const OBSERVATIONS = 10
/** These searches have three to five watches each: one of them is no burst. */
const QUIET = Array.from({ length: 120 }, (_, n) => 70 + n)
const TRICKLE_MS = 500
const BURST = 4

const urlOf = (n: number) => `https://www.olx.pl/sport-hobby/rowery/krakow/q-numer${1000 + n}/`

type Stage = { readonly world: World; readonly desk: Desk; readonly tell: (progress: string) => void }
type Scene = Stage & { readonly worker: Worker }

export async function measureAlerts(tell: (progress: string) => void): Promise<readonly AlertFigure[]> {
  const world = await startWorld({ pageKilobytes: 900 })
  const desk = await openDesk(world)
  try {
    await furnish({ world, desk, tell })
    const figures = await idle({ world, desk, tell })
    const scene = { world, desk, tell, worker: await desk.startWorker() }
    await sleep(5000)
    return [...figures, ...(await measure(scene))]
  } catch (error) {
    console.error(desk.lastWords())
    throw error
  } finally {
    await desk.close()
    await world.close()
  }
}

async function furnish({ world, desk, tell }: Stage): Promise<void> {
  for (let n = 0; n < SEARCHES; n++) world.market.seedMarket(ADVERTS, { matching: urlOf(n) })
  await gatherCrowd(world, desk, { urlOf, chats: 2 })
  await desk.db.execute(sql`insert into hosts (host, per_minute) values (${HOST}, 1000000)`)
  tell('the crowd is there')
  await preload(desk)
  tell(`${LISTINGS} listings with ${OBSERVATIONS} observations each are there`)
}

/** A year of a busy desk: each search has shown five hundred adverts before. */
async function preload({ db }: Desk): Promise<void> {
  await db.execute(sql`
    insert into listings (id, source, external_id, url, title, description, price_kind, amount, currency, first_seen_at, last_seen_at)
    select gen_random_uuid(), 'olx', 'old' || n, 'https://www.olx.pl/d/oferta/' || n, 'Rower ' || n, repeat('Stan dobry. ', 40),
      'fixed', 10000 + n % 9000, 'PLN', now() - n * interval '5 minutes', now() - n * interval '4 minutes'
    from generate_series(1, ${LISTINGS}::int) n`)
  await db.execute(sql`
    insert into observations (listing_id, seen_at, state, price_kind, amount, currency)
    select id, first_seen_at + o * interval '1 second', 'open', 'fixed', amount + o, 'PLN'
    from listings, generate_series(1, ${OBSERVATIONS}::int) o`)
  await db.execute(sql`
    insert into search_listings (search_id, listing_id, first_seen_at, last_seen_at)
    select s.id, l.id, l.first_seen_at, l.last_seen_at
    from (select id, row_number() over (order by id) - 1 as n from searches) s
    join (select *, row_number() over (order by id) % ${SEARCHES}::int as n from listings) l on l.n = s.n`)
  await db.execute(sql`analyze`)
}

async function idle({ desk }: Stage): Promise<readonly AlertFigure[]> {
  return [figure('PostgreSQL, idle, without a worker: memory', megabytes(familyOf(desk.server.pid)), 'MB')]
}

async function measure(scene: Scene): Promise<readonly AlertFigure[]> {
  const { worker, desk, tell } = scene
  const before = memory(scene, 'idle')
  const most = [
    watchMost(() => residentMegabytes(worker.pid)),
    watchMost(() => megabytes(familyOf(desk.server.pid))),
  ] as const
  const rounds: AlertFigure[] = []
  for (const [name, change] of ROUNDS) {
    change(scene.world)
    rounds.push(...(await takeRound(scene, name)))
    tell(`${name}: done`)
  }
  const latencies = [...(await burst(scene)), ...(await trickle(scene))]
  for (const watch of most) watch.stop()
  return [
    ...before,
    ...rounds,
    ...latencies,
    figure('worker, under load: resident memory, at most', most[0].most(), 'MB'),
    figure('PostgreSQL, under load: memory, at most', most[1].most(), 'MB'),
  ]
}

function memory({ worker, desk }: Scene, when: string): readonly AlertFigure[] {
  return [
    figure(`worker, ${when}: resident memory`, residentMegabytes(worker.pid), 'MB'),
    figure(`PostgreSQL, ${when}: memory`, megabytes(familyOf(desk.server.pid)), 'MB'),
  ]
}

const ROUNDS: readonly (readonly [name: string, change: (world: World) => void])[] = [
  ['first read', () => undefined],
  ['nothing new (304)', () => undefined],
  [
    'one advert dearer in each',
    ({ market }) => {
      for (const advert of firstOfEach(market)) market.reprice(advert, (market.get(advert).price.amount ?? 100) + 50)
    },
  ],
  [
    'one new advert in each, all told at once',
    ({ market }) => {
      for (let n = 0; n < SEARCHES; n++) market.publish({ matching: urlOf(n) })
    },
  ],
]

function firstOfEach({ adverts }: World['market']): readonly string[] {
  const titles = new Map([...adverts.values()].map(({ id, title }) => [title.split(' ')[0], id]))
  return [...titles.values()]
}

/** Every search is due at once; ends when all are read, and all that they gave is told. */
async function takeRound(scene: Scene, name: string): Promise<readonly AlertFigure[]> {
  const { desk, worker } = scene
  await settle(scene)
  const since = await clock(desk)
  const [begun, database, own] = [performance.now(), cpuSeconds(familyOf(desk.server.pid)), cpuSeconds([worker.pid])]
  await desk.db.execute(sql`update searches set due_at = now()`)
  await desk.wakeHost(HOST)
  await eventually(`${name} is read`, () => isRead(desk), 600_000)
  const seconds = (performance.now() - begun) / 1000
  const [workerTime, databaseTime] = [cpuSeconds([worker.pid]) - own, cpuSeconds(familyOf(desk.server.pid)) - database]
  await settle(scene)
  const record = recordTimes(worker, since)
  return [
    figure(`${name}: searches a second`, SEARCHES / seconds, '1/s'),
    figure(`${name}: searches a second of the worker's processor time`, SEARCHES / workerTime, '1/s'),
    figure(`${name}: processor time of PostgreSQL, a search`, (databaseTime / SEARCHES) * 1000, 'ms'),
    figure(`${name}: recording a page, p50`, at(record, 0.5), 'ms'),
    figure(`${name}: recording a page, p95`, at(record, 0.95), 'ms'),
    ...(await latency(scene, name, since)),
  ]
}

async function clock({ db }: Desk): Promise<Date> {
  const [row] = await db.execute<{ now: string }>(sql`select clock_timestamp()::text as now`)
  return new Date(row?.now ?? 0)
}

async function isRead({ db }: Desk): Promise<boolean> {
  const [row] = await db.execute<{ n: number }>(
    sql`select count(*)::int as n from searches where due_at <= now() or claim_id is not null`,
  )
  return row?.n === 0
}

async function settle({ desk }: Scene): Promise<void> {
  const waiting = async () => {
    const [row] = await withSystem(desk.db, 'bench', (tx) =>
      tx.execute<{ n: number }>(sql`select count(*)::int as n from deliveries where state in ('pending', 'sending')`),
    )
    return row?.n ?? 0
  }
  await eventually('all is told', async () => (await waiting()) === 0, 600_000)
}

/** From "page recording" to "page recorded", as the worker logs them. */
function recordTimes(worker: Worker, since: Date): readonly number[] {
  const begun = new Map<string, number>()
  return worker
    .said()
    .split('\n')
    .filter((line) => line.includes('"page record'))
    .flatMap((line) => {
      const { time, msg, searchId } = JSON.parse(line) as { time: number; msg: string; searchId: string }
      if (time < since.getTime()) return []
      const start = begun.get(searchId)
      if (msg === 'page recording') begun.set(searchId, time)
      return msg === 'page recorded' && start !== undefined ? [time - start] : []
    })
}

/** A few searches at once, as many messages as Telegram takes within a second. */
async function burst(scene: Scene): Promise<readonly AlertFigure[]> {
  const { world, desk } = scene
  const since = await clock(desk)
  for (let times = 0; times < 5; times++) {
    const numbers = QUIET.slice(times * BURST, (times + 1) * BURST)
    for (const n of numbers) world.market.publish({ matching: urlOf(n) })
    await makeDue(desk, numbers, 0)
    await desk.wakeHost(HOST)
    await sleep(1500)
    await eventually('the burst is read', () => isRead(desk), 60_000)
    await settle(scene)
  }
  return latency(scene, `${BURST} searches with one new advert each, at once`, since)
}

/** A search after the other comes due, each with a new advert. */
async function trickle(scene: Scene): Promise<readonly AlertFigure[]> {
  const { world, desk } = scene
  const since = await clock(desk)
  for (const n of QUIET) world.market.publish({ matching: urlOf(n) })
  await makeDue(desk, QUIET, TRICKLE_MS)
  await desk.wakeHost(HOST)
  await sleep(QUIET.length * TRICKLE_MS)
  await eventually('the trickle is read', () => isRead(desk), 60_000)
  await settle(scene)
  return latency(scene, `a new advert every ${TRICKLE_MS} ms`, since)
}

async function makeDue({ db }: Desk, numbers: readonly number[], apart: number): Promise<void> {
  const order = sql.join(
    numbers.map((n, at) => sql`(${`%q-numer${1000 + n}/%`}, ${at}::int)`),
    sql`, `,
  )
  await db.execute(sql`
    update searches set due_at = now() + n * ${apart}::int * interval '1 millisecond'
    from (values ${order}) as o (url, n) where searches.url like o.url`)
}

/** From the moment a page was there to Telegram's answer, for all that was fetched since then. */
async function latency({ desk }: Scene, name: string, since: Date): Promise<readonly AlertFigure[]> {
  const rows = await withSystem(desk.db, 'bench', (tx) =>
    tx.execute<{ ms: number }>(sql`
      select (extract(epoch from d.sent_at - s.created_at) * 1000)::float8 as ms
      from deliveries d join signals s on s.id = d.signal_id
      where d.state = 'sent' and s.created_at >= ${since.toISOString()}`),
  )
  if (rows.length === 0) return []
  const times = rows.map(({ ms }) => ms)
  return [
    figure(`${name}: alerts`, times.length, ''),
    figure(`${name}: fetched to accepted, p50`, at(times, 0.5), 'ms'),
    figure(`${name}: fetched to accepted, p95`, at(times, 0.95), 'ms'),
    figure(`${name}: fetched to accepted, at most`, at(times, 1), 'ms'),
  ]
}

function at(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
}

function figure(measure: string, value: number, unit: string): AlertFigure {
  return { measure, value: Number(value.toPrecision(3)), unit }
}
