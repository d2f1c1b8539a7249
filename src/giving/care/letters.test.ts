import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { members } from '@/accounts/table'
import { createTestDeps, createTestWorkspace, type TestWorkspace } from '@/accounts/testing'
import { withSystem } from '@/db/scope'
import { openTestDatabase } from '@/db/testing'
import { createOutlets } from '@/notifications/create-outlets'
import { drainLane } from '@/notifications/deliveries/drain-lane'
import { signals } from '@/notifications/signals/table'
import { TEST_ENV } from '@/notifications/testing'
import { startWorld, type World } from '../../../e2e/world/world'
import { createGiver, give } from '../gifts/testing'
import { tasks } from '../tasks/table'
import { touches } from '../touches/table'
import { askLetterLink, takeLetterLink } from './act-by-letter'
import { careMessages } from './messages'
import { createSaySummary } from './say-summary'
import { sendSummaries } from './send-summaries'
import { stopSummary } from './stop-summary'
import { carePreferences } from './table'
import { check, morning, notice, promise, switchHalves } from './testing'

let world: World
const test = openTestDatabase()
let mine: TestWorkspace
let anna: string
beforeAll(async () => {
  world = await startWorld()
})
beforeEach(async () => {
  world.reset()
  mine = await createTestWorkspace(test.db)
  await switchHalves(mine, { giving: true })
  anna = await createGiver(mine)
})
afterAll(() => world.close())

function outbox(now = new Date('2026-02-11T09:00:00Z')) {
  const deps = createTestDeps(test.db, () => now)
  const env = { ...TEST_ENV, ...world.env(), APP_URL: 'https://gleaner.example.org' }
  const sayings = [careMessages, { 'summary.weekly': createSaySummary(() => []) }]
  return { ...deps, outlets: createOutlets({ env, db: test.db, log: deps.log, sayings }) }
}

async function lettersAt(now?: Date) {
  await drainLane(outbox(now), { workspaceId: mine.workspaceId, kind: 'email' })
  return world.mail.to(`${mine.userId}@example.org`)
}

function linksIn(text: string): readonly string[] {
  return [...text.matchAll(/\/act\/([\w.-]+)/g)].map(([, token]) => token ?? '')
}

async function late(): Promise<readonly string[]> {
  await promise(mine, anna, '2026-01-31')
  await check(mine, '2026-02-11')
  const [letter] = await lettersAt()
  return linksIn(letter?.text ?? '')
}

describe('a letter about a late pledge', () => {
  it('names the person and the facts, and carries a link for each thing to do', async () => {
    const links = await late()
    expect(links).toHaveLength(3)
    const [letter] = world.mail.to(`${mine.userId}@example.org`)
    expect(letter?.subject).toBe('Anna Nowak: pledge 11 days late')
    expect(letter?.text).toContain('11 days late (due Jan 31, 2026). 100 zł is open.')
  })

  it('does nothing when a link is opened, and its thing once when the button is pressed', async () => {
    const [called = ''] = await late()
    expect(await askLetterLink(outbox(), called)).toMatchObject({ verb: 'called', name: 'Anna Nowak', used: false })
    const calls = () => mine.run((ctx) => ctx.db.select().from(touches))
    expect(await calls()).toHaveLength(0)
    await takeLetterLink(outbox(), called)
    await expect(takeLetterLink(outbox(), called)).rejects.toMatchObject({ reason: 'care.usedLink' })
    expect(await calls()).toMatchObject([{ kind: 'call', contactId: anna, memberId: mine.memberId }])
    expect(await askLetterLink(outbox(), called)).toMatchObject({ used: true })
  })

  it('sets a task in three days, and pauses the pledge', async () => {
    const [, remind = '', pause = ''] = await late()
    await takeLetterLink(outbox(), remind)
    await takeLetterLink(outbox(), pause)
    expect(await mine.run((ctx) => ctx.db.select().from(tasks))).toMatchObject([
      { dueOn: '2026-02-14', title: 'Call Anna Nowak', remindAt: new Date('2026-02-14T08:00:00Z') },
    ])
  })

  it('says that the matter is over, and neither reminds nor pauses then', async () => {
    const [called = '', remind = '', pause = ''] = await late()
    await give(mine, { contactId: anna, amount: 10_000, givenOn: '2026-02-12' }, morning('2026-02-12'))
    await notice(mine, '2026-02-12')
    for (const link of [remind, pause]) {
      expect(await askLetterLink(outbox(), link)).toMatchObject({ settled: true, used: false })
      await expect(takeLetterLink(outbox(), link)).rejects.toMatchObject({ reason: 'care.settled' })
    }
    expect(await askLetterLink(outbox(), called)).toMatchObject({ settled: false })
    await takeLetterLink(outbox(), called)
    expect(await mine.run((ctx) => ctx.db.select().from(touches))).toHaveLength(1)
  })

  it('expires after 14 days, and an altered link is none of ours', async () => {
    const [called = ''] = await late()
    const later = outbox(new Date('2026-02-26T09:00:00Z'))
    await expect(takeLetterLink(later, called)).rejects.toMatchObject({ reason: 'care.oldLink' })
    await expect(takeLetterLink(outbox(), `x${called}`)).rejects.toMatchObject({ reason: 'care.badLink' })
  })
})

