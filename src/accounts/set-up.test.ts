import { eq, sql } from 'drizzle-orm'
import { beforeEach, describe, expect, it } from 'vitest'
import { withSystem } from '@/db/scope'
import { openTestDatabase } from '@/db/testing'
import { createOwner } from './create-owner'
import { keepSetupCode } from './keep-setup-code'
import { makeSetupCode } from './make-setup-code'
import { setUpSchema } from './schema'
import { openSecretBox } from './secret-box'
import { auditEntries, instanceSettings, members, rateLimits, users, workspaces } from './table'
import { createTestDeps } from './testing'

const test = openTestDatabase()
const box = openSecretBox('a'.repeat(64))

const form = {
  code: '',
  name: 'Anna Nowak',
  email: ' Anna@Example.org ',
  password: 'seven green bottles',
  locale: 'pl' as const,
  workspaceName: 'Dom Nadziei',
  currency: 'pln',
  timeZone: 'Europe/Warsaw',
  bargains: true,
  giving: false,
}
const inputWith = (code: string) => setUpSchema.parse({ ...form, code })

async function codeFor(): Promise<string> {
  const code = await makeSetupCode(test)
  if (!code) throw new Error('there is a user already')
  return code
}

describe('set-up', () => {
  beforeEach(async () => {
    await test.db.delete(rateLimits)
    await test.db.delete(instanceSettings)
    await withSystem(test.db, 'test', (tx) => tx.delete(workspaces))
    await test.db.delete(users)
  })

  it('the code makes the owner, who administers, and the workspace', async () => {
    const { userId, workspaceId } = await createOwner(createTestDeps(test.db), inputWith(await codeFor()))
    const [user] = await test.db.select().from(users)
    expect(user).toMatchObject({ id: userId, email: 'anna@example.org', administrator: true, locale: 'pl' })
    expect(user?.passwordHash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
    await withSystem(test.db, 'test', async (tx) => {
      expect(await tx.select().from(workspaces)).toMatchObject([
        { id: workspaceId, name: 'Dom Nadziei', currency: 'PLN', bargains: true, giving: false },
      ])
      expect(await tx.select().from(members)).toMatchObject([{ workspaceId, userId, role: 'owner' }])
      expect(await tx.select().from(auditEntries)).toMatchObject([{ action: 'workspace.create' }])
    })
  })

  it('the code may be typed in small letters without its dash', async () => {
    const code = (await codeFor()).toLowerCase().replace('-', ' ')
    await expect(createOwner(createTestDeps(test.db), inputWith(code))).resolves.toBeDefined()
  })

  it('a wrong code changes nothing, and the right one still works', async () => {
    const code = await codeFor()
    const wrong = createOwner(createTestDeps(test.db), inputWith('AAAA-AAAA'))
    await expect(wrong).rejects.toMatchObject({ code: 'bad_input', reason: 'setup.code', values: { field: 'code' } })
    expect(await test.db.select().from(users)).toEqual([])
    await expect(createOwner(createTestDeps(test.db), inputWith(code))).resolves.toBeDefined()
  })

  it('a used code is refused, and no other is made', async () => {
    const code = await codeFor()
    await createOwner(createTestDeps(test.db), inputWith(code))
    const again = createOwner(createTestDeps(test.db), inputWith(code))
    await expect(again).rejects.toMatchObject({ code: 'conflict', reason: 'setup.done' })
    expect(await makeSetupCode(test)).toBeNull()
  })

  it('a new code ends the earlier one', async () => {
    const first = await codeFor()
    await codeFor()
    await expect(createOwner(createTestDeps(test.db), inputWith(first))).rejects.toMatchObject({ reason: 'setup.code' })
  })

  it('every start and every process shows the same code until it is used, also those that start at once', async () => {
    const shown = await Promise.all([1, 2, 3].map(() => keepSetupCode(test, box)))
    expect(new Set([...shown, await keepSetupCode(test, box)]).size).toBe(1)
    const kept = JSON.stringify(await test.db.select().from(instanceSettings))
    expect(kept).not.toContain(String(shown[0]).slice(0, 4))
    await createOwner(createTestDeps(test.db), inputWith(String(shown[0])))
    expect(await test.db.select().from(instanceSettings)).toEqual([])
    expect(await keepSetupCode(test, box)).toBeNull()
  })

  it('with another key, or after the code was replaced, a start shows a new one that works', async () => {
    const first = await keepSetupCode(test, box)
    const second = await keepSetupCode(test, openSecretBox('b'.repeat(64)))
    expect(second).not.toBe(first)
    await codeFor()
    const third = await keepSetupCode(test, openSecretBox('b'.repeat(64)))
    expect(third).not.toBe(second)
    await expect(createOwner(createTestDeps(test.db), inputWith(String(third)))).resolves.toBeDefined()
  })

  it('of two set-ups at once one wins', async () => {
    const code = await codeFor()
    const both = await Promise.allSettled([1, 2].map(() => createOwner(createTestDeps(test.db), inputWith(code))))
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    expect(await test.db.select().from(users)).toHaveLength(1)
  })

  it('guessing ends after ten tries, also for the right code', async () => {
    const code = await codeFor()
    const now = new Date('2026-11-22T08:00:00Z')
    const deps = createTestDeps(test.db, () => now)
    for (let tries = 0; tries < 10; tries += 1) await createOwner(deps, inputWith('AAAA')).catch(() => undefined)
    const last = createOwner(deps, inputWith(code))
    await expect(last).rejects.toMatchObject({ code: 'too_many', retryAfter: 900 })
    expect(await test.db.select().from(users)).toEqual([])
  })

  it('the code is kept as a hash alone', async () => {
    const code = await codeFor()
    const [row] = await test.db.select().from(instanceSettings).where(eq(instanceSettings.key, 'setup.code'))
    expect(row?.ciphertext).not.toContain(code.slice(0, 4))
    const [count] = await test.db.execute(sql`select count(*)::int as n from instance_settings`)
    expect(count?.n).toBe(1)
  })

  it.each([
    ['password', 'short'],
    ['password', 'anna@example.org'],
    ['currency', 'zloty'],
    ['timeZone', 'Mars/Base'],
    // PostgreSQL reads these the other way round.
    ['timeZone', '+01:00'],
    ['timeZone', '-05'],
    ['email', 'anna'],
    ['name', ' '],
    ['bargains', false],
  ])('%s %j is refused at its field', (field, value) => {
    const result = setUpSchema.safeParse({ ...form, code: 'x', [field]: value })
    expect(result.error?.issues.map((issue) => issue.path[0])).toEqual([field])
  })
})
