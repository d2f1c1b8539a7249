import { pino } from 'pino'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { instanceSettings } from '@/accounts/table'
import { openTestDatabase } from '@/db/testing'
import { newId } from '@/kernel/ids'
import { startWorld, type World } from '../../../e2e/world/world'
import { createOutlets } from '../create-outlets'
import type { Reader } from '../message'
import { TEST_ENV, testMessage } from '../testing'
import { createInstallation } from './installation'

const test = openTestDatabase()
let world: World
beforeAll(async () => {
  world = await startWorld()
})
beforeEach(async () => {
  world.reset()
  await test.db.delete(instanceSettings)
})
afterAll(() => world.close())

const by = { id: newId(), administrator: true }

function env() {
  return { ...TEST_ENV, TELEGRAM_API_ROOT: world.telegram.origin, RESEND_BASE_URL: world.hooks.origin }
}

function smtp() {
  return { kind: 'smtp', url: `smtp://me:canary-password@127.0.0.1:${world.mail.port()}`, from: null } as const
}

describe('settings of the installation', () => {
  it('a bot token is tried before it is kept, and a wrong one changes nothing', async () => {
    const installation = createInstallation(test.db, env())
    await expect(installation.setBotToken(by, '1:wrong')).rejects.toMatchObject({ reason: 'installation.badToken' })
    expect((await installation.status()).bot).toEqual({ origin: null, username: null, problem: null, mode: 'polling' })
    await installation.setBotToken(by, world.telegram.token)
    expect((await installation.status()).bot).toMatchObject({ origin: 'settings', username: 'gleaner_demo_bot' })
  })

  it('a mail server is tried before it is kept', async () => {
    const installation = createInstallation(test.db, env())
    await world.mail.down()
    await expect(installation.setMail(by, smtp())).rejects.toMatchObject({ reason: 'installation.mailSilent' })
    await world.mail.up()
    await installation.setMail(by, smtp())
    expect((await installation.status()).mail).toMatchObject({
      origin: 'settings',
      kind: 'smtp',
      where: `127.0.0.1:${world.mail.port()}`,
    })
  })

  it('secrets are sealed at rest, and the status holds none', async () => {
    const installation = createInstallation(test.db, env())
    await installation.setBotToken(by, world.telegram.token)
    await installation.setMail(by, smtp())
    const rows = await test.db.select().from(instanceSettings)
    for (const text of [JSON.stringify(rows), JSON.stringify(await installation.status())]) {
      expect(text).not.toContain('canary-password')
      expect(text).not.toContain(world.telegram.token)
    }
  })

  it('only the administrator changes them', async () => {
    const installation = createInstallation(test.db, env())
    const other = { id: newId(), administrator: false }
    for (const change of [
      () => installation.setBotToken(other, world.telegram.token),
      () => installation.setMail(other, smtp()),
      () => installation.remove(other, 'bot'),
    ]) {
      await expect(change()).rejects.toMatchObject({ code: 'forbidden' })
    }
    expect(world.telegram.calls).toEqual([])
  })

  it('the environment wins, says so, and what is set there cannot be pasted', async () => {
    const fixed = { ...env(), TELEGRAM_BOT_TOKEN: world.telegram.token, SMTP_URL: smtp().url }
    const installation = createInstallation(test.db, fixed)
    expect(await installation.status()).toMatchObject({
      bot: { origin: 'environment' },
      mail: { origin: 'environment' },
    })
    await expect(installation.setBotToken(by, '1:other')).rejects.toMatchObject({
      reason: 'installation.fixed',
      values: { key: 'TELEGRAM_BOT_TOKEN' },
    })
    await expect(installation.setMail(by, smtp())).rejects.toMatchObject({ reason: 'installation.fixed' })
  })

  it('a pasted mail server is used without a restart, in place of the one before', async () => {
    const outlets = createOutlets({ env: env(), db: test.db, log: pino({ level: 'silent' }), sayings: [] })
    const reader: Reader = { locale: 'en', timeZone: 'UTC', now: new Date(), appUrl: outlets.appUrl }
    const target = { channelId: '1', kind: 'email', address: 'ola@example.org', config: {} } as const
    const send = async () => (await outlets.channel('email')).send(target, testMessage('Hello'), reader, newId())
    await outlets.installation.setMail(by, {
      kind: 'resend',
      key: world.mail.resend.key,
      from: 'Gleaner <g@example.org>',
    })
    expect(await send()).toMatchObject({ kind: 'sent' })
    await outlets.installation.setMail(by, smtp())
    await expect
      .poll(async () => (await send()) && world.mail.messages.at(-1)?.via, { interval: 300, timeout: 10_000 })
      .toBe('smtp')
  })

  it('without a bot a message to a chat waits and says for what', async () => {
    const outlets = createOutlets({ env: env(), db: test.db, log: pino({ level: 'silent' }), sayings: [] })
    const reader: Reader = { locale: 'en', timeZone: 'UTC', now: new Date(), appUrl: outlets.appUrl }
    const target = { channelId: '1', kind: 'telegram', address: '1', config: {} } as const
    const outcome = await (await outlets.channel('telegram')).send(target, testMessage('Hello'), reader, newId())
    expect(outcome).toMatchObject({ kind: 'later', reason: 'no_bot' })
  })
})
