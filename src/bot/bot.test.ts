import { eq } from 'drizzle-orm'
import { Composer } from 'grammy'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Role } from '@/accounts/rules-permissions'
import { auditEntries, members, users } from '@/accounts/table'
import { createTestDeps, createTestWorkspace, type TestWorkspace } from '@/accounts/testing'
import { withSystem } from '@/db/scope'
import { openTestDatabase } from '@/db/testing'
import { AppError } from '@/kernel/app-error'
import { newId } from '@/kernel/ids'
import { actionData } from '@/notifications/action-data'
import { startTelegramLink } from '@/notifications/channels/start-telegram-link'
import { channels, telegramAccounts } from '@/notifications/channels/table'
import { createTelegramChannel } from '@/notifications/channels/telegram/create-telegram-channel'
import { drainLane } from '@/notifications/deliveries/drain-lane'
import { createInstallation } from '@/notifications/installation/installation'
import { recordSignal } from '@/notifications/signals/record-signal'
import { createTestOutbox, TEST_ENV, testMessage, testSignal } from '@/notifications/testing'
import { startWorld, type World } from '../../e2e/world/world'
import { answerWebhook } from './answer-webhook'
import type { BotContext, BotFeature } from './context'
import { readTrouble } from './keep-trouble'
import { runBot } from './run-bot'
import { startPolling } from './start-polling'
import { botUpdates } from './table'
import { onTap, tapOf } from './tap'

const test = openTestDatabase()
let world: World
let end: AbortController
let polling: Promise<unknown>[] = []
const matchId = newId()
const tapped: string[] = []

const composer = new Composer<BotContext>()
composer.callbackQuery(
  tapOf('favourite'),
  onTap(async (ctx, tap) => {
    if (tap.id !== matchId) throw new AppError('not_found', 'no such match')
    tapped.push(`${tap.verb} ${ctx.actor.kind}`)
    return { say: 'Saved', buttons: [{ kind: 'do', label: 'Saved ★', data: actionData('favourite', matchId) }] }
  }),
)
composer.callbackQuery(
  tapOf('list'),
  onTap(async () => ({ say: 'One watch' })),
)
const feature: BotFeature = { composer, menu: () => [{ label: 'My watches', data: 'list' }] }

beforeAll(async () => {
  world = await startWorld()
})
beforeEach(async () => {
  world.reset()
  // The world gives its first user the same id after every reset: nobody is linked from the test before.
  await withSystem(test.db, 'test', async (tx) => {
    await tx.delete(telegramAccounts)
    await tx.delete(channels)
  })
  tapped.length = 0
  end = new AbortController()
})
afterEach(async () => {
  end.abort()
  await Promise.all(polling)
  polling = []
})
afterAll(() => world.close())

function poll(): void {
  const { token, origin: apiRoot } = world.telegram
  polling.push(startPolling({ token, apiRoot, deps: createTestDeps(test.db), features: [feature], signal: end.signal }))
}

function linkOf(workspace: TestWorkspace, now?: Date) {
  return workspace.run((ctx) => startTelegramLink(ctx, world.telegram.bot.username), now)
}

function channelsOf(workspace: TestWorkspace) {
  return workspace.run((ctx) => ctx.db.select().from(channels).orderBy(channels.createdAt))
}

/** Another member of the workspace, who is that Telegram user. */
async function addMember({ workspaceId }: TestWorkspace, role: Role, telegramUserId: number): Promise<void> {
  const [userId, memberId] = [newId(), newId()]
  await withSystem(test.db, 'test', async (tx) => {
    await tx.insert(users).values({ id: userId, email: `${userId}@example.org`, name: 'Other' })
    await tx.insert(members).values({ id: memberId, workspaceId, userId, role })
    await tx.insert(telegramAccounts).values({ workspaceId, memberId, telegramUserId: BigInt(telegramUserId) })
  })
}

function disable({ userId }: TestWorkspace, disabledAt: Date | null) {
  return withSystem(test.db, 'test', (tx) => tx.update(users).set({ disabledAt }).where(eq(users.id, userId)))
}

async function heard(chatId: number, words: string) {
  return world.telegram.waitForMessage(chatId, (message) => message.text.includes(words))
}

/** A workspace whose owner has linked their own chat. */
async function linked(name: string) {
  const workspace = await createTestWorkspace(test.db)
  const user = world.telegram.user(name)
  user.follow((await linkOf(workspace)).url)
  await heard(user.id, 'Connected')
  return { workspace, user }
}

