import { encode } from 'next-auth/jwt'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createApiToken } from '@/accounts/create-api-token'
import { revokeApiToken } from '@/accounts/revoke-api-token'
import { sessions, users } from '@/accounts/table'
import { createTestDeps, createTestWorkspace, type TestWorkspace } from '@/accounts/testing'
import { linkAccount } from '@/bot/link-account'
import { openTestDatabase } from '@/db/testing'
import type { Fetched } from '@/http/transport'
import { LOCALES, type Locale } from '@/i18n/locales'
import { createTranslatorFor } from '@/i18n/translator'
import { startTelegramLink } from '@/notifications/channels/start-telegram-link'
import { createInstallation } from '@/notifications/installation/installation'
import { TEST_ENV } from '@/notifications/testing'
import { answerTrpc } from '@/trpc/http'
import { answerRest } from '@/trpc/openapi'
import { createTestRuntime, createTestWebDeps, testEnv } from '@/trpc/testing'
import { startWorld, type World } from '../../e2e/world/world'
import { appRouter } from './router'
import { contentsOf } from './testing'

const test = openTestDatabase()
const SEARCH = 'https://www.olx.pl/sport-hobby/rowery/krakow/'
const DAY = 86_400_000

let world: World
let mine: TestWorkspace
beforeAll(async () => {
  world = await startWorld()
  mine = await createTestWorkspace(test.db)
  await test.db.update(users).set({ administrator: true, locale: 'en' })
})
afterAll(() => world.close())

function runtimeOf() {
  const deps = createTestWebDeps(test.db)
  const installation = createInstallation(test.db, { ...TEST_ENV, TELEGRAM_API_ROOT: world.telegram.origin })
  return createTestRuntime({
    ...deps,
    transport: { fetch: shopWithoutOffers },
    outlets: { ...deps.outlets, installation },
  })
}

/** A page that says nothing of what it offers. */
async function shopWithoutOffers({ url }: { readonly url: string }): Promise<Fetched> {
  const bytes = Buffer.from('<title>Shop</title><p>Come in</p>')
  return { kind: 'answered', status: 200, url, headers: { 'content-type': 'text/html' }, bytes }
}

/** A cookie as sign-in sets it, of a session that ends then. */
async function cookieUntil(expiresAt: Date): Promise<string> {
  const [session] = await test.db.insert(sessions).values({ userId: mine.userId, expiresAt }).returning()
  const name = 'authjs.session-token'
  return `${name}=${await encode({ token: { sid: session?.id }, secret: testEnv.AUTH_SECRET, salt: name })}`
}

type Told = { readonly status: number; readonly reason: string | null; readonly message: string }

async function onPage(cookie: string, path: string, json: unknown, locale: Locale): Promise<Told> {
  const headers = { cookie, host: 'gleaner.test' }
  const init = { method: 'POST', headers: { ...headers, 'content-type': 'application/json' } }
  const request = new Request(`http://gleaner.test/api/trpc/${path}`, { ...init, body: JSON.stringify({ json }) })
  await test.db.update(users).set({ locale })
  const answer = await answerTrpc(appRouter, runtimeOf(), request)
  await test.db.update(users).set({ locale: 'en' })
  const { message, data } = (await answer.json()).error.json
  return { status: answer.status, reason: data.reason ?? Object.values(data.fields)[0] ?? null, message }
}

async function overRest(key: string, body: unknown): Promise<Told & { readonly fields?: Record<string, string> }> {
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json', host: 'gleaner.test' }
  const request = new Request('http://gleaner.test/api/v1/watches', {
    ...{ method: 'POST', headers, body: JSON.stringify(body) },
  })
  const answer = await answerRest(appRouter, runtimeOf(), request)
  return { status: answer.status, ...(await answer.json()) }
}

const LINKS = [
  ['a site that Gleaner cannot read', 'https://www.example.com/shop', 'watch.unknownSite'],
  ['a private address', 'http://192.168.1.1/admin', 'watch.privateAddress'],
  ['an address of this machine', 'http://[::1]:5432/', 'watch.privateAddress'],
  ['the page of one advert', 'https://www.olx.pl/d/oferta/rower-CID767-ID1abcD.html', 'watch.offerPage'],
] as const

