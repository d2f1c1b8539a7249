import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startWorld, type World } from '../../../../e2e/world/world'
import type { Message, Reader } from '../../message'
import { testMessage } from '../../testing'
import type { Channel } from '../channel'
import { isPublicUrl } from '../rules-address'
import { createTelegramChannel } from './create-telegram-channel'
import { renderButtons, renderHtml } from './render-message'

let world: World
let channel: Channel
let chat: number
beforeAll(async () => {
  world = await startWorld()
})
beforeEach(() => {
  world.reset()
  const ola = world.telegram.user('Ola')
  ola.start()
  chat = ola.id
  channel = createTelegramChannel({ token: world.telegram.token, apiRoot: world.telegram.origin })
})
afterAll(() => world.close())

const reader: Reader = { locale: 'en', timeZone: 'Europe/Warsaw', now: new Date(), appUrl: 'http://localhost:3000' }

function send(message: Message, address = String(chat)) {
  return channel.send({ channelId: '1', kind: 'telegram', address, config: {} }, message, reader, 'key')
}

const bike = testMessage('City bike', {
  url: 'https://www.olx.pl/d/oferta/city-bike-ID1.html',
  lines: [[{ text: '650 zł', bold: true }, { text: ' was ' }, { text: '750 zł', struck: true }]],
  footer: 'Watch: bikes',
})

describe('a message in a chat', () => {
  it('shows photo, linked heading, struck old price and footer', async () => {
    const photo = photoOf()
    expect(await send({ ...bike, photos: [photo] })).toMatchObject({
      kind: 'sent',
      providerId: expect.stringMatching(/^\d+$/),
    })
    const [message] = world.telegram.messages(chat)
    expect(message?.photo?.url).toBe(photo)
    expect(message?.text).toBe('City bike\n650 zł was 750 zł\nWatch: bikes')
    expect(message?.entities.map((entity) => entity.type).sort()).toEqual([
      'bold',
      'bold',
      'italic',
      'strikethrough',
      'text_link',
    ])
  })

  it.each(['http://127.0.0.1:1/none.jpg', 'https://nowhere.invalid/a.jpg'])(
    'a photo that Telegram cannot fetch (%s) falls back to text',
    async (photo) => {
      expect(await send({ ...bike, photos: [photo] })).toMatchObject({ kind: 'sent' })
      expect(world.telegram.messages(chat)).toMatchObject([{ photo: null, text: expect.stringContaining('City bike') }])
    },
  )

  it('a button that leads to localhost is left out, the others stay', async () => {
    const actions = [
      { kind: 'open', label: 'Open', url: 'https://www.olx.pl/d/oferta/1' },
      { kind: 'open', label: 'Gleaner', url: 'http://localhost:3000/watches/1' },
      { kind: 'do', label: 'Favourite', data: 'favourite:0195d7a0-0000-7000-8000-000000000000' },
      { kind: 'do', label: 'Too long', data: 'x'.repeat(65) },
    ] as const
    expect(await send({ ...bike, actions })).toMatchObject({ kind: 'sent' })
    expect(
      world.telegram
        .messages(chat)[0]
        ?.buttons.flat()
        .map((button) => button.text),
    ).toEqual(['Open', 'Favourite'])
  })

  it('whatever the words, Telegram takes them: whole HTML, never too long', async () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 6000 }),
      fc.constantFrom('<&">'.repeat(2000), '🛒'.repeat(3000), ''),
    )
    const span = fc.record({
      text,
      bold: fc.boolean(),
      struck: fc.boolean(),
      url: fc.option(fc.webUrl(), { nil: undefined }),
    })
    const lines = fc.array(fc.array(span, { maxLength: 3 }), { maxLength: 5 })
    const photos = fc.constantFrom([], [photoOf()])
    await fc.assert(
      fc.asyncProperty(text, lines, text, photos, async (heading, some, footer, pictures) => {
        const outcome = await send(testMessage(`x${heading}`, { lines: some, footer, photos: pictures }))
        expect(outcome).toMatchObject({ kind: 'sent' })
        const [last] = world.telegram.messages(chat).slice(-1)
        expect(last?.photo === null).toBe(pictures.length === 0)
      }),
      { numRuns: 60 },
    )
  })

  it('a cut keeps the footer', () => {
    const html = renderHtml({ ...bike, lines: [[{ text: 'a'.repeat(5000) }]] }, 1024)
    expect(html.endsWith('…\n<i>Watch: bikes</i>')).toBe(true)
  })

  it('three short buttons stand in a row, long ones alone', () => {
    const buttons = ['Open', '★', 'Ignore', 'Pause this watch until tomorrow'].map(
      (label, at) => ({ kind: 'do', label, data: `a:${at}` }) as const,
    )
    expect(renderButtons(buttons).map((row) => row.length)).toEqual([3, 1])
  })
})

