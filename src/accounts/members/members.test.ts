import { eq } from 'drizzle-orm'
import { beforeEach, describe, expect, it } from 'vitest'
import { withSystem } from '@/db/scope'
import { openTestDatabase } from '@/db/testing'
import { contacts } from '@/giving/contacts/table'
import { createGroup } from '@/giving/groups/create-group'
import { newGroupSchema } from '@/giving/groups/schema'
import { groups } from '@/giving/groups/table'
import { createTask } from '@/giving/tasks/create-task'
import { newTaskSchema } from '@/giving/tasks/schema'
import { tasks } from '@/giving/tasks/table'
import { createTestContact, joinTestMember } from '@/giving/testing'
import { channels } from '@/notifications/channels/table'
import { createTestChannel } from '@/notifications/testing'
import { createCallerFactory } from '@/trpc/init'
import { createTestContext, createTestWebDeps, sessionOf } from '@/trpc/testing'
import { handOverAll } from '@/wiring/hand-over'
import { appRouter } from '@/wiring/router'
import { callerOfSession, callerOfToken } from '../caller'
import { createApiToken } from '../create-api-token'
import { signIn } from '../sign-in'
import { apiTokens, auditEntries, invitations, members, rateLimits, sessions } from '../table'
import { createTestDeps, createTestWorkspace, type TestWorkspace } from '../testing'
import { acceptInvitation, joinWorkspace } from './accept-invitation'
import { changeRole } from './change-role'
import { inviteMember } from './invite-member'
import { listOtherWorkspaces, readInvitation } from './queries'
import { leaveWorkspace, removeMember } from './release-member'
import { revokeInvitation } from './revoke-invitation'
import { switchWorkspace } from './switch-workspace'
import { transferOwnership } from './transfer-ownership'

const test = openTestDatabase()
const PASSWORD = 'seven green bottles'
const ADDRESS = '203.0.113.7'
const DAY = 86_400_000
const GONE = { code: 'not_found', reason: 'invitation.gone' }
const at = (moment: number) => createTestDeps(test.db, () => new Date(moment))

let mine: TestWorkspace
let deps: ReturnType<typeof createTestDeps>
beforeEach(async () => {
  deps = createTestDeps(test.db)
  await test.db.delete(rateLimits)
  mine = await createTestWorkspace(test.db)
})

function invite(role: 'owner' | 'admin' | 'staff' = 'staff', email: string | null = null, by = mine) {
  return by.run((ctx) => inviteMember(ctx, { role, email }))
}

function newcomer(token: string, email = `${crypto.randomUUID()}@example.org`) {
  return { token, email, name: 'Ola', password: PASSWORD, locale: 'pl' as const }
}

async function sessionIn({ userId }: TestWorkspace, workspaceId: string | null = null): Promise<string> {
  const expiresAt = new Date(Date.now() + DAY)
  const [row] = await test.db.insert(sessions).values({ userId, workspaceId, expiresAt }).returning({ id: sessions.id })
  return row?.id ?? ''
}

async function rolesOf({ run }: TestWorkspace): Promise<Record<string, string>> {
  const rows = await run((ctx) => ctx.db.select().from(members))
  return Object.fromEntries(rows.map(({ id, role }) => [id, role]))
}

async function actionsOf({ run }: TestWorkspace): Promise<string[]> {
  const rows = await run((ctx) => ctx.db.select().from(auditEntries))
  return rows.map(({ action }) => action)
}

