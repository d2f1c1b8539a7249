import { pino } from 'pino'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startWorld, type World } from '../../../e2e/world/world'
import type { Message, Reader } from '../message'
import { testMessage } from '../testing'
import type { Target } from './channel'
import { CHANNEL_KINDS, createChannel, type OpenChannel } from './registry'
import type { ChannelKind } from './table'

/** What every channel promises, whoever is behind it. */

let world: World
const open: OpenChannel[] = []
beforeAll(async () => {
  world = await startWorld()
})
beforeEach(() => world.reset())
afterAll(async () => {
  for (const channel of open) channel.close?.()
  await world.close()
})

const reader: Reader = { locale: 'en', timeZone: 'Europe/Warsaw', now: new Date(), appUrl: 'http://localhost:3000' }

/** What somebody reads, and how things go wrong, for each kind. */
type Stand = {
  readonly address: () => string
  /** The words that were seen, as plain text; one entry a message. */
  readonly seen: () => readonly string[]
  readonly failOnce: () => void
  readonly refuseAddress: () => void
}

const STANDS: Partial<Record<ChannelKind, () => Stand>> = {
  telegram: () => {
    const user = world.telegram.user('Ola')
    user.start()
    const chat = user.id
    return {
      address: () => String(chat),
      seen: () => world.telegram.messages(chat).map((message) => message.text),
      failOnce: () => world.telegram.failNext({ status: 502 }),
      refuseAddress: () => world.telegram.block(chat),
    }
  },
  email: () => ({
    address: () => 'ola@example.org',
    seen: () => world.mail.to('ola@example.org').map((mail) => mail.text),
    failOnce: () => world.mail.failNext(451, 'try later'),
    refuseAddress: () => world.mail.rejectRcpt('ola@example.org'),
  }),
}

function make(kind: ChannelKind): OpenChannel {
  const env = world.env()
  const channel = createChannel(
    kind,
    {
      telegram: { token: env.TELEGRAM_BOT_TOKEN ?? '', apiRoot: env.TELEGRAM_API_ROOT ?? '' },
      mail: { kind: 'smtp', url: env.SMTP_URL ?? '', from: 'Gleaner <gleaner@example.org>' },
    },
    pino({ level: 'silent' }),
  )
  open.push(channel)
  return channel
}

const HOSTILE = [
  '<b>fat</b> <script>alert(1)</script> &amp; <a href="https://evil.example">x</a>',
  '*bold* _it_ [a](https://evil.example) `code` ||spoiler||',
  '@everyone @here <@1234>',
  'price 100 ‮00,1‬ zł', // right-to-left override
  'subject\r\nBcc: victim@example.org',
  'nul\u0000 bell\u0007',
]

describe.each(CHANNEL_KINDS)('the channel %s', (kind) => {
  function stand() {
    const found = STANDS[kind]
    if (!found) throw new Error(`no stand for ${kind}: add one above`)
    const made = found()
    const channel = make(kind)
    const target: Target = { channelId: '1', kind, address: made.address(), config: {} }
    const send = (message: Message, key = crypto.randomUUID()) => channel.send(target, message, reader, key)
    return { ...made, send }
  }

  it('says what it is given, and names the message', async () => {
    const { send, seen } = stand()
    const outcome = await send(
      testMessage('City bike', { lines: [[{ text: '650 zł', bold: true }, { text: ' was 750 zł' }]] }),
    )
    expect(outcome).toMatchObject({ kind: 'sent', providerId: expect.any(String) })
    expect(seen()).toHaveLength(1)
    expect(seen()[0]).toContain('City bike')
    expect(seen()[0]).toContain('650 zł was 750 zł')
  })

  it.each(HOSTILE)('hostile text is inert: %j', async (text) => {
    const { send, seen } = stand()
    const outcome = await send(
      testMessage(text, { lines: [[{ text, url: 'javascript:alert(1)' }]], footer: text, url: 'javascript:alert(1)' }),
    )
    expect(outcome.kind).toBe('sent')
    const visible = visibleText(text)
    expect(seen()[0]?.split(visible)).toHaveLength(4)
  })

  it('a title of 10 kB is cut, not refused', async () => {
    const { send, seen } = stand()
    const long = '<&"ż'.repeat(2500)
    const outcome = await send(
      testMessage(long, { lines: [[{ text: long, bold: true }], [{ text: long, struck: true }]] }),
    )
    expect(outcome.kind).toBe('sent')
    expect(seen()[0]).toContain('…')
  })

  it('a failure that may pass is told as one', async () => {
    const { send, failOnce, seen } = stand()
    failOnce()
    expect(await send(testMessage('One'))).toMatchObject({ kind: 'later', reason: 'provider' })
    expect(await send(testMessage('Two'))).toMatchObject({ kind: 'sent' })
    expect(seen()).toHaveLength(1)
  })

  it('an address that is dead for good switches the channel off', async () => {
    const { send, refuseAddress } = stand()
    refuseAddress()
    expect(await send(testMessage('One'))).toMatchObject({ kind: 'never', switchOff: true })
  })
})

describe('a kind that is not there yet', () => {
  it('keeps its messages waiting and says why', async () => {
    const target: Target = { channelId: '1', kind: 'discord', address: 'x', config: {} }
    const outcome = await make('discord').send(target, testMessage('One'), reader, '1')
    expect(outcome).toMatchObject({ kind: 'later', reason: 'not_available' })
  })
})

function visibleText(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: what must not be there
  return text.replace(/[\u0000-\u0008\u000e-\u001f\u202a-\u202e]/g, '').replace(/\s+/g, ' ')
}
