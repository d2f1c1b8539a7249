import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { runInWorkspace } from '@/accounts/gate'
import type { Role } from '@/accounts/rules-permissions'
import { members, users } from '@/accounts/table'
import { createTestDeps, createTestWorkspace, type TestWorkspace } from '@/accounts/testing'
import { withSystem } from '@/db/scope'
import { openTestDatabase } from '@/db/testing'
import { newId } from '@/kernel/ids'
import { createCallerFactory } from '@/trpc/init'
import { createTestContext, createTestWebDeps, sessionOf } from '@/trpc/testing'
import { startWorld, type World } from '../../../e2e/world/world'
import { createOutlets } from '../create-outlets'
import type { OutboxDeps } from '../deliveries/deliver-message'
import { deliveries } from '../deliveries/table'
import { recordSignal } from '../signals/record-signal'
import { createTestChannel, TEST_ENV, testSignal } from '../testing'
import { addEmail } from './add-email'
import { deleteChannel } from './delete-channel'
import { listChannels } from './queries'
import { renameChannel } from './rename-channel'
import { restoreChannel } from './restore-channel'
import { channelsRouter } from './router'
import { startTelegramLink } from './start-telegram-link'
import { channels, telegramLinks } from './table'
import { testChannel } from './test-channel'

const test = openTestDatabase()
let world: World
beforeAll(async () => {
  world = await startWorld()
})
beforeEach(() => world.reset())
afterAll(() => world.close())

function outbox(): OutboxDeps {
  const deps = createTestDeps(test.db)
  const env = {
    ...TEST_ENV,
    TELEGRAM_API_ROOT: world.telegram.origin,
    TELEGRAM_BOT_TOKEN: world.telegram.token,
    SMTP_URL: `smtp://127.0.0.1:${world.mail.port()}`,
  }
  return { ...deps, outlets: createOutlets({ env, db: test.db, log: deps.log, sayings: [] }) }
}

function tryChannel(workspace: TestWorkspace, id: string, role: Role = 'owner') {
  const deps = outbox()
  const { workspaceId, memberId, userId } = workspace
  const actor = { kind: 'member', memberId, userId, role } as const
  return testChannel(deps, (work) => runInWorkspace(deps, workspaceId, actor, work), newId(), id)
}

async function addMember({ workspaceId }: TestWorkspace): Promise<string> {
  const [userId, memberId] = [newId(), newId()]
  await withSystem(test.db, 'test', async (tx) => {
    await tx.insert(users).values({ id: userId, email: `${userId}@example.org`, name: 'Other' })
    await tx.insert(members).values({ id: memberId, workspaceId, userId, role: 'staff' })
  })
  return memberId
}

async function offReasonOf(workspace: TestWorkspace) {
  const [channel] = await workspace.run(listChannels)
  return channel?.offReason
}