const WEEK = new Date('2026-03-30T07:00:00Z')
const summaryAt = (at: string) => mine.run((ctx) => sendSummaries(ctx), new Date(at))

describe('the weekly summary', () => {
  beforeEach(() => give(mine, { contactId: anna, amount: 5000, givenOn: '2026-03-25' }, morning('2026-03-25')))

  it('comes once, on Monday at eight, over daylight saving too', async () => {
    // Clocks in Warsaw went forward on 29 March.
    expect(await summaryAt('2026-03-30T05:59:00Z')).toEqual({ made: 0, sent: 0 })
    expect(await summaryAt('2026-03-30T06:00:00Z')).toEqual({ made: 1, sent: 1 })
    for (const at of ['2026-03-30T06:15:00Z', '2026-03-30T20:00:00Z', '2026-04-05T21:00:00Z']) {
      expect(await summaryAt(at)).toEqual({ made: 0, sent: 0 })
    }
    expect(await mine.run((ctx) => ctx.db.select().from(signals))).toHaveLength(1)
  })

  it('says what there is, and its letter is stopped by one POST', async () => {
    await summaryAt('2026-03-30T06:00:00Z')
    const [letter] = await lettersAt(WEEK)
    expect(letter?.text).toContain('1 gift, 50 zł')
    expect(letter?.text).toContain('New donors')
    const url = /<(https:[^>]+)>/.exec(String(letter?.headers['list-unsubscribe']))?.[1] ?? ''
    expect(letter?.headers['list-unsubscribe-post']).toBe('List-Unsubscribe=One-Click')
    await stopSummary(outbox(), url.split('/').at(-1) ?? '')
    const [chosen] = await mine.run((ctx) =>
      ctx.db.select().from(carePreferences).where(eq(carePreferences.memberId, mine.memberId)),
    )
    expect(chosen?.summary).toBe(false)
    expect(await summaryAt('2026-04-06T06:00:00Z')).toEqual({ made: 0, sent: 0 })
  })

  it('waits for the next Monday where its member joined since', async () => {
    await withSystem(test.db, 'test', (tx) =>
      tx
        .update(members)
        .set({ createdAt: new Date('2026-03-31T10:00:00Z') })
        .where(eq(members.id, mine.memberId)),
    )
    expect(await summaryAt('2026-04-01T10:00:00Z')).toEqual({ made: 0, sent: 0 })
    expect(await summaryAt('2026-04-06T06:00:00Z')).toMatchObject({ made: 1 })
  })

  it('is not sent where there is nothing to say', async () => {
    const other = await createTestWorkspace(test.db)
    expect(await other.run((ctx) => sendSummaries(ctx), new Date('2026-03-30T06:00:00Z'))).toEqual({ made: 1, sent: 0 })
    expect(await other.run((ctx) => ctx.db.select().from(signals))).toEqual([])
  })
})
