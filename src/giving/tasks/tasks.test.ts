import { eq } from 'drizzle-orm'
import { beforeEach, describe, expect, it } from 'vitest'
import { workspaces } from '@/accounts/table'
import { createTestDeps, createTestWorkspace, type TestWorkspace } from '@/accounts/testing'
import { withSystem } from '@/db/scope'
import { openTestDatabase } from '@/db/testing'
import { readTimeline } from '../care/read-timeline'
import { timelineSchema } from '../care/schema'
import { toldIn } from '../care/testing'
import { createGiver, give } from '../gifts/testing'
import { joinTestMember } from '../testing'
import { logTouch } from '../touches/log-touch'
import { completeTask, reopenTask } from './complete-task'
import { createTask } from './create-task'
import { listTasks } from './queries'
import { remindTasks } from './remind-tasks'
import { listTasksSchema, newTaskSchema } from './schema'
import { snoozeTask, updateTask } from './update-task'

const test = openTestDatabase()
let mine: TestWorkspace
const NOW = new Date('2026-11-22T10:00:00Z')
beforeEach(async () => {
  mine = await createTestWorkspace(test.db)
  await withSystem(test.db, 'test', (tx) =>
    tx.update(workspaces).set({ giving: true }).where(eq(workspaces.id, mine.workspaceId)),
  )
})

type Input = Parameters<typeof newTaskSchema.parse>[0]
const add = (input: Input) => mine.run((ctx) => createTask(ctx, newTaskSchema.parse(input)), NOW)
const list = (input = {}) => mine.run((ctx) => listTasks(ctx, listTasksSchema.parse(input)), NOW)

describe('a task', () => {
  it('stands by its due date, the undated last, a page at a time', async () => {
    await add({ title: 'Some day' })
    await add({ title: 'Late', dueOn: '2026-11-20' })
    await add({ title: 'Today', dueOn: '2026-11-22' })
    const first = await list({ limit: 2 })
    expect(first.tasks.map(({ title, state }) => [title, state])).toEqual([
      ['Late', 'overdue'],
      ['Today', 'today'],
    ])
    const second = await list({ limit: 2, cursor: first.nextCursor })
    expect(second.tasks.map(({ title }) => title)).toEqual(['Some day'])
    expect((await list({ show: 'due' })).tasks).toHaveLength(2)
  })

  it('that repeats makes its next one when done, and takes it back when reopened', async () => {
    const { id } = await add({ title: 'Call', dueOn: '2026-11-20', repeat: 'weekly' })
    await mine.run((ctx) => completeTask(ctx, id), NOW)
    expect((await list()).tasks.map(({ dueOn }) => dueOn)).toEqual(['2026-11-27'])
    await mine.run((ctx) => reopenTask(ctx, id), NOW)
    expect((await list()).tasks.map(({ dueOn }) => dueOn)).toEqual(['2026-11-20'])
  })

  it('tells the second of two people who change it, and loses nothing', async () => {
    const { id, version } = await add({ title: 'Call' })
    await mine.run((ctx) => updateTask(ctx, { id, version, title: 'Call Anna' }))
    const second = mine.run((ctx) => updateTask(ctx, { id, version, title: 'Write' }))
    await expect(second).rejects.toMatchObject({ reason: 'task.changed' })
    expect((await list()).tasks.map(({ title }) => title)).toEqual(['Call Anna'])
  })

  it('about a contact is hidden from staff who do not look after them', async () => {
    const contactId = await createGiver(mine)
    await add({ title: 'Call', contactId })
    const staff = await joinTestMember(test.db, mine, 'staff')
    const seen = await staff.run((ctx) => listTasks(ctx, listTasksSchema.parse({ whose: 'all' })), NOW)
    expect(seen.tasks).toEqual([])
  })
})

describe('a reminder', () => {
  it('really fires, once, and again after a snooze', async () => {
    const { id } = await add({ title: 'Call', dueOn: '2026-11-22', remindAt: '2026-11-22T11:00:00Z' })
    const deps = createTestDeps(test.db)
    const remind = (at: string) => remindTasks(deps, new Date(at))
    expect(await remind('2026-11-22T10:59:00Z')).toEqual({ told: 0 })
    expect(await remind('2026-11-22T11:00:00Z')).toEqual({ told: 1 })
    expect(await remind('2026-11-22T11:01:00Z')).toEqual({ told: 0 })
    await mine.run((ctx) => snoozeTask(ctx, { id, days: 3 }), new Date('2026-11-22T12:00:00Z'))
    expect(await remind('2026-11-25T12:00:00Z')).toEqual({ told: 1 })
    expect((await toldIn(mine)).map(({ kind, facts }) => [kind, facts.title])).toEqual([
      ['task.due', 'Call'],
      ['task.due', 'Call'],
    ])
  })

  it('of a task that is done does not fire', async () => {
    const { id } = await add({ title: 'Call', remindAt: '2026-11-22T11:00:00Z' })
    await mine.run((ctx) => completeTask(ctx, id), NOW)
    expect(await remindTasks(createTestDeps(test.db), new Date('2026-11-23T11:00:00Z'))).toEqual({ told: 0 })
  })
})

describe('a contact’s timeline', () => {
  it('holds touches, tasks, gifts and changes, newest first, whole over its pages', async () => {
    const contactId = await createGiver(mine)
    for (let at = 0; at < 5; at++) await mine.run((ctx) => logTouch(ctx, { contactId, kind: 'call', note: `${at}` }))
    await add({ title: 'Call', contactId })
    await give(mine, { contactId, amount: 5000, givenOn: '2026-11-01' })
    const kinds: string[] = []
    for (let cursor: string | null | undefined; cursor !== null; ) {
      const input = timelineSchema.parse({ contactId, limit: 3, cursor })
      const page = await mine.run((ctx) => readTimeline(ctx, input))
      kinds.push(...page.events.map(({ kind }) => kind))
      cursor = page.nextCursor
    }
    expect(kinds.filter((kind) => kind === 'touch')).toHaveLength(5)
    expect(new Set(kinds)).toEqual(new Set(['touch', 'task', 'gift', 'change']))
  })

  it('a contact’s sub-lists are not open to others', async () => {
    const contactId = await createGiver(mine)
    const staff = await joinTestMember(test.db, mine, 'staff')
    const read = staff.run((ctx) => readTimeline(ctx, timelineSchema.parse({ contactId })))
    await expect(read).rejects.toMatchObject({ code: 'not_found' })
  })
})
