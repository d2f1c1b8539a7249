import { expect, test } from '@playwright/test'
import { sql } from 'drizzle-orm'
import { withSystem } from '@/db/scope'
import { addTelegramChannel, addWatch, type Desk, eventually, openDesk, type Worker } from './desk.ts'
import { startWorld, type World } from './world/world.ts'

const SEARCH = 'https://www.olx.pl/sport-hobby/rowery/krakow/q-rower/'
const HOST = 'www.olx.pl'
const TIMES = 2

type Scene = { readonly desk: Desk; readonly world: World; readonly chatId: number }

/** How a worker is brought to a stage and held there, so that the kill hits it and nothing else. */
type Stage = {
  readonly name: string
  /** Makes the stage last; the answer lifts what holds it, once the worker is dead. */
  readonly hold: (scene: Scene, advert: string) => Promise<() => Promise<void> | void>
  /** Whether the worker stands there now. */
  readonly reached: (scene: Scene, advert: string, worker: Worker) => boolean | Promise<boolean>
  /** A send whose answer was never stored may be repeated, and says so. */
  readonly mayRepeat?: true
}

const STAGES: readonly Stage[] = [
  {
    name: 'claimed',
    hold: ({ world }) => {
      world.market.setMode('olx.pl', 'hang')
      return Promise.resolve(() => world.market.setMode('olx.pl', 'ok'))
    },
    reached: async ({ desk }) => (await count(desk, sql`searches where claim_id is not null`)) === 1,
  },
  {
    name: 'fetched',
    hold: ({ desk }) => lockTable(desk, 'listings'),
    reached: async ({ desk }, advert) => (await waitsFor(desk, 'listings')) && !(await isListed(desk, advert)),
  },
  {
    name: 'before commit',
    hold: ({ desk }) => lockTable(desk, 'deliveries'),
    reached: async ({ desk }, advert) => (await waitsFor(desk, 'deliveries')) && !(await isListed(desk, advert)),
  },
  {
    name: 'after commit',
    hold: ({ desk }) => lockTable(desk, 'delivery_paces'),
    reached: async ({ desk }) => (await count(desk, sql`deliveries where state = 'pending'`)) === 1,
  },
  {
    name: 'leased',
    hold: ({ world }) => {
      world.market.setMode('photos', 'hang')
      return Promise.resolve(() => world.market.setMode('photos', 'ok'))
    },
    reached: async ({ desk, world }) =>
      (await count(desk, sql`deliveries where state = 'sending'`)) === 1 &&
      world.market.requests.at(-1)?.path.startsWith('/photo/') === true,
  },
  {
    name: 'sent but unrecorded',
    hold: ({ world }) => {
      world.telegram.answerLost(1, { hold: true })
      return Promise.resolve(() => undefined)
    },
    reached: ({ world, chatId }, advert) => told(world, chatId, advert).length === 1,
    mayRepeat: true,
  },
]

async function count({ db }: Desk, what: ReturnType<typeof sql>): Promise<number> {
  const [row] = await withSystem(db, 'crash test', (tx) =>
    tx.execute<{ n: number }>(sql`select count(*)::int as n from ${what}`),
  )
  return row?.n ?? 0
}

async function isListed(desk: Desk, title: string): Promise<boolean> {
  return (await count(desk, sql`listings where title = ${title}`)) === 1
}

/** Whether somebody's write into `table` stands waiting for our lock. */
async function waitsFor(desk: Desk, table: string): Promise<boolean> {
  const waiting = sql`pg_locks where not granted and relation = ${table}::regclass`
  return (await count(desk, waiting)) > 0
}

/** Lets others read the table and write nothing, until the answer is called. */
async function lockTable({ db }: Desk, table: string): Promise<() => Promise<void>> {
  const { promise: lifted, resolve: lift } = Promise.withResolvers<void>()
  const { promise: held, resolve: holds } = Promise.withResolvers<void>()
  const done = db.transaction(async (tx) => {
    await tx.execute(sql`lock table ${sql.identifier(table)} in exclusive mode`)
    holds()
    await lifted
  })
  await Promise.race([held, done])
  return async () => {
    lift()
    await done
  }
}