describe('an invitation', () => {
  it('lets a new person in once, with the role that it names, and can be read before', async () => {
    const { token } = await invite()
    expect(await readInvitation(deps, token)).toMatchObject({ workspace: 'Test', role: 'staff', hasAccount: false })
    const { email } = await acceptInvitation(deps, newcomer(token), ADDRESS)
    const { sessionId } = await signIn(deps, { email, password: PASSWORD }, { address: ADDRESS, userAgent: null })
    expect(await callerOfSession(deps, sessionId)).toMatchObject({
      workspace: { workspaceId: mine.workspaceId, role: 'staff' },
    })
    await expect(acceptInvitation(deps, newcomer(token), ADDRESS)).rejects.toMatchObject(GONE)
    await expect(readInvitation(deps, token)).rejects.toMatchObject(GONE)
    expect(await actionsOf(mine)).toEqual(expect.arrayContaining(['member.invite', 'member.join']))
  })

  it('is used by one of ten who open it at the same moment', async () => {
    const { token } = await invite()
    const tries = await Promise.allSettled(
      Array.from({ length: 10 }, () => acceptInvitation(deps, newcomer(token), ADDRESS)),
    )
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(Object.keys(await rolesOf(mine))).toHaveLength(2)
  })

  it('is over after seven days, and when it is revoked', async () => {
    const { token } = await invite()
    await expect(readInvitation(at(Date.now() + 7 * DAY + 1000), token)).rejects.toMatchObject(GONE)
    const second = await invite()
    await mine.run((ctx) => revokeInvitation(ctx, second.id))
    await expect(acceptInvitation(deps, newcomer(second.token), ADDRESS)).rejects.toMatchObject(GONE)
    await expect(mine.run((ctx) => revokeInvitation(ctx, second.id))).rejects.toMatchObject(GONE)
  })

  it('keeps its secret as a hash alone', async () => {
    const { token } = await invite()
    const rows = await mine.run((ctx) => ctx.db.select().from(invitations))
    expect(JSON.stringify(rows)).not.toContain(token)
  })

  it('to an address is for that address, whatever the newcomer types, and replaces an earlier one', async () => {
    const address = `${mine.workspaceId}@example.org`
    const earlier = await invite('staff', address)
    const { token } = await invite('admin', address)
    await expect(readInvitation(deps, earlier.token)).rejects.toMatchObject(GONE)
    expect(await acceptInvitation(deps, newcomer(token, 'other@example.org'), ADDRESS)).toEqual({ email: address })
    await expect(invite('staff', address)).rejects.toMatchObject({ code: 'conflict', reason: 'member.already' })
  })

  it('to another address is refused to who is signed in, and stays usable', async () => {
    const other = await createTestWorkspace(test.db)
    const { token } = await invite('staff', 'ola@example.org')
    const who = { userId: other.userId, email: 'jan@example.org', sessionId: await sessionIn(other) }
    const refused = { code: 'forbidden', reason: 'invitation.otherAddress' }
    await expect(joinWorkspace(deps, who, token)).rejects.toMatchObject(refused)
    await expect(readInvitation(deps, token)).resolves.toBeDefined()
  })

  it('turns the session of who is signed in to the workspace, and back by the menu', async () => {
    const other = await createTestWorkspace(test.db)
    const sessionId = await sessionIn(other)
    const who = { userId: other.userId, email: 'jan@example.org', sessionId }
    const { token } = await invite('admin')
    await joinWorkspace(deps, who, token)
    const here = async () => (await callerOfSession(deps, sessionId))?.workspace?.workspaceId
    expect(await here()).toBe(mine.workspaceId)
    const others = await listOtherWorkspaces(deps, other.userId, mine.workspaceId)
    expect(others).toEqual([{ id: other.workspaceId, name: 'Test' }])
    await switchWorkspace(deps, who, other.workspaceId)
    expect(await here()).toBe(other.workspaceId)
    const strange = await createTestWorkspace(test.db)
    await expect(switchWorkspace(deps, who, strange.workspaceId)).rejects.toMatchObject({ code: 'not_found' })
    const again = await invite('staff')
    await expect(joinWorkspace(deps, who, again.token)).rejects.toMatchObject({ reason: 'member.youAlready' })
  })

  it('of an owner is made by owners alone; the inviter’s lower role takes back what they may not give', async () => {
    const admin = await joinTestMember(test.db, mine, 'admin')
    const refused = { code: 'forbidden', reason: 'member.ownersOnly' }
    await expect(invite('owner', null, admin)).rejects.toMatchObject(refused)
    const { token } = await invite('staff', null, admin)
    await mine.run((ctx) => changeRole(ctx, { id: admin.memberId, role: 'viewer' }))
    await expect(readInvitation(deps, token)).rejects.toMatchObject(GONE)
  })

  it('over the limit is told when to come back: 429 with Retry-After', async () => {
    const context = createTestContext(createTestWebDeps(test.db), sessionOf(mine))
    const { invite: ask } = createCallerFactory(appRouter)(context).members
    for (let count = 0; count < 20; count++) await ask({ role: 'viewer', email: null })
    await expect(ask({ role: 'viewer', email: null })).rejects.toMatchObject({ code: 'TOO_MANY_REQUESTS' })
    expect(Number(context.responseHeaders.get('Retry-After'))).toBeGreaterThan(3000)
  })

  it('says whether its letter went; the link is there either way', async () => {
    const sent: string[] = []
    const mailInvitation = async (mail: { to: string; url: string }) => sent.push(mail.to, mail.url) > 0
    const web = createTestWebDeps(test.db, { members: { handOver: handOverAll, mailInvitation } })
    const { members: door } = createCallerFactory(appRouter)(createTestContext(web, sessionOf(mine)))
    const { url, mailed } = await door.invite({ role: 'staff', email: 'Ola@Example.org' })
    expect([mailed, sent]).toEqual([true, ['ola@example.org', url]])
    expect(await door.invitations()).toMatchObject([{ email: 'ola@example.org', mailedAt: expect.any(Date) }])
    expect((await door.invite({ role: 'staff', email: null })).mailed).toBeNull()
  })
})

