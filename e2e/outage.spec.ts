import { expect, test } from '@playwright/test'
import { sql } from 'drizzle-orm'
import { withSystem } from '@/db/scope'
import { addTelegramChannel, addWatch, type Desk, eventually, openDesk } from './desk.ts'
import { startWorld, type World } from './world/world.ts'

const SEARCH = 'https://www.olx.pl/sport-hobby/rowery/krakow/q-rower/'
const HOST = 'www.olx.pl'
const AWAY_MS = 20_000

async function deliveriesOf({ db }: Desk): Promise<readonly string[]> {
  const rows = await withSystem(db, 'outage test', (tx) =>
    tx.execute<{ state: string }>(sql`select state from deliveries`),
  )
  return rows.map(({ state }) => state)
}

/** What ten minutes would do; nothing else is helped along. */
async function makeDue(desk: Desk): Promise<void> {
  await desk.db.execute(sql`update searches set due_at = now(), etag = null`)
  await desk.wakeHost(HOST)
}

function publish(world: World, titles: readonly string[]): void {
  for (const title of titles) world.market.publish({ matching: SEARCH, title, price: 500 })
}

test.describe('PostgreSQL away for 20 seconds', () => {
  test.setTimeout(240_000)

  test('in the middle of scanning and sending: the worker lives, and every alert is told, once', async () => {
    const world = await startWorld()
    const desk = await openDesk(world)
    try {
      await outlive(world, desk)
    } catch (error) {
      console.log(desk.lastWords())
      throw error
    } finally {
      await desk.close()
      await world.close()
    }
  })
})

async function outlive(world: World, desk: Desk): Promise<void> {
  const user = world.telegram.user('Ola')
  await user.start()
  const channelId = await addTelegramChannel(desk, user.chatId)
  await addWatch(desk, { urls: [SEARCH], channelIds: [channelId] })
  const worker = await desk.startWorker()
  const told = (titles: readonly string[]) =>
    titles.map((title) => world.telegram.messages(user.chatId).filter(({ text }) => text.includes(title)).length)
  publish(world, ['Rower znany'])
  await makeDue(desk)
  const recorded = async (count: number) => (await deliveriesOf(desk)).join() === Array(count).fill('sent').join()
  await eventually('the silent first run is told', () => recorded(1))

  const before = ['Rower alfa', 'Rower beta', 'Rower gamma', 'Rower delta', 'Rower epsilon']
  publish(world, before)
  await makeDue(desk)
  await eventually('the first of five is told', () => told(before).some((times) => times > 0))
  const back = desk.loseDatabase(AWAY_MS)
  const toldAtOnce = told(before).filter((times) => times > 0).length
  const during = ['Rower jota', 'Rower kappa']
  publish(world, during)
  await back
  const since = Date.now()
  await makeDue(desk)

  const all = [...before, ...during]
  await eventually('all are told', () => told(all).every((times) => times > 0), 150_000)
  await eventually('all are recorded', () => recorded(1 + all.length), 90_000)
  console.log(
    `${toldAtOnce} of ${before.length} told, PostgreSQL away for ${AWAY_MS / 1000} s, all told ${(Date.now() - since) / 1000} s later`,
  )
  expect(told(all)).toEqual(all.map(() => 1))
  expect(() => process.kill(worker.pid, 0)).not.toThrow()
  expect(worker.said()).not.toMatch(/may be a repeat/)
}