function told(world: World, chatId: number, title: string) {
  return world.telegram.messages(chatId).filter((message) => message.text.includes(title))
}

/** What 45 and 90 seconds of waiting would do: claims and leases of the dead run out. */
async function letLeasesRunOut({ db }: Desk): Promise<void> {
  await withSystem(db, 'crash test', async (tx) => {
    await tx.execute(sql`update searches set claimed_until = now() where claim_id is not null`)
    await tx.execute(sql`update hosts set busy_until = now(), closed_until = null, failures = 0`)
    await tx.execute(sql`update deliveries set lease_until = now(), due_at = now() where state = 'sending'`)
    await tx.execute(sql`update delivery_paces set free_at = now()`)
  })
}

async function makeDue({ desk }: Scene): Promise<void> {
  await desk.db.execute(sql`update searches set due_at = now(), etag = null`)
  await desk.db.execute(sql`update hosts set recent = '[]'`)
  await desk.wakeHost(HOST)
}

test.describe('kill -9 of the worker', () => {
  test.setTimeout(300_000)

  test('loses no alert at any stage, and repeats only a send whose answer was never stored', async () => {
    const world = await startWorld()
    const desk = await openDesk(world)
    try {
      await killEverywhere(world, desk)
    } catch (error) {
      const rows = await withSystem(desk.db, 'crash test', (tx) =>
        tx.execute(sql`select state, attempts, reason, detail from deliveries`),
      )
      console.log(desk.lastWords(), [...rows])
      throw error
    } finally {
      await desk.close()
      await world.close()
    }
  })
})

async function killEverywhere(world: World, desk: Desk): Promise<void> {
  const user = world.telegram.user('Ola')
  await user.start()
  const scene: Scene = { desk, world, chatId: user.chatId }
  for (let n = 0; n < 3; n++) world.market.publish({ matching: SEARCH, price: 900 })
  const channelId = await addTelegramChannel(desk, user.chatId)
  await addWatch(desk, { urls: [SEARCH], channelIds: [channelId] })
  await takeBaseline(scene)

  const kills: string[] = []
  for (let round = 1; round <= TIMES; round++) {
    for (const stage of STAGES) {
      const title = `Rower ${stage.name} ${round}`
      await killAt(scene, stage, title)
      kills.push(`${stage.name} ${round}: told ${told(world, scene.chatId, title).length}×`)
    }
  }
  console.log(`kill -9 of the worker: ${kills.join(' · ')}`)
  expect(kills).toHaveLength(STAGES.length * TIMES)
  expect(await count(desk, sql`deliveries where state <> 'sent'`)).toBe(0)
}

async function takeBaseline(scene: Scene): Promise<void> {
  const worker = await scene.desk.startWorker()
  await makeDue(scene)
  await eventually(
    'the silent first run is told',
    async () => (await count(scene.desk, sql`deliveries where state = 'sent'`)) === 1,
  )
  await worker.kill('SIGTERM')
}

async function killAt(scene: Scene, stage: Stage, title: string): Promise<void> {
  const { desk, world, chatId } = scene
  world.market.publish({ matching: SEARCH, title, price: 500 })
  const worker = await desk.startWorker()
  const lift = await stage.hold(scene, title)
  await makeDue(scene)
  await eventually(`the worker stands at "${stage.name}"`, () => stage.reached(scene, title, worker))
  await worker.kill('SIGKILL')
  await lift()
  await letLeasesRunOut(desk)

  const next = await desk.startWorker()
  await makeDue(scene)
  const wanted = stage.mayRepeat ? 2 : 1
  await eventually(
    `"${title}" is told after the restart`,
    async () =>
      told(world, chatId, title).length >= wanted && (await count(desk, sql`deliveries where state <> 'sent'`)) === 0,
    90_000,
  )
  await next.kill('SIGTERM')
  expect(told(world, chatId, title)).toHaveLength(wanted)
  if (stage.mayRepeat) expect(told(world, chatId, title)[1]?.text).toMatch(/may be a repeat|already/i)
}
