import { eq, sql } from 'drizzle-orm'
import { beforeEach, describe, expect, it } from 'vitest'
import { createTestWorkspace } from '@/accounts/testing'
import { searches } from '@/bargains/searches/table'
import { forgetTrouble, keepTrouble } from '@/bot/keep-trouble'
import { botPollers, botUpdates } from '@/bot/table'
import { closeDatabase, openDatabase } from '@/db/client'
import { withSystem } from '@/db/scope'
import { openTestDatabase } from '@/db/testing'
import { newId } from '@/kernel/ids'
import { deliveries } from '@/notifications/deliveries/table'
import { createInstallation } from '@/notifications/installation/installation'
import { recordSignals } from '@/notifications/signals/record-signal'
import { createTestChannel, testSignal } from '@/notifications/testing'
import { createTestWebDeps, testEnv } from '@/trpc/testing'
import { checkHealth } from './health'

const test = openTestDatabase()
const now = new Date()
const ago = (seconds: number) => new Date(now.getTime() - seconds * 1000)

/** With settings of its own: a health check reads them as they are now. */
function depsWith(env: Partial<typeof testEnv> = {}) {
  const deps = createTestWebDeps(test.db, { clock: () => now })
  return { ...deps, outlets: { ...deps.outlets, installation: createInstallation(test.db, { ...testEnv, ...env }) } }
}

describe('health', () => {
  it('is good when everything is', async () => {
    const { ok, state, parts } = await checkHealth(depsWith())
    expect({ ok, state }).toEqual({ ok: true, state: 'ok' })
    expect(Object.keys(parts)).toEqual(['database', 'migrations', 'jobs', 'scans', 'mail', 'storage', 'bot', 'browser'])
    expect(parts).toMatchObject({ mail: { way: 'files', lastSuccessSeconds: null }, bot: { configured: false } })
  })

  it('is bad when a job has waited for minutes', async () => {
    await test.db.execute(sql`insert into job_runs (id, function_id, state, due_at, event)
      values (gen_random_uuid(), 'gleaner-scan-host', 'queued', now() - interval '5 minutes', '{}')`)
    expect(await checkHealth(depsWith())).toMatchObject({ ok: false, parts: { jobs: { state: 'down' } } })
    await test.db.execute(sql`delete from job_runs`)
  })

  it('is bad, and says nothing of where the database is, when it does not answer', async () => {
    const away = openDatabase({ url: 'postgres://nobody:canary@127.0.0.1:1/none' })
    const health = await checkHealth({ ...depsWith(), db: away })
    expect(health).toMatchObject({ ok: false, parts: { database: { state: 'down' }, mail: { detail: 'unknown' } } })
    expect(JSON.stringify(health)).not.toMatch(/canary|127\.0\.0\.1/)
    await closeDatabase(away, 1)
  })

  it('a part that cannot be asked is told without its error', async () => {
    const deps = depsWith()
    const broken = { ...deps.outlets.installation, settings: () => Promise.reject(new Error('canary')) }
    const health = await checkHealth({ ...deps, outlets: { installation: broken } })
    expect(health).toMatchObject({ ok: true, state: 'degraded', parts: { mail: { detail: 'could not be checked' } } })
    expect(JSON.stringify(health)).not.toContain('canary')
  })
})

it('says that files cannot be kept, and tries again only after a minute', async () => {
  const deps = depsWith()
  const moments = [now.getTime(), now.getTime() + 59_000, now.getTime() + 61_000]
  const states = []
  let put = deps.storage.put
  const storage = { ...deps.storage, put: (...given: Parameters<typeof put>) => put(...given) }
  for (const moment of moments) {
    const { parts, ok } = await checkHealth({ ...deps, storage, clock: () => new Date(moment) })
    states.push(`${parts.storage?.state} ${ok}`)
    put = () => Promise.reject(new Error('full'))
  }
  expect(states).toEqual(['ok true', 'ok true', 'degraded true'])
})

