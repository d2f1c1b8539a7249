import { Composer } from 'grammy'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createTestDeps, createTestWorkspace } from '@/accounts/testing'
import { withSystem } from '@/db/scope'
import { openTestDatabase } from '@/db/testing'
import { telegramAccounts } from '@/notifications/channels/table'
import { createTelegramChannel } from '@/notifications/channels/telegram/create-telegram-channel'
import { drainLane } from '@/notifications/deliveries/drain-lane'
import { createInstallation } from '@/notifications/installation/installation'
import { recordSignal } from '@/notifications/signals/record-signal'
import { createTestChannel, createTestOutbox, TEST_ENV, testMessage, testSignal } from '@/notifications/testing'
import { startWorld, type World } from '../../e2e/world/world'
import { answerWebhook } from './answer-webhook'
import type { BotContext } from './context'
import { onTap, tapOf } from './tap'

const test = openTestDatabase()
let world: World
beforeAll(async () => {
  world = await startWorld()
})
afterAll(() => world.close())

const composer = new Composer<BotContext>()
composer.callbackQuery(
  tapOf('turn'),
  onTap(async () => ({ swaps: { turn: { kind: 'do', label: 'Turned', data: 'turn' } } })),
)

/** A member's chat with a message that has one button. */
async function chatWithButton() {
  const workspace = await createTestWorkspace(test.db)
  const { workspaceId, memberId } = workspace
  const user = world.telegram.user('Ola')
  user.start()
  const row = { workspaceId, memberId, telegramUserId: BigInt(user.id) }
  await withSystem(test.db, 'test', (tx) => tx.insert(telegramAccounts).values(row))
  const channelId = await createTestChannel(workspace, 'telegram', String(user.id))
  await workspace.run((ctx) => recordSignal(ctx, testSignal([channelId])))
  const telegram = createTelegramChannel({ token: world.telegram.token, apiRoot: world.telegram.origin })
  const message = testMessage('City bike', { actions: [{ kind: 'do', label: 'Turn', data: 'turn' }] })
  const reader = { locale: 'en', timeZone: 'UTC', now: new Date(), appUrl: '' } as const
  const outbox = createTestOutbox(test.db, (target, _message, key) => telegram.send(target, message, reader, key))
  await drainLane(outbox, { workspaceId, kind: 'telegram' })
  return user
}

it('a tap on a message too old to be shown to us leaves its buttons', async () => {
  const user = await chatWithButton()
  const env = { ...TEST_ENV, TELEGRAM_API_ROOT: world.telegram.origin, TELEGRAM_BOT_TOKEN: world.telegram.token }
  const installation = createInstallation(test.db, { ...env, APP_URL: 'http://127.0.0.1:20009' })
  const { path, secret } = installation.webhookOf(world.telegram.token)
  const [bike] = world.telegram.messages(user.id).filter(({ text }) => text.includes('City bike'))
  const tap = (update_id: number, shown: object) => {
    const from = { id: user.id, is_bot: false, first_name: 'Ola', language_code: 'en' }
    const message = { chat: { id: user.id, type: 'private', first_name: 'Ola' }, message_id: bike?.id, ...shown }
    const callback_query = { id: String(update_id), from, chat_instance: '1', data: 'turn', message }
    const headers = { 'x-telegram-bot-api-secret-token': secret }
    const init = { method: 'POST', headers, body: JSON.stringify({ update_id, callback_query }) }
    const door = { deps: createTestDeps(test.db), installation, features: [{ composer, menu: () => [] }] }
    return answerWebhook(door, new Request('http://127.0.0.1/', init), path)
  }
  const buttons = () => world.telegram.messages(user.id).flatMap((sent) => sent.buttons.flat().map(({ text }) => text))
  expect((await tap(900_020, { date: 0 })).status).toBe(200)
  expect(buttons()).toEqual(['Turn'])
  await tap(900_021, { date: 1, reply_markup: { inline_keyboard: [[{ text: 'Turn', callback_data: 'turn' }]] } })
  expect(buttons()).toEqual(['Turned'])
})
