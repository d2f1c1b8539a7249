import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type BotAnswer, callBot } from './ask.ts'
import { readBody } from './http.ts'
import { startWorld, type World } from './world.ts'

let world: World
let chatId: number
beforeEach(async () => {
  world = await startWorld()
  const ania = world.telegram.user('Ania')
  ania.start()
  chatId = ania.chatId
})
afterEach(() => world.close())

const call = (method: string, params: object = {}) => callBot(world.telegram, method, params)
const send = (more: object = {}) => call('sendMessage', { chat_id: chatId, text: 'hello', ...more })
const buttons = (...row: object[]) => ({ reply_markup: { inline_keyboard: [row] } })
const photoUrl = () => world.market.publish({ photos: 1 }).photos[0]
const idOf = (answer: BotAnswer) => (answer.result as { message_id: number }).message_id // of a sent message

describe('getUpdates', () => {
  const poll = (params: object) => call('getUpdates', params)
  const updateIds = (answer: BotAnswer) => (answer.result as { update_id: number }[]).map((update) => update.update_id)

  test('updates come until an offset confirms them', async () => {
    world.telegram.user('Ania').say('one')
    const first = updateIds(await poll({}))
    expect(first).toHaveLength(2)
    expect(updateIds(await poll({ offset: first[1] }))).toEqual([first[1]])
    expect(updateIds(await poll({ offset: (first[1] ?? 0) + 1 }))).toEqual([])
  })

  test('a long poll answers as soon as somebody writes', async () => {
    const [first] = updateIds(await poll({}))
    const waiting = poll({ offset: (first ?? 0) + 1, timeout: 30 })
    await expect.poll(world.telegram.pollers).toBe(1)
    world.telegram.user('Ania').say('now')
    expect((await waiting).result).toMatchObject([{ message: { text: 'now', chat: { id: chatId, type: 'private' } } }])
  })

  test('a second poller gets 409 for the first', async () => {
    const [last] = updateIds(await poll({}))
    const first = poll({ offset: (last ?? 0) + 1, timeout: 30 })
    await expect.poll(world.telegram.pollers).toBe(1)
    const second = poll({ offset: (last ?? 0) + 1, timeout: 1 })
    expect(await first).toMatchObject({
      ok: false,
      error_code: 409,
      description: expect.stringContaining('terminated'),
    })
    expect((await second).ok).toBe(true)
  })

  test('polling is refused while a webhook is set', async () => {
    await call('setWebhook', { url: 'http://127.0.0.1:1/hook' })
    expect((await poll({})).error_code).toBe(409)
    await call('deleteWebhook')
    expect((await poll({})).ok).toBe(true)
  })
})

