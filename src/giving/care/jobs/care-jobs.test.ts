import { eq } from 'drizzle-orm'
import { beforeEach, describe, expect, it } from 'vitest'
import { members, workspaces } from '@/accounts/table'
import { createTestDeps, createTestWorkspace, type TestWorkspace } from '@/accounts/testing'
import { withSystem } from '@/db/scope'
import { openTestDatabase } from '@/db/testing'
import { createSender } from '@/jobs/client'
import { createHandler } from '@/jobs/engine/handler'
import { readRegistry } from '@/jobs/engine/registry'
import { createTestJobs, until } from '@/jobs/engine/testing'
import { createFunctions } from '@/jobs/functions'
import { runNow } from '@/jobs/run-now'
import { addDays } from '@/kernel/dates'
import { deliveries } from '@/notifications/deliveries/table'
import { NO_PART } from '@/notifications/weekly-part'
import { createGiver, give } from '../../gifts/testing'
import { completeTask } from '../../tasks/complete-task'
import { createTask } from '../../tasks/create-task'
import { remindDue } from '../../tasks/jobs/remind-due'
import { newTaskSchema } from '../../tasks/schema'
import { tasks } from '../../tasks/table'
import { givingSettings } from '../table'
import { morning, notice, promise, toldIn } from '../testing'
import { checkCare, checkCareDue } from './check-care'
import { noticeChanges } from './notice-changes'
import { sendWeekly, sendWeeklyDue } from './send-weekly'

const test = openTestDatabase()
const jobs = createTestJobs(test)
let mine: TestWorkspace
let anna: string
beforeEach(async () => {
  // Runs count over the whole database: of other workspaces' nothing is due.
  await withSystem(test.db, 'test', (tx) => tx.update(workspaces).set({ giving: false, bargains: false }))
  mine = await createTestWorkspace(test.db)
  await withSystem(test.db, 'test', async (tx) => {
    const zone = { giving: true, timeZone: 'Europe/Warsaw' }
    await tx.update(workspaces).set(zone).where(eq(workspaces.id, mine.workspaceId))
    await tx.update(members).set({ createdAt: new Date('2020-01-01') })
  })
  anna = await createGiver(mine)
})

/** The real engine with all jobs of care; the clock stands, so that the schedules’ own runs find nothing. */
async function startCare() {
  const client = jobs.client()
  const deps = { ...createTestDeps(test.db, () => new Date('2020-01-01T00:00:00Z')), send: createSender(client) }
  const all = [checkCare, checkCareDue, noticeChanges, sendWeekly, sendWeeklyDue, remindDue]
  const functions = createFunctions(client, { ...deps, otherWeek: NO_PART }, all)
  await jobs.start(client, { functions })
  const registry = () => readRegistry(createHandler(client, functions), functions)
  const hand = { db: test.db, jobs: { mode: 'embedded' as const, dashboard: null, registry } }
  /** As `gleaner jobs run NAME --now …`; answers its output, once what it began has ended, too. */
  return async (name: string, now: string) => {
    const before = await completed(`${name}-due`)
    const { run } = await runNow(hand, { function: name, now }, 'command line')
    const done = async () => (await jobs.runs(name)).find(({ id, state }) => id === run && state === 'completed')
    await until(async () => (await done()) !== undefined, `${name} at ${now}`)
    const { output } = (await done()) ?? {}
    const begun = Number(Object(output).workspaces ?? 0)
    await until(async () => (await completed(`${name}-due`)) === before + begun, `what ${name} began at ${now}`)
    return output
  }
}

const completed = async (name: string) => (await jobs.runs(name)).filter(({ state }) => state === 'completed').length
const checkedOn = async () => (await mine.run((ctx) => ctx.db.select().from(givingSettings)))[0]?.checkedOn ?? null