describe('bad input gets a clear message in the reader’s language and changes nothing', () => {
  it.each(LINKS)('%s, previewed and saved', async (_what, url, reason) => {
    const cookie = await cookieUntil(new Date(Date.now() + DAY))
    const before = await contentsOf(test.db)
    const pl = await onPage(cookie, 'watches.preview', { text: url }, 'pl')
    const en = await onPage(cookie, 'watches.preview', { text: url }, 'en')
    expect([en, pl]).toMatchObject([
      { status: 400, reason },
      { status: 400, reason },
    ])
    const saved = await onPage(cookie, 'watches.create', { name: 'Bikes', urls: [SEARCH, url] }, 'en')
    expect(saved).toEqual(en)
    expect(en.message).not.toBe(pl.message)
    expect(await contentsOf(test.db)).toBe(before)
  })

  it.each(LINKS)('%s, sent over REST', async (_what, url, reason) => {
    const { token } = await mine.run((ctx) => createApiToken(ctx, { name: 'Program' }))
    const before = await contentsOf(test.db)
    expect(await overRest(token, { name: 'Bikes', urls: [url] })).toMatchObject({ status: 400, reason })
    expect(await contentsOf(test.db)).toBe(before)
  })

  const LONG = 'x'.repeat(10_000)
  it.each([
    ['watches.create', { name: LONG, urls: [SEARCH] }, '120'],
    ['accounts.createToken', { name: LONG }, '100'],
    ['channels.createEmail', { address: 'a@example.org', name: LONG }, '100'],
  ])('%s with a name of 10,000 letters', async (path, input, most) => {
    const cookie = await cookieUntil(new Date(Date.now() + DAY))
    const before = await contentsOf(test.db)
    for (const locale of LOCALES) {
      const told = await onPage(cookie, path, input, locale)
      expect(told.status).toBe(400)
      expect(told.reason).toContain(most)
    }
    expect(await contentsOf(test.db)).toBe(before)
  })

  it('an expired session', async () => {
    const cookie = await cookieUntil(new Date(Date.now() - 1000))
    const before = await contentsOf(test.db)
    const told = await onPage(cookie, 'watches.create', { name: 'Bikes', urls: [SEARCH] }, 'en')
    expect(told).toMatchObject({ status: 401, message: 'Sign in to go on.' })
    expect(await contentsOf(test.db)).toBe(before)
  })

  it('a revoked key', async () => {
    const { id, token } = await mine.run((ctx) => createApiToken(ctx, { name: 'Program' }))
    await mine.run((ctx) => revokeApiToken(ctx, { id }))
    const before = await contentsOf(test.db)
    const told = await overRest(token, { name: 'Bikes', urls: [SEARCH] })
    expect(told).toMatchObject({ status: 401, message: expect.stringContaining('Send an API key that works') })
    expect(await contentsOf(test.db)).toBe(before)
  })

  it.each(['1:wrong', '123456:AAAA'])('the wrong bot token %s', async (token) => {
    const cookie = await cookieUntil(new Date(Date.now() + DAY))
    const before = await contentsOf(test.db)
    for (const locale of LOCALES) {
      const told = await onPage(cookie, 'installation.setBotToken', { token }, locale)
      expect(told).toMatchObject({ status: 400, reason: 'installation.badToken' })
      expect(told.message).not.toContain(token)
    }
    expect(await contentsOf(test.db)).toBe(before)
  })

  it('a wrong, a used, an expired and a garbled deep link', async () => {
    const deps = createTestDeps(test.db)
    const old = await mine.run((ctx) => startTelegramLink(ctx, 'bot'), new Date(Date.now() - 3_700_000))
    const { url } = await mine.run((ctx) => startTelegramLink(ctx, 'bot'))
    const open = (link: string, telegramUserId: number) => {
      const chat = { id: telegramUserId, title: 'Eve', private: true }
      return linkAccount(deps, { token: link.split('start=')[1] ?? link, telegramUserId, chat })
    }
    expect(await open(url, 1)).toMatchObject({ kind: 'linked' })
    const before = await contentsOf(test.db)
    const kinds = await Promise.all(
      [url, old.url, 'nonsense', 'a\0b', '', 'x'.repeat(4000)].map((link) => open(link, 2)),
    )
    expect(kinds.map(({ kind }) => kind)).toEqual(['used', 'expired', 'unknown', 'unknown', 'unknown', 'unknown'])
    expect(await contentsOf(test.db)).toBe(before)
    for (const kind of ['used', 'expired', 'unknown'] as const) {
      const [en, pl] = LOCALES.map((locale) => createTranslatorFor(locale, 'UTC').t(`bot.link.${kind}`))
      expect(en).not.toBe(pl)
    }
  })
})
