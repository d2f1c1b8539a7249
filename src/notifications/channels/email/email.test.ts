import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startWorld, type World } from '../../../../e2e/world/world'
import type { Message, Reader } from '../../message'
import { testMessage } from '../../testing'
import { createEmailChannel } from './create-email-channel'
import type { MailSettings } from './mail'
import { readSmtpRefusal, readSmtpUrl, trySmtp } from './send-by-smtp'

let world: World
const channels: ReturnType<typeof createEmailChannel>[] = []
beforeAll(async () => {
  world = await startWorld()
})
beforeEach(() => world.reset())
afterAll(async () => {
  for (const channel of channels) channel.close()
  await world.close()
})

const from = 'Gleaner <gleaner@example.org>'
const reader: Reader = { locale: 'pl', timeZone: 'Europe/Warsaw', now: new Date(), appUrl: 'http://localhost:3000' }

function smtp(): MailSettings {
  return { kind: 'smtp', url: `smtp://127.0.0.1:${world.mail.port()}`, from }
}

function resend(key = world.mail.resend.key): MailSettings {
  return { kind: 'resend', key, baseUrl: world.hooks.origin, from }
}

function send(settings: MailSettings, message: Message, key = crypto.randomUUID(), to = 'ola@example.org') {
  const channel = createEmailChannel(settings, pino({ level: 'silent' }))
  channels.push(channel)
  return channel.send({ channelId: '1', kind: 'email', address: to, config: {} }, message, reader, key)
}

const bike = testMessage('City bike', {
  tone: 'bargains',
  subject: 'City bike, 650 zł',
  url: 'https://www.olx.pl/d/oferta/1',
  photos: ['https://img.example/1.jpg'],
  lines: [[{ text: '650 zł', bold: true }, { text: ' ' }, { text: '750 zł', struck: true }]],
  actions: [
    { kind: 'open', label: 'Otwórz', url: 'https://www.olx.pl/d/oferta/1' },
    { kind: 'do', label: 'Ulubione', data: 'favourite:1' },
  ],
})

describe('a letter', () => {
  it('says the same in HTML and in text, in the reader’s language, with the photo and what can be opened', async () => {
    expect(await send(smtp(), bike)).toMatchObject({
      kind: 'sent',
      providerId: expect.stringContaining('@example.org'),
    })
    const [mail] = world.mail.messages
    expect(mail).toMatchObject({ subject: 'City bike, 650 zł', to: ['ola@example.org'] })
    expect(mail?.text).toContain('City bike\n650 zł 750 zł\n\nOtwórz: https://www.olx.pl/d/oferta/1')
    expect(mail?.text).toContain('http://localhost:3000/settings/channels')
    expect(mail?.text).not.toContain('Ulubione')
    for (const part of ['lang="pl"', 'src="https://img.example/1.jpg"', 'line-through', 'Zdjęcie: City bike'])
      expect(mail?.html).toContain(part)
  })

  it('hostile words stay words in HTML, and start no header', async () => {
    const hostile = '<script>alert(1)</script>\r\nBcc: victim@example.org'
    await send(
      smtp(),
      testMessage(hostile, {
        lines: [[{ text: hostile, url: 'javascript:alert(1)' }]],
        photos: ['javascript:alert(2)'],
      }),
    )
    const [mail] = world.mail.messages
    expect(mail?.to).toEqual(['ola@example.org'])
    expect(mail?.headers.bcc).toBeUndefined()
    expect(mail?.html).toContain('&lt;script&gt;')
    expect(mail?.html).not.toMatch(/<script|javascript:/)
  })

  it('two addresses in one are one reader that does not exist', async () => {
    await send(smtp(), bike, undefined, 'ola@example.org, eve@example.org')
    expect(world.mail.to('eve@example.org')).toEqual([])
  })

  it('sent again it keeps its Message-ID, by which mail programs show it once', async () => {
    await send(smtp(), bike, '0195')
    await send(smtp(), bike, '0195')
    expect(new Set(world.mail.messages.map((mail) => mail.headers['message-id'])).size).toBe(1)
  })
})