describe('roles', () => {
  const LAST = { code: 'conflict', reason: 'member.lastOwner' }

  it('the last owner is neither demoted, removed nor gone', async () => {
    const admin = await joinTestMember(test.db, mine, 'admin')
    await expect(mine.run((ctx) => changeRole(ctx, { id: mine.memberId, role: 'admin' }))).rejects.toMatchObject(LAST)
    await expect(mine.run((ctx) => leaveWorkspace(ctx, handOverAll, admin.memberId))).rejects.toMatchObject(LAST)
    const remove = admin.run((ctx) => removeMember(ctx, handOverAll, { id: mine.memberId, heirId: admin.memberId }))
    await expect(remove).rejects.toMatchObject({ code: 'forbidden', reason: 'member.ownersOnly' })
  })

  it('of two owners who demote each other at once one stays', async () => {
    const second = await joinTestMember(test.db, mine, 'owner')
    await Promise.allSettled([
      mine.run((ctx) => changeRole(ctx, { id: second.memberId, role: 'admin' })),
      second.run((ctx) => changeRole(ctx, { id: mine.memberId, role: 'admin' })),
    ])
    expect(Object.values(await rolesOf(mine)).filter((role) => role === 'owner')).toHaveLength(1)
  })

  it('ownership goes over whole: the next is owner, the one before admin', async () => {
    const staff = await joinTestMember(test.db, mine, 'staff')
    await mine.run((ctx) => transferOwnership(ctx, staff.memberId))
    expect(await rolesOf(mine)).toEqual({ [mine.memberId]: 'admin', [staff.memberId]: 'owner' })
    await expect(mine.run((ctx) => transferOwnership(ctx, mine.memberId))).rejects.toMatchObject({
      reason: 'member.yourself',
    })
  })

  it('another role holds from the next request on', async () => {
    const staff = await joinTestMember(test.db, mine, 'staff')
    const sessionId = await sessionIn(staff)
    await mine.run((ctx) => changeRole(ctx, { id: staff.memberId, role: 'viewer' }))
    expect(await callerOfSession(deps, sessionId)).toMatchObject({ workspace: { role: 'viewer' } })
  })
})

