import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type BotAnswer, callBot } from './ask.ts'
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

describe('who may call', () => {
  test('getMe names the bot, and bodies may be JSON, a form, multipart or the query', async () => {
    expect((await call('getMe')).result).toMatchObject({ is_bot: true, username: 'gleaner_demo_bot' })
    const url = `${world.telegram.origin}/bot${world.telegram.token}/sendMessage`
    const fields = { chat_id: String(chatId), text: 'by form', reply_markup: '{"inline_keyboard":[]}' }
    const form = new FormData()
    for (const [key, value] of Object.entries({ ...fields, text: 'by multipart' })) form.set(key, value)
    await fetch(url, { method: 'POST', body: new URLSearchParams(fields) })
    await fetch(url, { method: 'POST', body: form })
    await fetch(`${url}?${new URLSearchParams({ ...fields, text: 'by query' })}`)
    expect(world.telegram.messages(chatId).map((one) => one.text)).toEqual(['by form', 'by multipart', 'by query'])
  })

  test('a wrong token is 401, and no token at all 404', async () => {
    const wrong = world.telegram.token.replace(/.$/, 'x')
    const by = (token: string) => callBot({ origin: world.telegram.origin, token }, 'getMe')
    expect(await by(wrong)).toEqual({ ok: false, error_code: 401, description: 'Unauthorized' })
    expect((await by('nonsense')).error_code).toBe(404)
    expect((await call('sendTelegram')).description).toBe('Not Found: method not found')
  })
})

describe('what Telegram refuses', () => {
  test('a text of 4,096 is taken and one of 4,097 refused, tags not counted', async () => {
    const bold = (length: number) => ({ text: `<b>${'ł'.repeat(length)}</b>`, parse_mode: 'HTML' })
    expect((await send(bold(4096))).ok).toBe(true)
    expect((await send(bold(4097))).description).toBe('Bad Request: message is too long')
  })

  test('a caption over 1,024 is refused', async () => {
    const photo = photoUrl()
    const captioned = (length: number) => call('sendPhoto', { chat_id: chatId, photo, caption: 'x'.repeat(length) })
    expect((await captioned(1024)).ok).toBe(true)
    expect((await captioned(1025)).description).toBe('Bad Request: message caption is too long')
  })

  test.each(['http://localhost:3000/w/1', 'https://localhost', 'gleaner/x'])(
    'a button to %s is refused',
    async (url) => {
      const answer = await send(buttons({ text: 'Open', url }))
      expect(answer.description).toBe(`Bad Request: inline keyboard button URL '${url}' is invalid: Wrong HTTP URL`)
    },
  )

  test('callback data over 64 bytes, a button without action and one without text are refused', async () => {
    expect((await send(buttons({ text: 'ok', callback_data: 'x'.repeat(64) }))).ok).toBe(true)
    expect((await send(buttons({ text: 'no', callback_data: 'ł'.repeat(33) }))).description).toBe(
      'Bad Request: BUTTON_DATA_INVALID',
    )
    expect((await send(buttons({ text: 'no' }))).description).toContain('Text buttons are unallowed')
    expect((await send(buttons({ callback_data: 'x' }))).error_code).toBe(400)
  })

  test.each([
    ['<div>x</div>', `can't parse entities: Unsupported start tag "div" at byte offset 0`],
    ['ł<b>x', `can't parse entities: Can't find end tag corresponding to start tag "b"`],
    ['ł<b>x</i>', `can't parse entities: Unmatched end tag at byte offset 6, expected "</b>", found "</i>"`],
    ['x</b>', "can't parse entities: Unexpected end tag at byte offset 1"],
    ['1 < 2', "can't parse entities: Unclosed start tag at byte offset 2"],
    ['  ', 'message text is empty'],
    ['<b></b>', 'message text is empty'],
  ])('%s is refused', async (text, why) => {
    expect((await send({ text, parse_mode: 'HTML' })).description).toBe(`Bad Request: ${why}`)
  })

  test('HTML is kept as it was sent and read into plain text with entities', async () => {
    await send({
      text: '<b>Rower &amp; kosz</b> <a href="https://www.olx.pl/?a=1&amp;b=2">tu</a> &lt;3',
      parse_mode: 'HTML',
    })
    const [message] = world.telegram.messages(chatId)
    expect(message?.text).toBe('Rower & kosz tu <3')
    expect(message?.html).toContain('<b>')
    expect(message?.entities).toEqual([
      { type: 'bold', offset: 0, length: 12 },
      { type: 'text_link', offset: 13, length: 2, url: 'https://www.olx.pl/?a=1&b=2' },
    ])
  })

  test('an unknown chat is 400, a user who never pressed Start 403', async () => {
    expect((await send({ chat_id: 42 })).description).toBe('Bad Request: chat not found')
    const stranger = world.telegram.user('Stranger')
    expect((await send({ chat_id: stranger.id })).description).toBe(
      "Forbidden: bot can't initiate conversation with a user",
    )
  })
})