describe('the daily check', () => {
  it.each([
    [
      'forward',
      [
        ['2027-03-27T04:59:00Z', null],
        ['2027-03-27T05:00:00Z', '2027-03-27'],
        ['2027-03-28T03:59:00Z', '2027-03-27'],
        ['2027-03-28T04:00:00Z', '2027-03-28'],
      ],
    ],
    [
      'back',
      [
        ['2027-10-30T03:59:00Z', null],
        ['2027-10-30T04:00:00Z', '2027-10-30'],
        ['2027-10-31T04:59:00Z', '2027-10-30'],
        ['2027-10-31T05:00:00Z', '2027-10-31'],
      ],
    ],
  ] as const)('is at 06:00 of Warsaw’s wall on the day that clocks go %s', async (_way, steps) => {
    const run = await startCare()
    for (const [now, expected] of steps) {
      await run('check-care', now)
      expect([now, await checkedOn()]).toEqual([now, expected])
    }
  })

  it.each([
    [
      'that clocks leave out comes an hour later',
      '2027-03-28',
      ['2027-03-28T00:59:00Z', '2027-03-28T01:00:00Z', '2027-03-28T02:00:00Z'],
    ],
    [
      'that comes twice counts once',
      '2027-10-31',
      ['2027-10-30T23:59:00Z', '2027-10-31T00:00:00Z', '2027-10-31T01:00:00Z'],
    ],
  ] as const)('of an hour %s', async (_what, day, [before, at, again]) => {
    await mine.run((ctx) => ctx.db.insert(givingSettings).values({ workspaceId: ctx.workspaceId, checkHour: 2 }))
    const run = await startCare()
    await mine.run((ctx) => ctx.db.update(givingSettings).set({ checkedOn: addDays(day, -1) }))
    expect(await run('check-care', before)).toEqual({ workspaces: 0, checkedAlready: 0 })
    expect(await run('check-care', at)).toMatchObject({ workspaces: 1 })
    expect(await run('check-care', again)).toEqual({ workspaces: 0, checkedAlready: 1 })
    expect(await checkedOn()).toBe(day)
  })

  it('of a moved clock tells at once, once, and a gift of that day ends it', async () => {
    const run = await startCare()
    const startOn = '2027-01-31'
    await promise(mine, anna, startOn)
    await run('check-care', '2027-02-10T05:00:00Z')
    expect(await toldIn(mine)).toEqual([])
    for (const _again of [1, 2]) await run('check-care', '2027-02-11T05:00:00Z')
    expect(await toldIn(mine)).toMatchObject([{ kind: 'pledge.late', facts: { daysLate: 11 } }])
    // What waits to be sent waits for nothing: its time is the clock's, not the one that was moved.
    const [delivery] = await mine.run((ctx) => ctx.db.select().from(deliveries))
    expect(delivery?.dueAt.toISOString()).toBe('2020-01-01T00:00:00.000Z')
    // On the wall it is the 5th, when nothing is late yet: the alert is of the day that was checked.
    const pay = async (amount: number) => {
      await give(mine, { contactId: anna, amount, givenOn: '2027-02-05' }, morning('2027-02-05'))
      return notice(mine, '2027-02-05')
    }
    expect(await pay(4000)).toMatchObject({ ended: 0 })
    expect(await pay(6000)).toMatchObject({ ended: 1 })
  })
})

describe('the weekly summary', () => {
  it.each([
    ['before clocks go forward', '2027-03-22T06:59:00Z', '2027-03-22T07:00:00Z', '2027-03-17'],
    ['after they went forward', '2027-03-29T05:59:00Z', '2027-03-29T06:00:00Z', '2027-03-24'],
    ['before they go back', '2027-10-25T05:59:00Z', '2027-10-25T06:00:00Z', '2027-10-20'],
    ['after they went back', '2027-11-01T06:59:00Z', '2027-11-01T07:00:00Z', '2027-10-27'],
  ])('is made at Monday 08:00 of Warsaw’s wall %s, once', async (_when, before, at, givenOn) => {
    const run = await startCare()
    await give(mine, { contactId: anna, amount: 5000, givenOn }, morning(givenOn))
    await run('send-weekly', before)
    expect(await toldIn(mine)).toEqual([])
    for (const _again of [1, 2]) await run('send-weekly', at)
    expect((await toldIn(mine)).map(({ kind }) => kind)).toEqual(['summary.weekly'])
  })
})

describe('a reminder of a task', () => {
  it('is told at its time and not before, and again for the next one of a task that repeats', async () => {
    const run = await startCare()
    const input = { title: 'Write', dueOn: '2027-03-25', remindAt: '2027-03-25T08:00:00Z', repeat: 'weekly' }
    const { id } = await mine.run((ctx) => createTask(ctx, newTaskSchema.parse(input)), morning('2027-03-24'))
    expect(await run('remind-tasks', '2027-03-25T07:59:00Z')).toEqual({ told: 0 })
    expect(await run('remind-tasks', '2027-03-25T08:00:00Z')).toEqual({ told: 1 })
    expect(await run('remind-tasks', '2027-03-25T08:01:00Z')).toEqual({ told: 0 })
    await mine.run((ctx) => completeTask(ctx, id), morning('2027-03-25'))
    const next = (await mine.run((ctx) => ctx.db.select().from(tasks))).find((task) => task.id !== id)
    expect(next).toMatchObject({ dueOn: '2027-04-01', remindedAt: null })
    expect(await run('remind-tasks', next?.remindAt?.toISOString() ?? '')).toEqual({ told: 1 })
  })
})
