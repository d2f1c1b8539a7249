import { eq } from 'drizzle-orm'
import { beforeEach, describe, expect, it } from 'vitest'
import { withSystem } from '@/db/scope'
import { openTestDatabase } from '@/db/testing'
import { callerOfSession } from './caller'
import { changePassword, setPassword } from './change-password'
import { createUser } from './create-user'
import { sweep } from './jobs/sweep-accounts'
import { listSessions } from './queries'
import { revokeOtherSessions, revokeSession } from './revoke-sessions'
import { signIn } from './sign-in'
import { auditEntries, members, rateLimits, sessions, users } from './table'
import { createTestDeps, createTestWorkspace } from './testing'
import { updateProfile } from './update-profile'

const test = openTestDatabase()
const MINUTE = 60_000
const visitor = { address: '203.0.113.7', userAgent: 'Test/1' }
const PASSWORD = 'seven green bottles'

/** A clock that the test moves. */
function movable(start = '2026-11-22T08:00:00Z') {
  let at = new Date(start).getTime()
  const move = (milliseconds: number) => {
    at += milliseconds
  }
  return { deps: createTestDeps(test.db, () => new Date(at)), move }
}

async function createPerson(deps = movable().deps) {
  const mine = await createTestWorkspace(test.db)
  const email = `${mine.workspaceId}@mail.example.org`
  const user = { email, name: 'Jan', password: PASSWORD, locale: 'en' as const }
  const created = await createUser(deps, user, { workspaceId: mine.workspaceId, role: 'staff' })
  return { ...mine, ...created, email, in: () => signIn(deps, { email, password: PASSWORD }, visitor) }
}

describe('sign-in', () => {
  beforeEach(() => test.db.delete(rateLimits))

  it('the right password opens a session in the workspace', async () => {
    const { deps } = movable()
    const jan = await createPerson(deps)
    const { sessionId } = await jan.in()
    expect(await callerOfSession(deps, sessionId)).toMatchObject({
      kind: 'session',
      user: { email: jan.email, administrator: false },
      workspace: { workspaceId: jan.workspaceId, memberId: jan.memberId, role: 'staff' },
    })
  })

  it('a wrong password, an unknown address and a disabled account get the same answer', async () => {
    const { deps } = movable()
    const jan = await createPerson(deps)
    const wrong = { code: 'unauthenticated', reason: 'signIn.wrong' }
    const attempt = (email: string, password: string) => signIn(deps, { email, password }, visitor)
    await expect(attempt(jan.email, 'wrong')).rejects.toMatchObject(wrong)
    await expect(attempt('nobody@example.org', PASSWORD)).rejects.toMatchObject(wrong)
    await test.db.update(users).set({ disabledAt: new Date() }).where(eq(users.id, jan.userId))
    await expect(jan.in()).rejects.toMatchObject(wrong)
  })

  it('the eleventh try for an account waits a quarter of an hour, from whatever address', async () => {
    const { deps, move } = movable()
    const jan = await createPerson(deps)
    const attempt = (tries: number) =>
      signIn(deps, { email: jan.email, password: 'wrong' }, { ...visitor, address: `198.51.100.${tries}` })
    for (let tries = 0; tries < 10; tries += 1)
      await expect(attempt(tries)).rejects.toMatchObject({ reason: 'signIn.wrong' })
    move(MINUTE)
    await expect(jan.in()).rejects.toMatchObject({ code: 'too_many', retryAfter: 840, values: { minutes: 14 } })
    move(14 * MINUTE)
    await expect(jan.in()).resolves.toBeDefined()
  })

  it('the fifty-first try from an address waits, for whatever account', async () => {
    const { deps } = movable()
    const jan = await createPerson(deps)
    await test.db.delete(rateLimits)
    const attempts = Array.from({ length: 50 }, (_, at) =>
      signIn(deps, { email: `${at}@x.org`, password: 'wrong' }, visitor),
    )
    await Promise.allSettled(attempts)
    await expect(jan.in()).rejects.toMatchObject({ code: 'too_many' })
    const elsewhere = signIn(deps, { email: jan.email, password: PASSWORD }, { ...visitor, address: '198.51.100.1' })
    await expect(elsewhere).resolves.toBeDefined()
  })

  it('a network of IPv6 is one address, whichever of its hosts tries', async () => {
    const { deps } = movable()
    const jan = await createPerson(deps)
    await test.db.delete(rateLimits)
    const attempts = Array.from({ length: 50 }, (_, at) =>
      signIn(deps, { email: `${at}@x.org`, password: 'wrong' }, { ...visitor, address: `2001:db8::${at}` }),
    )
    await Promise.allSettled(attempts)
    const next = { ...visitor, address: '2001:db8::ffff' }
    await expect(signIn(deps, { email: jan.email, password: PASSWORD }, next)).rejects.toMatchObject({
      code: 'too_many',
    })
  })

  it('a success forgets the mistakes before it', async () => {
    const { deps } = movable()
    const jan = await createPerson(deps)
    const mistakes = async () => {
      for (let tries = 0; tries < 9; tries += 1) {
        await signIn(deps, { email: jan.email, password: 'wrong' }, visitor).catch(() => undefined)
      }
    }
    await mistakes()
    await jan.in()
    await mistakes()
    await expect(jan.in()).resolves.toBeDefined()
  })
})