/** Sends a message with a button into the chat, through the outbox. */
async function sendButton(workspace: TestWorkspace, channelId: string): Promise<void> {
  await workspace.run((ctx) => recordSignal(ctx, testSignal([channelId])))
  const { token, origin: apiRoot } = world.telegram
  const telegram = createTelegramChannel({ token, apiRoot })
  const action = { kind: 'do', label: 'Favourite', data: actionData('favourite', matchId) } as const
  const deps = createTestOutbox(test.db, (target, _message, key) =>
    telegram.send(
      target,
      testMessage('City bike', { actions: [action] }),
      { locale: 'en', timeZone: 'UTC', now: new Date(), appUrl: '' },
      key,
    ),
  )
  await drainLane(deps, { workspaceId: workspace.workspaceId, kind: 'telegram' })
}

const isBike = (message: { text: string }) => message.text.includes('City bike')

describe('connecting a chat', () => {
  it('the deep link makes the chat the member’s channel and the writer that member', async () => {
    poll()
    const { workspace, user } = await linked('Ola')
    expect(await channelsOf(workspace)).toMatchObject([
      { kind: 'telegram', address: String(user.id), memberId: workspace.memberId, name: 'Ola', offAt: null },
    ])
    const accounts = await workspace.run((ctx) => ctx.db.select().from(telegramAccounts))
    expect(accounts).toMatchObject([{ memberId: workspace.memberId, telegramUserId: BigInt(user.id) }])
  })

  it('a wrong, a used and an expired link are told apart and change nothing', async () => {
    poll()
    const workspace = await createTestWorkspace(test.db)
    const [ola, eve] = [world.telegram.user('Ola'), world.telegram.user('Eve')]
    eve.start('no-such-token')
    await heard(eve.id, 'does not lead anywhere')
    const { url } = await linkOf(workspace)
    ola.follow(url)
    await heard(ola.id, 'Connected')
    eve.follow(url)
    await heard(eve.id, 'used already')
    eve.follow((await linkOf(workspace, new Date(Date.now() - 3601_000))).url)
    await heard(eve.id, 'older than an hour')
    expect((await channelsOf(workspace)).map((row) => row.address)).toEqual([String(ola.id)])
  })

  it('in a group the link makes a channel of the whole workspace, and its answer is in the member’s language', async () => {
    poll()
    const workspace = await createTestWorkspace(test.db)
    await withSystem(test.db, 'test', (tx) =>
      tx.update(users).set({ locale: 'pl' }).where(eq(users.id, workspace.userId)),
    )
    const ola = world.telegram.user('Ola')
    const group = world.telegram.group('Kowalscy', [ola])
    const { groupUrl } = await linkOf(workspace)
    ola.inGroup(group).start(new URL(groupUrl).searchParams.get('startgroup') ?? '')
    await heard(group.chatId, 'Połączono')
    expect(await channelsOf(workspace)).toMatchObject([
      { memberId: null, name: 'Kowalscy', address: String(group.chatId), locale: 'pl' },
    ])
  })

  it('a chat that is linked again stays one channel and is on again', async () => {
    poll()
    const { workspace, user } = await linked('Ola')
    user.say('/stop')
    await heard(user.id, 'No more signals')
    expect(await channelsOf(workspace)).toMatchObject([{ offReason: 'stopped' }])
    user.follow((await linkOf(workspace)).url)
    await heard(user.id, 'connected to Test already')
    expect(await channelsOf(workspace)).toMatchObject([{ offReason: null }])
  })

  it('in a group only a linked member whose role may change channels stops and starts it, and it is on record', async () => {
    poll()
    const workspace = await createTestWorkspace(test.db)
    const [ola, eve] = [world.telegram.user('Ola'), world.telegram.user('Eve')]
    const group = world.telegram.group('Family', [ola, eve])
    ola.inGroup(group).start(new URL((await linkOf(workspace)).groupUrl).searchParams.get('startgroup') ?? '')
    await heard(group.chatId, 'Connected')
    await addMember(workspace, 'viewer', eve.id)
    const command = (user: typeof ola, word: string) =>
      user.inGroup(group).say(`/${word}@${world.telegram.bot.username}`)
    command(eve, 'stop')
    await heard(group.chatId, 'Your role does not allow this')
    await disable(workspace, new Date())
    command(ola, 'stop')
    await heard(group.chatId, 'you are not connected here')
    expect(await channelsOf(workspace)).toMatchObject([{ offReason: null }])
    await disable(workspace, null)
    command(ola, 'stop')
    await heard(group.chatId, 'No more signals')
    command(ola, 'start')
    await heard(group.chatId, 'This chat is connected')
    const audit = await workspace.run((ctx) => ctx.db.select().from(auditEntries).orderBy(auditEntries.createdAt))
    expect(audit.slice(-2)).toMatchObject([
      { actor: `bot:${workspace.memberId}`, action: 'channel.stop' },
      { actor: `bot:${workspace.memberId}`, action: 'channel.resume' },
    ])
  })

  it('whoever may change no channels any more may still stop their own', async () => {
    poll()
    const { workspace, user } = await linked('Ola')
    await withSystem(test.db, 'test', (tx) =>
      tx.update(members).set({ role: 'viewer' }).where(eq(members.id, workspace.memberId)),
    )
    user.say('/stop')
    await heard(user.id, 'No more signals')
    expect(await channelsOf(workspace)).toMatchObject([{ offReason: 'stopped' }])
  })

  it('a bot that is blocked switches the channel off at once, and on when it is unblocked', async () => {
    poll()
    const { workspace, user } = await linked('Ola')
    user.block()
    await expect.poll(async () => (await channelsOf(workspace))[0]?.offReason).toBe('blocked')
    user.unblock()
    await expect.poll(async () => (await channelsOf(workspace))[0]?.offReason).toBeNull()
  })

  it('a group that becomes a supergroup keeps its channel', async () => {
    poll()
    const workspace = await createTestWorkspace(test.db)
    const ola = world.telegram.user('Ola')
    const group = world.telegram.group('Family', [ola])
    ola.inGroup(group).start(new URL((await linkOf(workspace)).groupUrl).searchParams.get('startgroup') ?? '')
    await heard(group.chatId, 'Connected')
    const next = world.telegram.migrate(group.chatId)
    await expect.poll(async () => (await channelsOf(workspace))[0]?.address).toBe(String(next))
  })
})