describe('what Telegram answers', () => {
  it('a blocked bot switches the channel off', async () => {
    world.telegram.block(chat)
    expect(await send(bike)).toMatchObject({ kind: 'never', reason: 'blocked', switchOff: true })
  })

  it('a chat that does not exist switches the channel off', async () => {
    expect(await send(bike, '424242')).toMatchObject({ kind: 'never', reason: 'bad_address', switchOff: true })
  })

  it('a group that became a supergroup is followed to its new id', async () => {
    const group = world.telegram.group('Family', [world.telegram.user('Ola')])
    const old = String(group.chatId)
    const next = world.telegram.migrate(group.chatId)
    expect(await send({ ...bike, photos: [photoOf()] }, old)).toMatchObject({ kind: 'sent', movedTo: String(next) })
    expect(world.telegram.messages(next)).toHaveLength(1)
  })

  it('retry_after is handed on to the second', async () => {
    world.telegram.failNext({ status: 429, parameters: { retry_after: 17 } })
    expect(await send(bike)).toMatchObject({ kind: 'later', reason: 'too_many', retryAfter: 17 })
  })

  it('a 5xx or a lost answer may have arrived, a refused connection has not', async () => {
    world.telegram.answerLost(1, { status: 500 })
    expect(await send(bike)).toMatchObject({ kind: 'later', uncertain: true })
    world.telegram.answerLost(1)
    expect(await send(bike)).toMatchObject({ kind: 'later', reason: 'network', uncertain: true })
    const nobody = createTelegramChannel({ token: world.telegram.token, apiRoot: 'http://127.0.0.1:20009' })
    const outcome = await nobody.send(
      { channelId: '1', kind: 'telegram', address: '1', config: {} },
      bike,
      reader,
      'key',
    )
    expect(outcome).toMatchObject({ kind: 'later', reason: 'network', uncertain: false })
  })

  it('a wrong token leaves the chat on, and no outcome holds the token', async () => {
    const token = '123456:wrong-token-canary'
    for (const apiRoot of [world.telegram.origin, 'http://127.0.0.1:20009']) {
      const wrong = createTelegramChannel({ token, apiRoot })
      const outcome = await wrong.send(
        { channelId: '1', kind: 'telegram', address: String(chat), config: {} },
        bike,
        reader,
        'key',
      )
      expect(outcome.kind).toBe('later')
      expect(JSON.stringify(outcome)).not.toContain('canary')
    }
  })
})

describe('addresses that others can open', () => {
  it.each(['https://gleaner.example.org/x', 'http://93.184.216.34/'])('%s is public', (url) =>
    expect(isPublicUrl(url)).toBe(true),
  )
  it.each([
    'http://localhost:3000/',
    'http://127.0.0.1/',
    'http://[::1]/',
    'http://192.168.1.5/',
    'http://nas.local/',
    'http://nas/',
    'javascript:alert(1)',
    'tg://user?id=1',
    'not an address',
  ])('%s is not', (url) => expect(isPublicUrl(url)).toBe(false))
})

/** A photo of the made-up market, which the made-up Telegram can fetch. */
function photoOf(): string {
  const [photo = ''] = world.market.publish().photos
  return photo
}