describe('webhook', () => {
  type Hook = { url: string; got: { headers: IncomingHttpHeaders; body: { update_id: number } }[]; close: () => void }
  async function hook(answers: readonly number[] = []): Promise<Hook> {
    const got: Hook['got'] = []
    const server = createServer(async (request, response) => {
      const body = JSON.parse((await readBody(request)).toString())
      response.writeHead(answers[got.length] ?? 200).end('{"ok":true}')
      got.push({ headers: request.headers, body })
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo // listens on TCP
    return { url: `http://127.0.0.1:${port}/hook`, got, close: () => server.close() }
  }

  test('updates are posted with the secret header, in order, and a failed one is tried again', async () => {
    const one = await hook([500])
    await call('setWebhook', { url: one.url, secret_token: 'S3cret_-' })
    world.telegram.user('Ania').say('hi')
    await expect.poll(() => one.got.length, { timeout: 5000 }).toBe(3)
    expect(one.got.map((got) => got.headers['x-telegram-bot-api-secret-token'])).toEqual(Array(3).fill('S3cret_-'))
    const ids = one.got.map((got) => got.body.update_id)
    expect(ids).toEqual([ids[0], ids[0], (ids[0] ?? 0) + 1])
    expect((await call('getWebhookInfo')).result).toMatchObject({ url: one.url, pending_update_count: 0 })
    expect(await world.telegram.replay(ids[0] ?? 0)).toBe(200)
    expect(one.got.at(-1)?.body.update_id).toBe(ids[0])
    one.close()
  })

  test('an address beyond loopback and a bad secret are refused', async () => {
    expect((await call('setWebhook', { url: 'https://example.org/x' })).description).toContain('bad webhook')
    expect((await call('setWebhook', { url: 'http://127.0.0.1:1/x', secret_token: 'a b' })).error_code).toBe(400)
  })
})

describe('what a test makes go wrong', () => {
  test('failNext refuses so often, by method, and then lets go', async () => {
    world.telegram.failNext({ method: 'sendMessage', status: 500, times: 2 })
    world.telegram.failNext({ status: 429, parameters: { retry_after: 7 }, method: 'sendPhoto' })
    const codes = [await send(), await send(), await send()].map((answer) => answer.error_code)
    expect(codes).toEqual([500, 500, undefined])
    const slow = await call('sendPhoto', { chat_id: chatId, photo: photoUrl() })
    expect([slow.description, slow.parameters?.retry_after]).toEqual(['Too Many Requests: retry after 7', 7])
  })

  test('a share of 0.3 fails about three calls in ten, the same ones for the same seed', async () => {
    world.telegram.failNext({ method: 'sendMessage', status: 502, share: 0.3, times: 1000 })
    const answers: boolean[] = []
    for (let i = 0; i < 100; i++) answers.push((await send()).ok)
    const failed = answers.filter((ok) => !ok).length
    expect(failed).toBeGreaterThan(15)
    expect(failed).toBeLessThan(45)
  })

  test('a chat takes so many messages a second, and more are told how long to wait', async () => {
    world.telegram.rate(chatId, 2, 3)
    const answers = [await send(), await send(), await send()]
    expect(answers.map((answer) => answer.ok)).toEqual([true, true, false])
    expect(answers[2]?.parameters?.retry_after).toBe(3)
    world.clock.advance(1100)
    expect((await send()).ok).toBe(true)
  })

  test('a user who blocked the bot is 403 and the bot is told; pressing Start again opens the chat', async () => {
    world.telegram.block(chatId)
    expect(await send()).toMatchObject({ error_code: 403, description: 'Forbidden: bot was blocked by the user' })
    expect((await call('getUpdates')).result).toContainEqual(
      expect.objectContaining({
        my_chat_member: expect.objectContaining({ chat: expect.objectContaining({ id: chatId }) }),
      }),
    )
    world.telegram.user('Ania').start()
    expect((await send()).ok).toBe(true)
    world.telegram.deactivate(chatId)
    expect((await send()).description).toBe('Forbidden: user is deactivated')
  })

  test('a group that became a supergroup names its new id, where messages then arrive', async () => {
    const group = world.telegram.group('Rowery', [world.telegram.user('Ania')])
    const old = group.chatId
    const next = world.telegram.migrate(old)
    const refused = await send({ chat_id: old })
    expect([refused.error_code, refused.parameters?.migrate_to_chat_id]).toEqual([400, next])
    await send({ chat_id: next })
    expect([group.chatId, group.messages().length]).toEqual([next, 1])
  })

  test('an answer that is lost leaves the message sent', async () => {
    world.telegram.answerLost(1)
    await expect(send()).rejects.toThrow()
    expect(world.telegram.messages(chatId)).toHaveLength(1)
    world.telegram.answerLost(1, { status: 502 })
    expect((await send()).error_code).toBe(502)
    expect((await send()).ok).toBe(true)
    expect(world.telegram.messages(chatId)).toHaveLength(3)
    expect(world.telegram.calls.map((one) => one.status)).toEqual([0, 502, 200])
  })

  test('an answer that is held back leaves the bot waiting with the message sent', async () => {
    world.telegram.answerLost(1, { hold: true })
    const never = send().catch(() => 'cut')
    await world.telegram.waitForMessage(chatId)
    const patience = new Promise((resolve) => setTimeout(() => resolve('still waiting'), 100))
    expect(await Promise.race([never, patience])).toBe('still waiting')
  })
})

describe('a person with the phone in hand', () => {
  test('a deep link of this bot starts with its payload, one of another bot is refused', async () => {
    const ola = world.telegram.user('Ola', { language: 'pl' })
    ola.follow('https://t.me/gleaner_demo_bot?start=abc123')
    const answer = await call('getUpdates', { offset: -1 })
    expect(answer.result).toMatchObject([
      {
        message: {
          text: '/start abc123',
          from: { first_name: 'Ola', language_code: 'pl' },
          entities: [{ type: 'bot_command' }],
        },
      },
    ])
    expect(() => ola.follow('https://t.me/other_bot?start=x')).toThrow('other_bot')
  })

  test('a tap reaches the bot and waits for its answer; a link button only gives its address', async () => {
    const row = [
      { text: '★ Favourite', callback_data: 'fav:1' },
      { text: 'Open', url: 'https://www.olx.pl/x' },
    ]
    const id = idOf(await send(buttons(...row)))
    const ania = world.telegram.user('Ania')
    expect((await ania.tap(id, 'Open')).url).toBe('https://www.olx.pl/x')
    const tapped = ania.tap((message) => message.text === 'hello', '★')
    const [update] = (await call('getUpdates', { offset: -1 })).result as {
      callback_query: { id: string; data: string }
    }[]
    expect(update?.callback_query.data).toBe('fav:1')
    const reply = { callback_query_id: update?.callback_query.id, text: 'Saved' }
    expect((await call('answerCallbackQuery', reply)).result).toBe(true)
    expect(await tapped).toEqual({ text: 'Saved', alert: false, url: null })
    expect((await call('answerCallbackQuery', reply)).description).toContain('query is too old')
    await expect(ania.tap(id, 'Delete')).rejects.toThrow('no button "Delete" among "★ Favourite", "Open"')
  })

  test('in a group the bot hears commands and answers to itself, and nothing else', async () => {
    const group = world.telegram.group('Rowery', [world.telegram.user('Ania')])
    const ania = world.telegram.user('Ania').inGroup(group)
    const id = idOf(await send({ chat_id: group.chatId }))
    ania.start('tok')
    ania.say('just talk')
    ania.say('thanks', id)
    const updates = (await call('getUpdates')).result as { message?: { text: string; chat: { id: number } } }[]
    const heard = updates.filter((one) => one.message?.chat.id === group.chatId).map((one) => one.message?.text)
    expect(heard).toEqual(['/start@gleaner_demo_bot tok', 'thanks'])
    const member = (userId: number) => call('getChatMember', { chat_id: group.chatId, user_id: userId })
    expect((await member(chatId)).result).toMatchObject({ status: 'creator' })
    expect((await member(1)).description).toBe('Bad Request: member not found')
  })

  test('waiting finds what is there, what comes and what is edited, and says what it waited for', async () => {
    const later = world.telegram.waitForMessage(chatId, (message) => message.text === 'later')
    const id = idOf(await send())
    await call('editMessageText', { chat_id: chatId, message_id: id, text: 'later' })
    expect((await later).id).toBe(id)
    await expect(world.telegram.waitForMessage(chatId, () => false, 20)).rejects.toThrow('waited 20 ms for a message')
  })

  test('commands and the menu button are kept by language', async () => {
    await call('setMyCommands', { commands: [{ command: 'list', description: 'Watches' }] })
    await call('setMyCommands', { commands: [{ command: 'list', description: 'Obserwowane' }], language_code: 'pl' })
    expect((await call('getMyCommands', { language_code: 'pl' })).result).toEqual([
      { command: 'list', description: 'Obserwowane' },
    ])
    expect((await call('setChatMenuButton', { menu_button: { type: 'commands' } })).result).toBe(true)
  })
})