describe('photos', () => {
  test('a photo is fetched by its address, kept, and can be sent again by its id', async () => {
    const photo = photoUrl()
    const sent = await call('sendPhoto', { chat_id: chatId, photo, caption: 'Rower' })
    const [size] = (sent.result as { photo: { file_id: string }[] }).photo
    expect((await call('sendPhoto', { chat_id: chatId, photo: size?.file_id })).ok).toBe(true)
    expect(world.telegram.messages(chatId).map((one) => one.photo?.url)).toEqual([photo, photo])
    expect(world.market.requests.filter((one) => one.host === 'photos')).toHaveLength(1)
  })

  test('a photo that cannot be fetched is refused, and no host but loopback is asked', async () => {
    const photo = photoUrl()
    const refusal = async (value: unknown) => (await call('sendPhoto', { chat_id: chatId, photo: value })).description
    expect(await refusal('https://ireland.apollo.olxcdn.com/v1/files/x')).toBe(
      'Bad Request: failed to get HTTP URL content',
    )
    expect(await refusal('not an address')).toBe('Bad Request: wrong file identifier/HTTP URL specified')
    expect(await refusal(`${world.market.origin}/sport-hobby/`)).toBe('Bad Request: wrong type of the web page content')
    world.market.setMode('photos', 'gone')
    expect(await refusal(photo)).toBe('Bad Request: failed to get HTTP URL content')
    expect(world.telegram.messages(chatId)).toEqual([])
  })

  test('an uploaded photo is taken, and bytes that are no picture are not', async () => {
    const upload = async (bytes: Uint8Array<ArrayBuffer>) => {
      const form = new FormData()
      form.set('chat_id', String(chatId))
      form.set('photo', new Blob([bytes], { type: 'image/png' }), 'a.png')
      const response = await fetch(`${world.telegram.origin}/bot${world.telegram.token}/sendPhoto`, {
        method: 'POST',
        body: form,
      })
      return ((await response.json()) as BotAnswer).ok
    }
    const picture = await (await fetch(photoUrl() ?? '')).arrayBuffer()
    expect([await upload(new Uint8Array(picture)), await upload(new Uint8Array([1, 2, 3]))]).toEqual([true, false])
  })

  test('an album holds 2 to 10 photos', async () => {
    const media = Array.from({ length: 3 }, () => ({ type: 'photo', media: photoUrl(), caption: 'x' }))
    const sent = await call('sendMediaGroup', { chat_id: chatId, media })
    expect(sent.result).toHaveLength(3)
    expect((await call('sendMediaGroup', { chat_id: chatId, media: media.slice(0, 1) })).ok).toBe(false)
  })
})

describe('edits', () => {
  test('an edit keeps what was before; the same again is refused', async () => {
    const id = idOf(await send(buttons({ text: '★', callback_data: 'f' })))
    const edited = { chat_id: chatId, message_id: id, text: 'changed' }
    expect((await call('editMessageText', edited)).ok).toBe(true)
    expect((await call('editMessageText', edited)).description).toContain('message is not modified')
    const [message] = world.telegram.messages(chatId)
    expect([message?.text, message?.buttons, message?.edits.map((edit) => edit.text)]).toEqual([
      'changed',
      [],
      ['hello'],
    ])
  })

  test('a caption is edited as a caption, buttons alone too, and what is not there is not found', async () => {
    const id = idOf(await call('sendPhoto', { chat_id: chatId, photo: photoUrl(), caption: 'old' }))
    const at = { chat_id: chatId, message_id: id }
    expect((await call('editMessageText', { ...at, text: 'x' })).description).toContain('there is no text')
    expect((await call('editMessageCaption', { ...at, caption: 'new' })).ok).toBe(true)
    expect((await call('editMessageReplyMarkup', { ...at, ...buttons({ text: 'a', callback_data: 'a' }) })).ok).toBe(
      true,
    )
    expect((await call('deleteMessage', at)).result).toBe(true)
    expect((await call('deleteMessage', at)).description).toBe('Bad Request: message to delete not found')
    expect((await call('editMessageCaption', { ...at, caption: 'z' })).description).toBe(
      'Bad Request: message to edit not found',
    )
  })
})