describe('channels', () => {
  it('a mailbox is added once, whatever its letters’ case, and listed with its last delivery', async () => {
    const workspace = await createTestWorkspace(test.db)
    await workspace.run((ctx) => addEmail(ctx, { address: 'ola@example.org' }))
    await expect(workspace.run((ctx) => addEmail(ctx, { address: 'ola@example.org' }))).rejects.toMatchObject({
      code: 'conflict',
      reason: 'channel.exists',
    })
    const [channel] = await workspace.run(listChannels)
    expect(channel).toMatchObject({
      kind: 'email',
      name: 'ola@example.org',
      memberName: 'Test Owner',
      last: null,
      waiting: 0,
    })
    await tryChannel(workspace, channel?.id ?? '')
    expect(await workspace.run(listChannels)).toMatchObject([{ last: { state: 'sent', reason: null }, waiting: 0 }])
  })

  it('a deleted channel skips what waits, and its undo sends it after all', async () => {
    const workspace = await createTestWorkspace(test.db)
    const id = await createTestChannel(workspace)
    await workspace.run((ctx) => recordSignal(ctx, testSignal([id])))
    await workspace.run((ctx) => deleteChannel(ctx, id))
    expect(await workspace.run(listChannels)).toEqual([])
    const states = () =>
      workspace.run((ctx) => ctx.db.select({ state: deliveries.state, reason: deliveries.reason }).from(deliveries))
    expect(await states()).toEqual([{ state: 'skipped', reason: 'channel_deleted' }])
    await workspace.run((ctx) => restoreChannel(ctx, id))
    expect(await states()).toEqual([{ state: 'pending', reason: null }])
    expect(workspace.emitted.at(-1)).toMatchObject({ name: 'delivery/due', data: { kind: 'email' } })
  })

  it('of two who add one mailbox at once the second is told, and an undo makes no second one', async () => {
    const workspace = await createTestWorkspace(test.db)
    const add = () => workspace.run((ctx) => addEmail(ctx, { address: 'twice@example.org' }))
    const settled = await Promise.allSettled([add(), add(), add()])
    expect(settled.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected', 'rejected'])
    const [first] = await workspace.run(listChannels)
    await workspace.run((ctx) => deleteChannel(ctx, first?.id ?? ''))
    await add()
    const undo = workspace.run((ctx) => restoreChannel(ctx, first?.id ?? ''))
    await expect(undo).rejects.toMatchObject({ code: 'conflict', reason: 'channel.exists' })
    expect(await workspace.run(listChannels)).toHaveLength(1)
  })

  it.each(['owner', 'staff'] as const)(
    'another member’s own channel is not for %s to test or to read',
    async (role) => {
      const workspace = await createTestWorkspace(test.db, role)
      const theirs = await createTestChannel({ ...workspace, memberId: await addMember(workspace) }, 'email', 'a@b.pl')
      await expect(tryChannel(workspace, theirs, role)).rejects.toMatchObject({ reason: 'channel.private' })
      expect(world.mail.messages).toEqual([])
      const manages = role === 'owner'
      const expected = { name: 'Test', address: null, usable: false, changeable: manages }
      expect(await workspace.run(listChannels)).toMatchObject([expected])
      const off = workspace
        .run((ctx) => deleteChannel(ctx, theirs))
        .then(
          () => 'done',
          (error) => error.reason,
        )
      expect(await off).toBe(manages ? 'done' : 'channel.notYours')
    },
  )

  it('another member’s mailbox goes by its member’s name, and by the one it was given', async () => {
    const workspace = await createTestWorkspace(test.db)
    const other = { ...workspace, memberId: await addMember(workspace) }
    const theirs = await createTestChannel(other, 'email', 'private@example.org')
    const nameIt = (name: string) => workspace.run((ctx) => ctx.db.update(channels).set({ name }))
    for (const name of ['private@example.org', 'home: Private@example.org']) {
      await nameIt(name)
      expect(await workspace.run(listChannels)).toMatchObject([{ id: theirs, name: 'Other', address: null }])
    }
    await nameIt('Kitchen')
    expect(await workspace.run(listChannels)).toMatchObject([{ name: 'Kitchen' }])
  })

  it('a channel of the whole workspace is everybody’s', async () => {
    const workspace = await createTestWorkspace(test.db, 'staff')
    const id = await createTestChannel(workspace, 'email', 'all@example.org')
    await workspace.run((ctx) => ctx.db.update(channels).set({ memberId: null }))
    await workspace.run((ctx) => renameChannel(ctx, { id, name: 'Kitchen' }))
    expect(await tryChannel(workspace, id, 'staff')).toMatchObject({ state: 'sent' })
    const expected = { name: 'Kitchen', address: 'all@example.org', usable: true, changeable: true }
    expect(await workspace.run(listChannels)).toMatchObject([expected])
  })

  it('a deep link is kept as its hash alone, works for an hour and fits what Telegram takes', async () => {
    const workspace = await createTestWorkspace(test.db)
    const { url, groupUrl, expiresAt } = await workspace.run((ctx) => startTelegramLink(ctx, 'gleaner_demo_bot'))
    const token = new URL(url).searchParams.get('start') ?? ''
    expect(token).toMatch(/^[\w-]{40,64}$/)
    expect(groupUrl).toBe(`https://t.me/gleaner_demo_bot?startgroup=${token}`)
    expect(expiresAt.getTime() - Date.now()).toBeLessThanOrEqual(3600_000)
    const rows = await workspace.run((ctx) => ctx.db.select().from(telegramLinks))
    expect(JSON.stringify(rows)).not.toContain(token)
  })
})

describe('deep links', () => {
  it('a member makes at most thirty in ten minutes', async () => {
    const workspace = await createTestWorkspace(test.db)
    const deps = { ...createTestWebDeps(test.db), ...outbox() }
    const caller = createCallerFactory(channelsRouter)(createTestContext(deps, sessionOf(workspace)))
    for (let time = 0; time < 30; time++) await caller.startTelegramLink()
    await expect(caller.startTelegramLink()).rejects.toMatchObject({ code: 'TOO_MANY_REQUESTS' })
    expect(await workspace.run((ctx) => ctx.db.$count(telegramLinks))).toBe(30)
  })
})

describe('send test', () => {
  it('arrives at once, in the reader’s words, and is in the log', async () => {
    const workspace = await createTestWorkspace(test.db)
    const id = await createTestChannel(workspace, 'email', 'ola@example.org')
    expect(await tryChannel(workspace, id)).toEqual({ state: 'sent', reason: null, detail: null })
    expect(world.mail.to('ola@example.org')).toMatchObject([{ subject: 'Gleaner test' }])
  })

  it('to a channel that was deleted meanwhile is refused, and sends nothing else that waits', async () => {
    const workspace = await createTestWorkspace(test.db)
    const id = await createTestChannel(workspace)
    const other = await createTestChannel(workspace, 'email', 'other@example.org')
    await workspace.run((ctx) => recordSignal(ctx, testSignal([other])))
    await workspace.run((ctx) => deleteChannel(ctx, id))
    await expect(tryChannel(workspace, id)).rejects.toMatchObject({ code: 'not_found', reason: 'channel.unknown' })
    expect(world.mail.messages).toEqual([])
    expect(await workspace.run((ctx) => ctx.db.$count(deliveries))).toBe(1)
  })

  it('says why it did not arrive, and switches a dead channel off; when it works again it is on', async () => {
    const workspace = await createTestWorkspace(test.db)
    const user = world.telegram.user('Ola')
    user.start()
    const id = await createTestChannel(workspace, 'telegram', String(user.id))
    world.telegram.block(user.id)
    expect(await tryChannel(workspace, id)).toMatchObject({ state: 'failed', reason: 'blocked' })
    expect(await offReasonOf(workspace)).toBe('blocked')
    world.telegram.unblock(user.id)
    expect(await tryChannel(workspace, id)).toMatchObject({ state: 'sent' })
    expect(await offReasonOf(workspace)).toBeNull()
  })

  it('a mail server that is down is told, and the test waits for it', async () => {
    const workspace = await createTestWorkspace(test.db)
    const id = await createTestChannel(workspace)
    await world.mail.down()
    expect(await tryChannel(workspace, id)).toMatchObject({ state: 'pending', reason: 'network' })
    await world.mail.up()
  })

  it('the eleventh within ten minutes must wait', async () => {
    const workspace = await createTestWorkspace(test.db)
    const id = await createTestChannel(workspace)
    const deps = outbox()
    const actor = { kind: 'member', memberId: workspace.memberId, userId: workspace.userId, role: 'owner' } as const
    const once = () =>
      testChannel(deps, (work) => runInWorkspace(deps, workspace.workspaceId, actor, work), workspace.memberId, id)
    for (let time = 0; time < 10; time++) await once()
    await expect(once()).rejects.toMatchObject({ code: 'too_many', retryAfter: expect.any(Number) })
    expect(world.mail.messages).toHaveLength(10)
  })
})