describe('scans', () => {
  beforeEach(() => test.db.delete(searches))

  const search = (changes: Partial<typeof searches.$inferInsert>) => {
    const key = newId()
    const url = `https://www.olx.pl/${key}`
    const says = {
      category: [],
      place: null,
      distance: null,
      query: null,
      priceFrom: null,
      priceTo: null,
      currency: 'PLN',
    }
    return { source: 'olx', key, url, host: 'www.olx.pl', says: { ...says, others: 0 }, ...changes }
  }

  it.each([
    ['were read', [{ dueAt: ago(-60), okAt: ago(300) }], 'ok', undefined],
    ['are not due for days', [{ dueAt: ago(-90_000), okAt: ago(90_000) }], 'ok', undefined],
    [
      'are due, and others are read',
      [
        { dueAt: ago(1000), okAt: ago(5000) },
        { dueAt: ago(-60), okAt: ago(60) },
      ],
      'ok',
      undefined,
    ],
    ['of nobody', [{ dueAt: null, okAt: ago(90_000) }], 'ok', undefined],
    ['are due and none is read', [{ dueAt: ago(1000), okAt: ago(5000) }], 'degraded', /^late/],
    ['were never read', [{ dueAt: ago(1000), okAt: null }], 'degraded', /^late/],
    ['are all refused', [{ dueAt: ago(-60), okAt: ago(5000), failures: 3 }], 'degraded', /no search can be read/],
  ] as const)('searches that %s', async (_what, rows, state, detail) => {
    await test.db.insert(searches).values(rows.map(search))
    const { parts, ok } = await checkHealth(depsWith())
    expect(parts.scans).toMatchObject({ state, ...(detail && { detail: expect.stringMatching(detail) }) })
    expect(ok).toBe(true)
  })

  it('the last success is told by its age', async () => {
    await test.db.insert(searches).values(search({ dueAt: ago(-60), okAt: ago(300) }))
    expect((await checkHealth(depsWith())).parts.scans).toMatchObject({ active: 1, lastSuccessSeconds: 300 })
  })
})

describe('mail', () => {
  const smtp = { SMTP_URL: 'smtp://anna:canary@mail.example.org:587' }

  it('that is not taken is told by its class until a letter goes through, and names nobody', async () => {
    const workspace = await createTestWorkspace(test.db)
    const to = await createTestChannel(workspace)
    await workspace.run((ctx) => recordSignals(ctx, [testSignal([to]), testSignal([to])]))
    const write = (changes: Partial<typeof deliveries.$inferInsert>) =>
      withSystem(test.db, 'test', (tx) => tx.update(deliveries).set(changes).where(eq(deliveries.channelId, to)))
    const mail = async () => (await checkHealth(depsWith(smtp))).parts.mail

    await write({ state: 'sent', sentAt: ago(600), createdAt: ago(601) })
    expect(await mail()).toMatchObject({ state: 'ok', way: 'smtp', lastSuccessSeconds: 600, lastFailure: null })
    await write({ state: 'failed', reason: 'bad_address', detail: 'canary', createdAt: ago(60), sentAt: null })
    expect(await mail()).toMatchObject({ state: 'ok' })
    await write({ state: 'pending', reason: 'mail_auth', detail: 'canary' })
    expect(await mail()).toMatchObject({ state: 'degraded', lastFailure: 'mail_auth', lastFailureSeconds: 60 })
    expect(JSON.stringify(await checkHealth(depsWith(smtp)))).not.toMatch(/canary|example\.org|anna|@/)
    await write({ state: 'sent', reason: null, sentAt: now })
    expect(await mail()).toMatchObject({ state: 'ok', lastSuccessSeconds: 0 })
  })
})

describe('the bot', () => {
  const token = '123456:canary-canary-canary-canary'
  const bot = async () => (await checkHealth(depsWith({ TELEGRAM_BOT_TOKEN: token }))).parts.bot

  it('hears while a worker polls, and tells by a code why it does not', async () => {
    expect(await bot()).toMatchObject({ state: 'degraded', mode: 'polling', detail: 'no worker polls' })
    await test.db.insert(botPollers).values({ botId: 123456n, holder: newId(), until: ago(-60) })
    await test.db.insert(botUpdates).values({ botId: 123456n, updateId: 7n, receivedAt: ago(30) })
    expect(await bot()).toMatchObject({ state: 'ok', lastUpdateSeconds: 30 })
    await keepTrouble(test.db, '409', ago(90))
    await keepTrouble(test.db, '409', now)
    expect(await bot()).toMatchObject({ state: 'degraded', trouble: '409', troubleSeconds: 90 })
    await keepTrouble(test.db, '401', now)
    expect(await bot()).toMatchObject({ detail: 'Telegram does not know the token', troubleSeconds: 0 })
    expect(JSON.stringify(await bot())).not.toMatch(/canary|123456/)
    await forgetTrouble(test.db)
    expect(await bot()).toMatchObject({ state: 'ok' })
  })
})

// Last: the tables of this file's database are not those of this release any more.
it('health names the migrations that are missing', async () => {
  await test.db.execute(sql`delete from drizzle.__drizzle_migrations
    where created_at = (select max(created_at) from drizzle.__drizzle_migrations)`)
  const health = await checkHealth(depsWith())
  expect(health.ok).toBe(false)
  expect(health.parts.migrations?.detail).toMatch(/^missing: \d{4}_/)
})