describe('what a mail server answers', () => {
  it('4xx is tried later, 5xx is not, an unknown mailbox switches the channel off', async () => {
    world.mail.failNext(421, 'too busy')
    expect(await send(smtp(), bike)).toMatchObject({ kind: 'later', reason: 'provider' })
    world.mail.failNext(554, '5.7.1 looks like spam')
    expect(await send(smtp(), bike)).toMatchObject({ kind: 'never', reason: 'refused', switchOff: false })
    world.mail.rejectRcpt('ola@example.org')
    expect(await send(smtp(), bike)).toMatchObject({ kind: 'never', reason: 'bad_address', switchOff: true })
  })

  it('a server that is down is tried later; an answer that is lost may have been a yes', async () => {
    world.mail.answerLost(1)
    expect(await send(smtp(), bike)).toMatchObject({ kind: 'later', reason: 'network', uncertain: true })
    await world.mail.down()
    expect(await send(smtp(), bike)).toMatchObject({ kind: 'later', reason: 'network', uncertain: false })
    await expect(trySmtp(smtp() as { url: string })).rejects.toThrow()
    await world.mail.up()
    await expect(trySmtp(smtp() as { url: string })).resolves.toBeUndefined()
  })

  it('a rule of the server is no fault of the mailbox', () => {
    const refusal = (response: string) =>
      readSmtpRefusal({ code: 'EENVELOPE', command: 'RCPT TO', responseCode: 550, response })
    expect(refusal('550 5.7.1 relaying denied')).toMatchObject({ reason: 'refused', switchOff: false })
    expect(refusal('550 5.1.1 no such user')).toMatchObject({ reason: 'bad_address', switchOff: true })
  })

  it('user and password of the address are decoded, ports follow the scheme', () => {
    expect(readSmtpUrl('smtps://me%40example.org:p%3Aw@mail.example.org')).toEqual({
      host: 'mail.example.org',
      port: 465,
      secure: true,
      auth: { user: 'me@example.org', pass: 'p:w' },
    })
    expect(readSmtpUrl('smtp://mail.example.org')).toMatchObject({ port: 587, secure: false })
  })
})

describe('Resend', () => {
  it('gets the delivery’s id as its key: the same letter twice is one, also with other words', async () => {
    expect(await send(resend(), bike, 'key-1')).toMatchObject({ kind: 'sent' })
    expect(await send(resend(), bike, 'key-1')).toMatchObject({ kind: 'sent' })
    expect(await send(resend(), { ...bike, footer: 'May be a repeat' }, 'key-1')).toMatchObject({ kind: 'sent' })
    expect(world.mail.messages).toHaveLength(1)
    expect(world.mail.messages[0]).toMatchObject({ via: 'resend', subject: 'City bike, 650 zł' })
  })

  it('says when to come back, and a wrong key blames nobody’s mailbox', async () => {
    world.mail.resend.failNext(429, 'rate_limit_exceeded', 'Too many requests')
    expect(await send(resend(), bike)).toMatchObject({ kind: 'later', reason: 'too_many', retryAfter: 1 })
    expect(await send(resend('re_wrong'), bike)).toMatchObject({ kind: 'later', reason: 'mail_auth' })
    world.mail.resend.failNext(422, 'validation_error', 'Invalid `to` field')
    expect(await send(resend(), bike)).toMatchObject({ kind: 'never', switchOff: true })
  })
})

describe('no mail server', () => {
  it('each letter is a file that a mail program opens', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'gleaner-mail-'))
    expect(await send({ kind: 'files', folder: join(folder, 'mail'), from }, bike, 'key-2')).toMatchObject({
      kind: 'sent',
    })
    expect(await readdir(join(folder, 'mail'))).toEqual(['key-2.eml'])
    expect(await readFile(join(folder, 'mail', 'key-2.eml'), 'utf8')).toContain('Message-ID: <key-2@example.org>')
    await rm(folder, { recursive: true })
  })
})
