import { eq } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { removeMember } from '@/accounts/members/release-member'
import { createTestDeps, createTestWorkspace, type TestWorkspace } from '@/accounts/testing'
import { startPolling } from '@/bot/start-polling'
import { withSystem } from '@/db/scope'
import { openTestDatabase } from '@/db/testing'
import { channels, telegramAccounts } from '@/notifications/channels/table'
import { createOutlets } from '@/notifications/create-outlets'
import { drainLane } from '@/notifications/deliveries/drain-lane'
import { editDeliveries } from '@/notifications/deliveries/edit-deliveries'
import { recordSignal } from '@/notifications/signals/record-signal'
import { createTestChannel, TEST_ENV } from '@/notifications/testing'
import { startWorld, type World } from '../../../e2e/world/world'
import { contacts } from '../contacts/table'
import { gifts } from '../gifts/table'
import { createGiver, give } from '../gifts/testing'
import { pledgePauses } from '../pledges/table'
import { createTask } from '../tasks/create-task'
import { remindTasks } from '../tasks/remind-tasks'
import { newTaskSchema } from '../tasks/schema'
import { tasks } from '../tasks/table'
import { joinTestMember } from '../testing'
import { touches } from '../touches/table'
import { careBot } from './bot'
import { careMessages } from './messages'
import { check, morning, notice, promise, toldIn } from './testing'

let world: World
const test = openTestDatabase()
let mine: TestWorkspace
let anna: string
let end: AbortController
let polling: Promise<unknown>

beforeAll(async () => {
  world = await startWorld()
  end = new AbortController()
  const { token, origin: apiRoot } = world.telegram
  const deps = createTestDeps(test.db)
  polling = startPolling({ token, apiRoot, deps, features: [careBot], signal: end.signal })
})
beforeEach(async () => {
  mine = await createTestWorkspace(test.db)
  anna = await createGiver(mine)
})
afterEach(() =>
  // Users of the world keep their ids: nobody is linked from the test before.
  withSystem(test.db, 'test', async (tx) => {
    await tx.delete(telegramAccounts)
    await tx.delete(channels)
  }),
)
afterAll(async () => {
  end.abort()
  await polling
  await world.close()
})

let people = 0

/** That member's own Telegram chat. */
async function link(member: TestWorkspace) {
  const user = world.telegram.user(`Person ${++people}`)
  user.start()
  const { workspaceId, memberId } = member
  const row = { workspaceId, memberId, telegramUserId: BigInt(user.id) }
  await withSystem(test.db, 'test', (tx) => tx.insert(telegramAccounts).values(row))
  await createTestChannel(member, 'telegram', String(user.id))
  return user
}

function outbox() {
  const deps = createTestDeps(test.db)
  const env = { ...TEST_ENV, ...world.env(), APP_URL: 'https://gleaner.example.org' }
  return { ...deps, outlets: createOutlets({ env, db: test.db, log: deps.log, sayings: [careMessages] }) }
}

const deliver = () => drainLane(outbox(), { workspaceId: mine.workspaceId, kind: 'telegram' })
const any = () => true

/** Anna owes an instalment, and her alert is in the chats. */
async function tellLate(): Promise<string> {
  const id = await promise(mine, anna, '2026-01-31')
  await check(mine, '2026-02-11')
  await deliver()
  return id
}

const labels = (chatId: number) =>
  world.telegram.messages(chatId).flatMap(({ buttons }) => buttons.flat().map(({ text }) => text))
const callsOf = (workspace = mine) => workspace.run((ctx) => ctx.db.select().from(touches))

