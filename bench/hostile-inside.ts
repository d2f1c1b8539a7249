import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import { addWatch, type Desk, eventually, openDesk, type Worker } from '../e2e/desk'
import { SPITES, type Spite } from '../e2e/world/market/hostile-answers'
import { startWorld, type World } from '../e2e/world/world'
import { residentMegabytes, watchMost } from './proc-inside'

/** Lags are milliseconds from when a search was due until it was recorded. */
export type HostileFigure = {
  readonly page: string
  readonly verdict: string
  readonly asked: number
  readonly reads: number
  readonly 'p50 without': number
  readonly 'p50 with': number
  readonly 'p95 without': number
  readonly 'p95 with': number
  readonly more: string
  readonly 'most MB': number
}

/** Hosts that must not notice; each with as many searches. */
const OTHERS: readonly ((n: number) => string)[] = [
  (n) => `https://www.otomoto.pl/osobowe?q=numer${n}`,
  (n) => `https://www.kleinanzeigen.de/s-numer${n}/k0`,
  (n) => `https://www.vinted.pl/catalog?search_text=numer${n}`,
  (n) => `https://www.marktplaats.nl/q/numer${n}/`,
  (n) => `https://sprzedajemy.pl/szukaj?inp_text[v]=numer${n}`,
]
const SEARCHES = 8
const ADVERTS = 20

/** Where each page is served: the reader of any page takes the most, feeds and states have readers of their own. */
function hostOf(spite: Spite): string {
  return spite === 'entities' ? 'feed.example.org' : spite === 'charset' ? 'www.olx.pl' : 'shop.example.org'
}
const VICTIMS = [
  'https://shop.example.org/?q=rower',
  'https://feed.example.org/?q=rower',
  'https://www.olx.pl/oferty/q-rower/',
]

/** A search of the others every so often. */
const EVERY_MS = 60

type Scene = {
  readonly world: World
  readonly desk: Desk
  readonly worker: Worker
  readonly searches: readonly Search[]
  /** Of how many looks at others one goes to the hostile page, too. */
  readonly looks: number
}
type Search = { readonly id: string; readonly url: string; readonly host: string }

/** `hostileSeconds` between two looks at the hostile page: 3 is all that a host's budget of 20 a minute gives. */
export type Pace = { readonly seconds: number; readonly hostileSeconds: number }

export async function measureHostile(pace: Pace, tell: (line: string) => void): Promise<readonly HostileFigure[]> {
  const world = await startWorld()
  const desk = await openDesk(world)
  try {
    await furnish(world, desk)
    const worker = await desk.startWorker()
    const rows = await desk.db.execute<Search & Record<string, unknown>>(sql`select id, url, host from searches`)
    const scene = {
      world,
      desk,
      worker,
      searches: [...rows],
      looks: Math.round((pace.hostileSeconds * 1000) / EVERY_MS),
    }
    await eventually('the baselines are read', () => isRead(scene), 120_000)
    // Their own pages are read: else a few of each host would be asked every minute, beside the searches.
    await desk.db.execute(sql`update listings set offer_checked_at = now(), details_at = now()`)
    await observe(scene, null, 2 * pace.seconds)
    tell('ready')
    return await compare(scene, pace.seconds, tell)
  } finally {
    await desk.close()
    await world.close()
  }
}

async function furnish(world: World, desk: Desk): Promise<void> {
  const others = OTHERS.flatMap((urlOf) => Array.from({ length: SEARCHES }, (_, n) => urlOf(100 + n)))
  for (const url of [...others, ...VICTIMS]) {
    world.market.seedMarket(ADVERTS, { matching: url, promoted: false, ...titled(url) })
    await addWatch(desk, { urls: [url] })
  }
  const hosts = new Set(others.map((url) => new URL(url).hostname))
  for (const host of hosts) await desk.db.execute(sql`insert into hosts (host, per_minute) values (${host}, 1000000)`)
}

/** So that an advert is found by its search alone; Otomoto makes its titles of cars. */
function titled(url: string) {
  const word = /numer\d+/.exec(url)?.[0]
  return word === undefined ? {} : { title: `${word} jak nowy` }
}

async function isRead({ desk }: Scene): Promise<boolean> {
  const [row] = await desk.db.execute<{ n: number }>(sql`select count(*)::int as n from searches where ok_at is null`)
  return row?.n === 0
}

/** Each page is held against the calm stretches before and behind it, which have the same machine under them. */
async function compare(scene: Scene, seconds: number, tell: (line: string) => void): Promise<readonly HostileFigure[]> {
  const figures: HostileFigure[] = []
  let before = await observe(scene, null, seconds / 2)
  for (const spite of SPITES) {
    const seen = await provoke(scene, spite, seconds)
    const after = await observe(scene, null, seconds / 2)
    figures.push(figureOf(spite, seen, [...before.lags, ...after.lags]))
    before = after
    tell(`${spite}: done`)
  }
  return figures
}

