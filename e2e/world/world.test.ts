import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ask } from './ask.ts'
import { DEMO_SEARCHES, furnish, moveMarket } from './demo.ts'
import { startWorld, type World } from './world.ts'

let world: World
beforeEach(async () => {
  world = await startWorld()
})
afterEach(() => world.close())

async function post(name: string, body: object, type = 'application/json') {
  const url = `${world.telegram.origin}/_world/${name}`
  const response = await fetch(url, { method: 'POST', headers: { 'content-type': type }, body: JSON.stringify(body) })
  return { status: response.status, body: (await response.json()) as Record<string, unknown> } // commands answer with an object
}

async function read(name: string) {
  return (await fetch(`${world.telegram.origin}/_world/${name}`)).json()
}

test('env tells the app everything, and every address in it is on loopback', () => {
  const env = world.env()
  expect(Object.keys(JSON.parse(env.GLEANER_ORIGINS ?? ''))).toEqual(
    expect.arrayContaining(['www.olx.pl', 'olx.pl', 'www.otomoto.pl', 'otomoto.pl']),
  )
  const addresses = [
    env.TELEGRAM_API_ROOT,
    env.SMTP_URL,
    env.RESEND_BASE_URL,
    ...Object.values<string>(JSON.parse(env.GLEANER_ORIGINS ?? '')),
  ]
  expect(addresses.map((address) => new URL(address ?? '').hostname)).toEqual(addresses.map(() => '127.0.0.1'))
  expect([env.GLEANER_ALLOW_ORIGINS, env.TELEGRAM_BOT_TOKEN]).toEqual(['1', expect.stringMatching(/^\d+:[\w-]{35}$/)])
})

test('another process can publish, reprice, block and read what was asked', async () => {
  const { body } = await post('publish', { matching: DEMO_SEARCHES[0], price: 500 })
  await post('reprice', { id: body.id, amount: 450 })
  expect((await read('adverts'))[0].price.amount).toBe(450)
  await post('mode', { host: 'www.olx.pl', mode: 'blocked' })
  expect((await ask(world.market.origin, DEMO_SEARCHES[0] ?? '')).status).toBe(403)
  expect((await read('requests')).requests).toHaveLength(1)
  expect((await post('reprice', { id: '1' })).body.error).toBe('no advert 1')
})

test('the world is steered by JSON on loopback only', async () => {
  expect((await post('publish', {}, 'text/plain')).status).toBe(415)
  const elsewhere = await ask(world.telegram.origin, 'http://evil.example.org/_world/adverts')
  expect(elsewhere.status).toBe(404)
})

test('the phone page shows the chat, taps and the inbox in one reading', async () => {
  expect(await (await fetch(world.telegram.origin)).text()).toContain('"bot":"gleaner_demo_bot"')
  await post('user/start', { payload: 'tok' })
  const chatId = world.telegram.user('Demo').chatId
  const photo = world.market.publish({ photos: 1 }).photos[0]
  const api = `${world.telegram.origin}/bot${world.telegram.token}`
  const sent = {
    chat_id: chatId,
    photo,
    caption: 'Rower',
    reply_markup: { inline_keyboard: [[{ text: '★', callback_data: 'f' }]] },
  }
  await fetch(`${api}/sendPhoto`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(sent),
  })
  const desk = await read('desk')
  expect(desk.chat.map((message: { text: string }) => message.text)).toEqual(['/start tok', 'Rower'])
  const shown = await fetch(`${world.telegram.origin}/_world/photo/${desk.chat[1].photo.fileId}`)
  expect(shown.headers.get('content-type')).toBe('image/png')
})

test('the market of the demo moves by itself, mostly around what is watched', async () => {
  furnish(world)
  const before = world.market.adverts.size
  const stop = moveMarket(world, { every: 5 })
  await expect.poll(() => world.market.adverts.size, { timeout: 5000 }).toBeGreaterThan(before + 3)
  stop()
  const { text } = await ask(world.market.origin, DEMO_SEARCHES[0] ?? '')
  expect(text).toContain('data-cy="l-card"')
})

test('Discord takes a message, refuses an empty or long one, and fails when told', async () => {
  const send = async (body: object, query = '') =>
    (
      await fetch(`${world.hooks.origin}/api/webhooks/1/token${query}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
    ).status
  expect([await send({ content: 'hi' }), await send({ content: 'hi' }, '?wait=true')]).toEqual([204, 200])
  expect([await send({}), await send({ content: 'x'.repeat(2001) })]).toEqual([400, 400])
  world.hooks.failNext({ status: 429, retryAfter: 2 })
  expect([await send({ content: 'hi' }), await send({ content: 'hi' })]).toEqual([429, 204])
  expect([world.hooks.received.length, world.hooks.refused.length]).toEqual([3, 3])
})

test('a signed webhook is kept byte for byte with its headers', async () => {
  const body = '{ "kind": "listing.new" }'
  await fetch(`${world.hooks.origin}/webhook/mine`, {
    method: 'POST',
    headers: { 'webhook-signature': 'v1,abc' },
    body,
  })
  const got = await world.hooks.waitFor((one) => one.path === '/webhook/mine')
  expect([got.body, got.headers['webhook-signature']]).toEqual([body, 'v1,abc'])
})

test('reset empties the world and heals it, at the same addresses', async () => {
  const before = world.env()
  world.market.seedMarket(5)
  world.market.setMode('olx.pl', 'blocked')
  world.telegram.user('Ania').start()
  expect(world.telegram.pending()).toBe(1)
  world.reset()
  // An update of the test before must not be the first that the next one's bot hears.
  expect(world.telegram.pending()).toBe(0)
  expect([world.market.adverts.size, world.market.modeOf('olx.pl'), world.env()]).toEqual([0, 'ok', before])
})

test('a test that looks wrongly fails itself, not the call that it looked at', async () => {
  const looking = world.hooks.waitFor(() => {
    throw new Error('looked wrongly')
  })
  const seen = expect(looking).rejects.toThrow('looked wrongly')
  const answer = await fetch(`${world.hooks.origin}/webhook/mine`, { method: 'POST', body: '{}' })
  expect(answer.status).toBe(200)
  await seen
})

test('the world runs as a process of its own, prints its env and stops when asked', async () => {
  const main = fileURLToPath(new URL('./main.ts', import.meta.url))
  const free = { WORLD_PORT_MARKET: '0', WORLD_PORT_TELEGRAM: '0', WORLD_PORT_SMTP: '0', WORLD_PORT_HOOKS: '0' }
  const child = spawn(process.execPath, [main, '--move'], {
    env: { ...process.env, ...free },
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const [line] = await once(child.stdout, 'data')
  const env = JSON.parse(String(line).split('\n')[0] ?? '')
  const answer = await fetch(`${env.TELEGRAM_API_ROOT}/bot${env.TELEGRAM_BOT_TOKEN}/getMe`)
  expect(answer.status).toBe(200)
  child.kill('SIGTERM')
  expect((await once(child, 'exit'))[0]).toBe(0)
})