describe('a tap', () => {
  it('is done as the member who tapped, answered, and changes the buttons', async () => {
    poll()
    const { workspace, user } = await linked('Ola')
    const [channel] = await channelsOf(workspace)
    await sendButton(workspace, channel?.id ?? '')
    expect(await user.tap(isBike, 'Favourite')).toEqual({ text: 'Saved', alert: false, url: null })
    expect(tapped).toEqual(['favourite bot'])
    await world.telegram.waitForMessage(user.id, (message) =>
      message.buttons.flat().some((button) => button.text === 'Saved ★'),
    )
  })

  it('of somebody in the group who is not linked there is refused in their words and does nothing', async () => {
    poll()
    const workspace = await createTestWorkspace(test.db)
    const [ola, eve] = [world.telegram.user('Ola'), world.telegram.user('Ewa', { language: 'pl' })]
    const group = world.telegram.group('Family', [ola, eve])
    ola.inGroup(group).start(new URL((await linkOf(workspace)).groupUrl).searchParams.get('startgroup') ?? '')
    await heard(group.chatId, 'Connected')
    const [channel] = await channelsOf(workspace)
    await sendButton(workspace, channel?.id ?? '')
    const refused = await eve.inGroup(group).tap(isBike, 'Favourite')
    expect(refused).toMatchObject({ alert: true, text: expect.stringMatching(/[ąćęłńóśźż]/) })
    expect(tapped).toEqual([])
    expect(await ola.inGroup(group).tap(isBike, 'Favourite')).toMatchObject({ text: 'Saved' })
  })

  it('a member of another workspace is a stranger here', async () => {
    poll()
    const { workspace } = await linked('Ola')
    const { user: eve } = await linked('Eve')
    const group = world.telegram.group('Both', [world.telegram.user('Ola'), eve])
    const { groupUrl } = await linkOf(workspace)
    world.telegram
      .user('Ola')
      .inGroup(group)
      .start(new URL(groupUrl).searchParams.get('startgroup') ?? '')
    await heard(group.chatId, 'Connected')
    const channel = (await channelsOf(workspace)).find((row) => row.name === 'Both')
    await sendButton(workspace, channel?.id ?? '')
    expect(await eve.inGroup(group).tap(isBike, 'Favourite')).toMatchObject({ alert: true })
    expect(tapped).toEqual([])
  })

  it('on the menu works in the tapper’s own workspace', async () => {
    poll()
    const { user } = await linked('Ola')
    user.say('/menu')
    await heard(user.id, '/menu shows')
    expect(await user.tap((message) => message.buttons.length > 0, 'My watches')).toMatchObject({ text: 'One watch' })
  })
})