async function provoke(scene: Scene, spite: Spite, seconds: number) {
  const { world, desk, searches } = scene
  const host = hostOf(spite)
  const victim = searches.find((search) => search.host === host)
  if (!victim) throw new Error(`no search of ${host}`)
  const before = world.market.requests.length
  world.market.setMode(host, { kind: 'hostile', spite })
  const observed = await observe(scene, victim, seconds)
  await eventually(`${spite} is judged`, () => isJudged(desk, victim), 60_000)
  const [row] = await desk.db.execute<{ said: string }>(
    sql`select health || coalesce(': ' || health_reason, '') as said from searches where id = ${victim.id}`,
  )
  world.market.setMode(host, 'ok')
  const key = host.replace(/^www\./, '')
  const asked = world.market.requests.slice(before).filter((one) => one.host === key).length
  return { ...observed, verdict: (row?.said ?? '').slice(0, 70), asked }
}

async function isJudged({ db }: Desk, { id }: Search): Promise<boolean> {
  const [row] = await db.execute<{ judged: boolean }>(
    sql`select failures > 0 and claim_id is null as judged from searches where id = ${id}`,
  )
  return row?.judged ?? false
}

type Observed = { readonly lags: readonly number[]; readonly megabytes: number }

/** Milliseconds from when a search of the others was due until it was recorded, while the hostile one is asked beside them. */
async function observe(scene: Scene, hostile: Search | null, seconds: number): Promise<Observed> {
  const { desk, worker, world, searches } = scene
  const others = searches.filter(({ url }) => url.includes('numer'))
  const memory = watchMost(() => residentMegabytes(worker.pid), 100)
  const from = worker.said().length
  const dues: { readonly id: string; readonly at: number }[] = []
  const end = Date.now() + seconds * 1000
  for (let [n, next] = [0, Date.now()]; next < end; n++, next += EVERY_MS) {
    await sleep(Math.max(0, next - Date.now()))
    const other = others[(n * 9) % others.length]
    if (hostile && n % scene.looks === 0) await provokeOnce(desk, hostile)
    if (other) makeDearer(world, other)
    if (other) dues.push({ id: other.id, at: await makeDue(desk, other) })
  }
  await sleep(1500)
  memory.stop()
  return { lags: lagsOf(worker.said().slice(from), dues), megabytes: memory.most() }
}

/** Something to record, and nothing to tell. */
function makeDearer({ market }: World, { url }: Search): void {
  const word = /numer\d+/.exec(url)?.[0] ?? ''
  const advert = [...market.adverts.values()].find(({ title }) => title.startsWith(word))
  if (advert) market.reprice(advert.id, (advert.price.amount ?? 100) + 1)
}

async function makeDue(desk: Desk, { id, host }: Search): Promise<number> {
  await desk.db.execute(sql`update searches set due_at = clock_timestamp() where id = ${id}`)
  const at = Date.now()
  await desk.wakeHost(host)
  return at
}

/** Its failures are forgotten each time, so that no backoff and no breaker spares the others. */
async function provokeOnce(desk: Desk, hostile: Search): Promise<void> {
  await desk.db.execute(sql`update hosts set failures = 0, closed_until = null where host = ${hostile.host}`)
  await desk.db.execute(
    sql`update searches set due_at = clock_timestamp(), failures = 0 where id = ${hostile.id} and claim_id is null`,
  )
  await desk.wakeHost(hostile.host)
}

function lagsOf(said: string, dues: readonly { readonly id: string; readonly at: number }[]): readonly number[] {
  const recorded = said
    .split('\n')
    .filter((line) => line.includes('"page recorded"'))
    .map((line) => JSON.parse(line) as { time: number; searchId: string })
  return dues.flatMap(({ id, at }) => {
    const read = recorded.find(({ time, searchId }) => searchId === id && time >= at)
    return read ? [read.time - at] : []
  })
}

type Seen = Observed & { readonly verdict: string; readonly asked: number }

function figureOf(page: string, { lags, megabytes, verdict, asked }: Seen, without: readonly number[]): HostileFigure {
  const more = Math.round((share(lags, 0.95) / share(without, 0.95) - 1) * 100)
  return {
    ...{ page, verdict, asked, reads: lags.length },
    ...{ 'p50 without': share(without, 0.5), 'p50 with': share(lags, 0.5) },
    ...{ 'p95 without': share(without, 0.95), 'p95 with': share(lags, 0.95), more: `${more >= 0 ? '+' : ''}${more} %` },
    'most MB': Math.round(megabytes),
  }
}

function share(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0
}