describe('a member who goes', () => {
  const own = async (by: TestWorkspace) => {
    const { id: contactId } = await createTestContact(by, { lastName: 'Kept' })
    await by.run((ctx) => createTask(ctx, newTaskSchema.parse({ title: 'Call' })))
    await by.run((ctx) => createGroup(ctx, newGroupSchema.parse({ name: 'Friends', personal: true })))
    await createTestChannel(by)
    return contactId
  }

  it('leaves contacts, tasks and personal groups to the heir; keys and personal channels go', async () => {
    const staff = await joinTestMember(test.db, mine, 'admin')
    const contactId = await own(staff)
    await mine.run((ctx) => createGroup(ctx, newGroupSchema.parse({ name: 'Friends', personal: true })))
    const { token } = await staff.run((ctx) => createApiToken(ctx, { name: 'Key' }))
    expect(await callerOfToken(deps, token)).not.toBeNull()
    const input = { id: staff.memberId, heirId: mine.memberId }
    const handed = await mine.run((ctx) => removeMember(ctx, handOverAll, input))
    expect(handed).toEqual({ contacts: 1, tasks: 1, groups: 1, views: 0, watches: 0 })
    const left = await mine.run(async ({ db }) => ({
      contact: (await db.select().from(contacts).where(eq(contacts.id, contactId)))[0]?.ownerId,
      tasks: (await db.select().from(tasks)).map(({ assigneeId }) => assigneeId),
      groups: (await db.select().from(groups)).map(({ name, memberId }) => [name, memberId]),
      keys: await db.select().from(apiTokens),
      channels: await db.select().from(channels),
    }))
    expect(left).toMatchObject({ contact: mine.memberId, tasks: [mine.memberId], keys: [], channels: [] })
    expect(left.groups.toSorted()).toEqual([
      ['Friends (Test admin)', mine.memberId],
      ['Friends', mine.memberId],
    ])
    expect(await callerOfToken(deps, token)).toBeNull()
    expect(await actionsOf(mine)).toContain('member.remove')
  })

  it('is signed out of this workspace at once, and stays signed in to another', async () => {
    const staff = await joinTestMember(test.db, mine, 'staff')
    const elsewhere = await createTestWorkspace(test.db)
    await withSystem(test.db, 'test', (tx) =>
      tx.insert(members).values({ workspaceId: elsewhere.workspaceId, userId: staff.userId, role: 'staff' }),
    )
    const [here, never, there] = [
      await sessionIn(staff, mine.workspaceId),
      await sessionIn(staff),
      await sessionIn(staff, elsewhere.workspaceId),
    ]
    await mine.run((ctx) => removeMember(ctx, handOverAll, { id: staff.memberId, heirId: mine.memberId }))
    expect(await callerOfSession(deps, here)).toBeNull()
    expect(await callerOfSession(deps, never)).toBeNull()
    expect(await callerOfSession(deps, there)).toMatchObject({ workspace: { workspaceId: elsewhere.workspaceId } })
  })

  it('of their own accord stays signed in, to no workspace', async () => {
    const viewer = await joinTestMember(test.db, mine, 'viewer')
    const sessionId = await sessionIn(viewer)
    await viewer.run((ctx) => leaveWorkspace(ctx, handOverAll, mine.memberId))
    expect(await callerOfSession(deps, sessionId)).toMatchObject({ workspace: null })
    expect(await actionsOf(mine)).toContain('member.leave')
  })

  it('takes open invitations along: no way back in by a link of one’s own', async () => {
    const admin = await joinTestMember(test.db, mine, 'admin')
    const { token } = await invite('admin', null, admin)
    await mine.run((ctx) => removeMember(ctx, handOverAll, { id: admin.memberId, heirId: mine.memberId }))
    await expect(readInvitation(deps, token)).rejects.toMatchObject(GONE)
  })

  it('needs an heir of this workspace who is somebody else', async () => {
    const [staff, stranger] = [await joinTestMember(test.db, mine, 'staff'), await createTestWorkspace(test.db)]
    const remove = (heirId: string) => mine.run((ctx) => removeMember(ctx, handOverAll, { id: staff.memberId, heirId }))
    await expect(remove(staff.memberId)).rejects.toMatchObject({ reason: 'member.otherHeir' })
    await expect(remove(stranger.memberId)).rejects.toMatchObject({ code: 'not_found' })
    await expect(
      mine.run((ctx) => removeMember(ctx, handOverAll, { id: mine.memberId, heirId: staff.memberId })),
    ).rejects.toMatchObject({ reason: 'member.leaveInstead' })
  })
})