describe('sessions', () => {
  beforeEach(() => test.db.delete(rateLimits))

  it('a revoked session is refused at the next request', async () => {
    const { deps } = movable()
    const jan = await createPerson(deps)
    const { sessionId } = await jan.in()
    await revokeSession(deps, jan.userId, sessionId)
    expect(await callerOfSession(deps, sessionId)).toBeNull()
  })

  it('nobody ends another user’s session', async () => {
    const { deps } = movable()
    const [jan, eve] = [await createPerson(deps), await createPerson(deps)]
    const { sessionId } = await jan.in()
    await expect(revokeSession(deps, eve.userId, sessionId)).rejects.toMatchObject({ code: 'not_found' })
    expect(await callerOfSession(deps, sessionId)).not.toBeNull()
  })

  it('signing out everywhere else keeps the one that asks', async () => {
    const { deps } = movable()
    const jan = await createPerson(deps)
    const [here, there] = [await jan.in(), await jan.in()]
    expect(await revokeOtherSessions(deps.db, jan.userId, here.sessionId, deps.clock())).toBe(1)
    expect(await callerOfSession(deps, there.sessionId)).toBeNull()
    const rows = await listSessions(deps.db, jan.userId, here.sessionId, deps.clock())
    expect(rows).toMatchObject([{ id: here.sessionId, own: true, userAgent: 'Test/1', address: '203.0.113.7' }])
  })

  it('ends after 30 days without use, and each use counts anew', async () => {
    const { deps, move } = movable()
    const jan = await createPerson(deps)
    const { sessionId } = await jan.in()
    for (let weeks = 0; weeks < 6; weeks += 1) {
      move(7 * 1440 * MINUTE)
      expect(await callerOfSession(deps, sessionId)).not.toBeNull()
    }
    move(30 * 1440 * MINUTE)
    expect(await callerOfSession(deps, sessionId)).toBeNull()
  })

  it('last seen is written at most once a minute', async () => {
    const { deps, move } = movable()
    const jan = await createPerson(deps)
    const { sessionId } = await jan.in()
    const seen = async () => (await test.db.select().from(sessions).where(eq(sessions.id, sessionId)))[0]?.lastSeenAt
    const first = await seen()
    move(59_000)
    await callerOfSession(deps, sessionId)
    expect(await seen()).toEqual(first)
    move(1_000)
    await callerOfSession(deps, sessionId)
    expect(await seen()).toEqual(deps.clock())
  })

  it('a member who was removed has no workspace, a disabled user no session', async () => {
    const { deps } = movable()
    const jan = await createPerson(deps)
    const { sessionId } = await jan.in()
    await withSystem(test.db, 'test', (tx) => tx.delete(members).where(eq(members.id, jan.memberId)))
    expect(await callerOfSession(deps, sessionId)).toMatchObject({ workspace: null })
    await test.db.update(users).set({ disabledAt: new Date() }).where(eq(users.id, jan.userId))
    expect(await callerOfSession(deps, sessionId)).toBeNull()
  })

  it('ended long ago is forgotten, with the counts of attempts that are over', async () => {
    const { deps, move } = movable()
    const jan = await createPerson(deps)
    const { sessionId } = await jan.in()
    await signIn(deps, { email: jan.email, password: 'wrong' }, visitor).catch(() => undefined)
    move(119 * 1440 * MINUTE)
    await sweep(deps)
    const rows = () => test.db.select().from(sessions).where(eq(sessions.id, sessionId))
    expect(await rows()).toHaveLength(1)
    expect(await test.db.select().from(rateLimits)).toEqual([])
    move(2 * 1440 * MINUTE)
    await sweep(deps)
    expect(await rows()).toEqual([])
  })

  it('a cookie that names nonsense is signed out', async () => {
    const { deps } = movable()
    expect(await callerOfSession(deps, "' or 1=1")).toBeNull()
  })
})