describe('one poller', () => {
  it('of three processes one polls, and each update is handled once', async () => {
    for (const _process of [1, 2, 3]) poll()
    const { user } = await linked('Ola')
    expect(world.telegram.pollers()).toBeLessThanOrEqual(1)
    user.say('/help')
    await heard(user.id, '/menu shows')
    const helps = world.telegram.messages(user.id).filter((message) => message.text.includes('/menu shows'))
    expect(helps).toHaveLength(1)
    const conflicts = world.telegram.calls.filter((call) => call.method === 'getUpdates' && call.status === 409)
    expect(conflicts).toEqual([])
  })

  it('a wrong token is told by its code to whoever asks for health, until the right one polls', async () => {
    const deps = createTestDeps(test.db)
    const start = (token: string, signal: AbortSignal) =>
      startPolling({ token, apiRoot: world.telegram.origin, deps, features: [feature], signal })
    const wrong = new AbortController()
    const polled = start('1:wrong', wrong.signal)
    await expect.poll(() => readTrouble(test.db)).toMatchObject({ code: expect.stringMatching(/^40[14]$/) })
    wrong.abort()
    await polled
    polling.push(start(world.telegram.token, end.signal))
    world.telegram.user('Ola').start()
    await expect.poll(() => readTrouble(test.db), { timeout: 5000 }).toBeNull()
  })

  it('a token that is pasted while the worker runs is used, and one that is removed is not', async () => {
    const env = { ...TEST_ENV, TELEGRAM_API_ROOT: world.telegram.origin }
    const installation = createInstallation(test.db, env)
    const by = { id: newId(), administrator: true }
    polling.push(runBot({ deps: createTestDeps(test.db), installation, features: [], signal: end.signal }))
    expect(await installation.setBotToken(by, world.telegram.token)).toMatchObject({
      username: world.telegram.bot.username,
    })
    const user = world.telegram.user('Ola')
    user.start()
    await heard(user.id, 'This is Gleaner')
    await installation.remove(by, 'bot')
    await expect.poll(() => world.telegram.pollers(), { timeout: 8000 }).toBe(0)
  })
})

describe('the webhook', () => {
  const env = () => ({
    ...TEST_ENV,
    TELEGRAM_API_ROOT: world.telegram.origin,
    TELEGRAM_BOT_TOKEN: world.telegram.token,
    APP_URL: 'http://127.0.0.1:20009',
  })

  function door() {
    const installation = createInstallation(test.db, env())
    const { path, secret } = installation.webhookOf(world.telegram.token)
    const deps = createTestDeps(test.db)
    const call = (update: unknown, given: { path?: string; secret?: string | null } = {}) => {
      const token = given.secret === undefined ? secret : given.secret
      const headers: Record<string, string> = token === null ? {} : { 'x-telegram-bot-api-secret-token': token }
      const body = typeof update === 'string' ? update : JSON.stringify(update)
      const request = new Request('http://127.0.0.1/', { method: 'POST', headers, body })
      return answerWebhook({ deps, installation, features: [feature] }, request, given.path ?? path)
    }
    return { call }
  }

  function updateOf(updateId: number, user: { id: number; name: string }) {
    const from = { id: user.id, is_bot: false, first_name: user.name, language_code: 'en' }
    const chat = { id: user.id, type: 'private', first_name: user.name }
    const entities = [{ type: 'bot_command', offset: 0, length: 6 }]
    return { update_id: updateId, message: { message_id: 1, from, chat, date: 1, text: '/start', entities } }
  }

  it('handles an update once, however often it comes', async () => {
    const { call } = door()
    const user = world.telegram.user('Ola')
    user.start()
    for (let time = 0; time < 3; time++) {
      const response = await call(updateOf(900_001, user))
      expect([response.status, await response.json()]).toEqual([200, { ok: true }])
    }
    expect(world.telegram.messages(user.id)).toHaveLength(1)
  })

  it.each([{ secret: 'wrong' }, { secret: null }, { secret: '' }, { path: 'wrong' }])(
    'refuses %j and does nothing',
    async (given) => {
      const { call } = door()
      const user = world.telegram.user('Ola')
      user.start()
      expect((await call(updateOf(900_002, user), given)).status).toBe(401)
      const stored = await test.db.select().from(botUpdates).where(eq(botUpdates.updateId, 900_002n))
      expect([stored, world.telegram.messages(user.id)]).toEqual([[], []])
    },
  )

  it.each(['', '{', '[]', '{"update_id":"1"}', '{"update_id":-1}', 'null'])('answers 400 to %j', async (body) => {
    expect((await door().call(body)).status).toBe(400)
  })

  it('an update of a form that nobody handles is taken and does no harm', async () => {
    expect((await door().call({ update_id: 900_010, something_new: {} })).status).toBe(200)
  })
})