describe('the buttons of an alert', () => {
  it('“Called” logs the call of whoever tapped, and says so where it stood', async () => {
    const user = await link(mine)
    await tellLate()
    expect(labels(user.id)).toEqual(['Called', 'Remind me in 3 days', 'Pause pledge', 'Open'])
    expect(await user.tap(any, 'Called')).toMatchObject({ text: 'Call with Anna Nowak logged', alert: false })
    expect(await callsOf()).toMatchObject([{ kind: 'call', contactId: anna, memberId: mine.memberId }])
    await world.telegram.waitForMessage(user.id, () => labels(user.id).includes('✓ Called'))
    expect(labels(user.id)).toEqual(['✓ Called', 'Remind me in 3 days', 'Pause pledge', 'Open'])
  })

  it('tapped twice, at once or one after the other, does its thing once', async () => {
    const user = await link(mine)
    await tellLate()
    const answers = await Promise.all([user.tap(any, 'Called'), user.tap(any, 'Called')])
    answers.push(await user.tap(any, 'Called'))
    expect(answers.filter(({ text }) => text === 'This was done already.')).toHaveLength(2)
    expect(await callsOf()).toHaveLength(1)
  })

  it('“Remind me in 3 days” sets a task, “Pause pledge” pauses it from today on', async () => {
    const user = await link(mine)
    const pledgeId = await tellLate()
    await user.tap(any, 'Remind me')
    expect(await mine.run((ctx) => ctx.db.select().from(tasks))).toMatchObject([
      { title: 'Call Anna Nowak', contactId: anna, assigneeId: mine.memberId },
    ])
    await user.tap(any, 'Pause pledge')
    expect(await mine.run((ctx) => ctx.db.select().from(pledgePauses))).toMatchObject([{ pledgeId, untilOn: null }])
  })

  it('“Thanked” thanks the gifts that wait', async () => {
    const user = await link(mine)
    await give(mine, { contactId: anna, amount: 5000, givenOn: '2026-03-01' }, morning('2026-03-01'))
    await notice(mine, '2026-03-01')
    await deliver()
    expect(await user.tap(any, 'Thanked')).toMatchObject({ text: 'Anna Nowak is thanked' })
    expect((await mine.run((ctx) => ctx.db.select().from(gifts)))[0]?.thankedAt).not.toBeNull()
    expect(await user.tap(any, 'Thanked')).toMatchObject({ text: 'This was done already.' })
  })

  it('“Done” ends the task of a reminder', async () => {
    const user = await link(mine)
    const remindAt = '2026-03-01T09:00:00Z'
    await mine.run((ctx) => createTask(ctx, newTaskSchema.parse({ title: 'Write', remindAt })), morning('2026-02-28'))
    await withSystem(test.db, 'test', (tx) => tx.execute('update workspaces set giving = true'))
    await remindTasks(createTestDeps(test.db), new Date(remindAt))
    await deliver()
    expect(await user.tap(any, 'Done')).toMatchObject({ text: 'Task done' })
    expect((await mine.run((ctx) => ctx.db.select().from(tasks)))[0]?.doneAt).not.toBeNull()
  })

  it('of a matter that is over say so, and only a call that was made is logged', async () => {
    const user = await link(mine)
    await tellLate()
    await give(mine, { contactId: anna, amount: 10_000, givenOn: '2026-02-12' }, morning('2026-02-12'))
    await notice(mine, '2026-02-12')
    for (const button of ['Remind me', 'Pause pledge']) {
      expect(await user.tap(any, button)).toMatchObject({ text: expect.stringContaining('settled'), alert: true })
    }
    expect(await mine.run((ctx) => ctx.db.select().from(pledgePauses))).toEqual([])
    await user.tap(any, 'Called')
    expect(await callsOf()).toHaveLength(1)
    await editDeliveries(outbox())
    expect(labels(user.id)).toEqual(['Open'])
    expect(world.telegram.messages(user.id).at(-1)?.text).toContain('Nothing is left to do.')
  })
})

describe('a tap is refused', () => {
  it('for a viewer, who may only read', async () => {
    const viewer = await joinTestMember(test.db, mine, 'viewer')
    const user = await link(viewer)
    await mine.run((ctx) => ctx.db.update(contacts).set({ ownerId: viewer.memberId }).where(eq(contacts.id, anna)))
    await tellLate()
    for (const button of ['Called', 'Remind me', 'Pause pledge']) {
      expect(await user.tap(any, button)).toMatchObject({ text: expect.stringMatching(/role/), alert: true })
    }
    expect(await callsOf()).toEqual([])
    expect(labels(user.id)).toContain('Called')
  })

  it('for staff whom the contact was taken from meanwhile', async () => {
    const staff = await joinTestMember(test.db, mine, 'staff')
    const user = await link(staff)
    const mineAlone = (ownerId: string) =>
      mine.run((ctx) => ctx.db.update(contacts).set({ ownerId }).where(eq(contacts.id, anna)))
    await mineAlone(staff.memberId)
    await tellLate()
    await mineAlone(mine.memberId)
    expect(await user.tap(any, 'Called')).toMatchObject({ alert: true })
    expect(await callsOf()).toEqual([])
  })

  it('for a member of another workspace who sits in the same group', async () => {
    const user = await link(mine)
    const other = await createTestWorkspace(test.db)
    const stranger = await link(other)
    const group = world.telegram.group('Helpers', [user, stranger])
    await tellLate()
    const channelId = await createTestChannel({ ...mine, memberId: mine.memberId }, 'telegram', String(group.chatId))
    const [late] = await toldIn(mine)
    if (!late) throw new Error('nothing was told')
    const { kind, facts } = late
    await mine.run((ctx) =>
      recordSignal(ctx, { kind, facts, dedupeKey: 'again', subjectId: null, watchId: null, channelIds: [channelId] }),
    )
    await deliver()
    expect(await stranger.inGroup(group).tap(any, 'Called')).toMatchObject({ alert: true })
    expect(await callsOf()).toEqual([])
    expect(await callsOf(other)).toEqual([])
    await user.inGroup(group).tap(any, 'Called')
    expect(await callsOf()).toHaveLength(1)
  })

  it('for a member who was removed', async () => {
    const staff = await joinTestMember(test.db, mine, 'staff')
    const user = await link(staff)
    await mine.run((ctx) => ctx.db.update(contacts).set({ ownerId: staff.memberId }).where(eq(contacts.id, anna)))
    await tellLate()
    const left = { id: staff.memberId, heirId: mine.memberId }
    await mine.run((ctx) => removeMember(ctx, async () => ({}), left))
    expect(await user.tap(any, 'Called')).toMatchObject({ text: expect.stringMatching(/connect/i), alert: true })
    expect(await callsOf()).toEqual([])
  })
})