describe('passwords and profile', () => {
  beforeEach(() => test.db.delete(rateLimits))

  it('a new password ends every other session and leaves a line in the audit log', async () => {
    const { deps } = movable()
    const jan = await createPerson(deps)
    const [here, there] = [await jan.in(), await jan.in()]
    await changePassword(
      deps,
      { userId: jan.userId, sessionId: here.sessionId },
      { current: PASSWORD, next: 'eight green bottles' },
    )
    expect(await callerOfSession(deps, here.sessionId)).not.toBeNull()
    expect(await callerOfSession(deps, there.sessionId)).toBeNull()
    await expect(jan.in()).rejects.toMatchObject({ reason: 'signIn.wrong' })
    const entries = await jan.run((ctx) =>
      ctx.db.select().from(auditEntries).where(eq(auditEntries.action, 'user.password')),
    )
    expect(entries).toMatchObject([{ actor: `member:${jan.memberId}`, subjectId: jan.userId }])
  })

  it('a wrong present password, or the e-mail address as the new one, changes nothing', async () => {
    const { deps } = movable()
    const jan = await createPerson(deps)
    const who = { userId: jan.userId, sessionId: (await jan.in()).sessionId }
    const wrong = changePassword(deps, who, { current: 'wrong', next: 'eight green bottles' })
    await expect(wrong).rejects.toMatchObject({ reason: 'password.wrong', values: { field: 'current' } })
    const address = changePassword(deps, who, { current: PASSWORD, next: jan.email })
    await expect(address).rejects.toMatchObject({ reason: 'password.email', values: { field: 'next' } })
    await expect(jan.in()).resolves.toBeDefined()
  })

  it('the command line sets a password and ends all sessions', async () => {
    const { deps } = movable()
    const jan = await createPerson(deps)
    const { sessionId } = await jan.in()
    await setPassword(deps, jan.email, 'nine green bottles')
    expect(await callerOfSession(deps, sessionId)).toBeNull()
    await expect(setPassword(deps, 'nobody@example.org', 'nine green bottles')).rejects.toMatchObject({
      code: 'not_found',
    })
  })

  it('another e-mail address needs the password, and must be free', async () => {
    const { deps } = movable()
    const [jan, eve] = [await createPerson(deps), await createPerson(deps)]
    const profile = { name: 'Janina', email: jan.email, locale: 'pl' as const }
    await updateProfile(deps, jan.userId, profile)
    const moved = { ...profile, email: 'new@example.org' }
    await expect(updateProfile(deps, jan.userId, moved)).rejects.toMatchObject({ reason: 'password.needed' })
    const wrong = updateProfile(deps, jan.userId, { ...moved, password: 'wrong' })
    await expect(wrong).rejects.toMatchObject({ reason: 'password.wrong', values: { field: 'password' } })
    const taken = updateProfile(deps, jan.userId, { ...moved, email: eve.email, password: PASSWORD })
    await expect(taken).rejects.toMatchObject({ reason: 'account.emailTaken', values: { field: 'email' } })
    await updateProfile(deps, jan.userId, { ...moved, password: PASSWORD })
    const [row] = await test.db.select().from(users).where(eq(users.id, jan.userId))
    expect(row).toMatchObject({ name: 'Janina', email: 'new@example.org', locale: 'pl' })
  })
})
