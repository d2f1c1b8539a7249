import type { AnyTRPCProcedure } from '@trpc/server'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Caller } from '@/accounts/caller'
import { createApiToken } from '@/accounts/create-api-token'
import { inviteMember } from '@/accounts/members/invite-member'
import { may, ROLES, type Role } from '@/accounts/rules-permissions'
import { members, sessions } from '@/accounts/table'
import { createTestWorkspace, type TestWorkspace } from '@/accounts/testing'
import { createTestMatch } from '@/bargains/testing'
import { createWatch } from '@/bargains/watches/create-watch'
import { newWatchSchema } from '@/bargains/watches/schema'
import { withSystem } from '@/db/scope'
import { openTestDatabase } from '@/db/testing'
import { createField } from '@/giving/contacts/keep-fields'
import { createFund } from '@/giving/funds/keep-funds'
import { addGift } from '@/giving/gifts/add-gifts'
import { newGiftSchema } from '@/giving/gifts/schema'
import { createGroup } from '@/giving/groups/create-group'
import { newGroupSchema } from '@/giving/groups/schema'
import { uploadImport } from '@/giving/imports/upload-import'
import { createPledge } from '@/giving/pledges/create-pledge'
import { newPledgeSchema } from '@/giving/pledges/schema'
import { createTask } from '@/giving/tasks/create-task'
import { newTaskSchema } from '@/giving/tasks/schema'
import { createTestContact } from '@/giving/testing'
import { logTouch } from '@/giving/touches/log-touch'
import { createView } from '@/giving/views/keep-view'
import { newViewSchema } from '@/giving/views/schema'
import { startTelegramLink } from '@/notifications/channels/start-telegram-link'
import { deliveries } from '@/notifications/deliveries/table'
import { recordSignal } from '@/notifications/signals/record-signal'
import { createTestChannel, testSignal } from '@/notifications/testing'
import { createTestStorage } from '@/storage/testing'
import { type Access, createCallerFactory, type ProcedureMeta } from '@/trpc/init'
import { endAllStreams } from '@/trpc/live'
import { answerRest } from '@/trpc/openapi'
import { createTestContext, createTestRuntime, createTestWebDeps, sessionOf, tokenOf } from '@/trpc/testing'
import { giftOf, pledgeOf, ROWS, SEARCH, type Theirs } from './access-rows'
import { appRouter } from './router'

async function createTheirs(other: TestWorkspace): Promise<Theirs> {
  const { id: tokenId } = await other.run((ctx) => createApiToken(ctx, { name: 'Theirs' }))
  const expiresAt = new Date(Date.now() + 86_400_000)
  const [session] = await test.db.insert(sessions).values({ userId: other.userId, expiresAt }).returning()
  const channelId = await createTestChannel(other)
  const { id: linkId } = await other.run((ctx) => startTelegramLink(ctx, 'test_bot'))
  await other.run((ctx) => recordSignal(ctx, testSignal([channelId])))
  const [delivery] = await other.run((ctx) => ctx.db.select().from(deliveries))
  const input = newWatchSchema.parse({ name: 'Theirs', urls: [SEARCH] })
  const { id: watchId } = await other.run((ctx) => createWatch(ctx, input))
  const matchId = await createTestMatch(other, watchId)
  const bargains = { tokenId, sessionId: session?.id ?? '', channelId, deliveryId: delivery?.id ?? '', linkId, watchId }
  const { id: invitationId } = await other.run((ctx) => inviteMember(ctx, { role: 'viewer', email: null }))
  const accounts = { memberId: other.memberId, workspaceId: other.workspaceId, invitationId }
  return { ...bargains, ...accounts, matchId, ...(await createTheirGiving(other)) }
}

async function createTheirGiving(other: TestWorkspace) {
  const { id: contactId } = await createTestContact(other, { lastName: 'Theirs' })
  const { id: groupId } = await other.run((ctx) => createGroup(ctx, newGroupSchema.parse({ name: 'Theirs' })))
  const { id: fieldId } = await other.run((ctx) => createField(ctx, { name: 'Theirs', kind: 'text', choices: [] }))
  const view = newViewSchema.parse({ list: 'contacts', name: 'Theirs', query: '', shared: true })
  const { id: viewId } = await other.run((ctx) => createView(ctx, view))
  const { id: fundId } = await other.run((ctx) => createFund(ctx, { name: 'Theirs' }))
  const { id: giftId } = await other.run((ctx) => addGift(ctx, newGiftSchema.parse(giftOf(contactId))))
  const file = {
    kind: 'gifts' as const,
    fileName: 'a.csv',
    bytes: Buffer.from('contact_email,amount,date\na@example.org,1,2020-01-02'),
  }
  const { id: importId } = await other.run((ctx) => uploadImport(ctx, createTestStorage(), file))
  const { id: pledgeId } = await other.run((ctx) => createPledge(ctx, newPledgeSchema.parse(pledgeOf(contactId))))
  const newTask = newTaskSchema.parse({ title: 'Theirs', contactId })
  const { id: taskId } = await other.run((ctx) => createTask(ctx, newTask))
  const { id: touchId } = await other.run((ctx) => logTouch(ctx, { contactId, kind: 'call', note: '' }))
  return { contactId, groupId, fieldId, viewId, fundId, giftId, importId, pledgeId, taskId, touchId }
}

const test = openTestDatabase()
// The types show it nested; at run time it is flat, by path.
const procedures = appRouter._def.procedures as unknown as Readonly<Record<string, AnyTRPCProcedure>>
const paths = Object.keys(procedures)
const entries = Object.entries(ROWS)

function accessOf(path: string): Access | undefined {
  const meta = procedures[path]?._def.meta as { access?: Access } | undefined
  return meta?.access
}

function nameOf(access: Access | undefined): string | undefined {
  return access?.kind === 'member' ? access.permission : access?.kind
}

/** The keys of the input's zod object. */
function inputKeys(path: string): readonly string[] {
  const inputs = (procedures[path]?._def as { inputs?: readonly { shape?: object }[] } | undefined)?.inputs ?? []
  return inputs.flatMap((input) => Object.keys(input.shape ?? {}))
}

async function call(path: string, caller: Caller | null, input?: unknown): Promise<string> {
  const root: unknown = createCallerFactory(appRouter)(createTestContext(createTestWebDeps(test.db), caller))
  const procedure = path.split('.').reduce((at: unknown, part) => Reflect.get(Object(at), part), root)
  try {
    // The path was read from the router, so what it leads to can be called.
    await (procedure as (input: unknown) => Promise<unknown>)(input)
    return 'OK'
  } catch (error) {
    return String(Reflect.get(Object(error), 'code'))
  }
}

describe('the access matrix', () => {
  let mine: TestWorkspace
  let theirs: Theirs
  beforeAll(async () => {
    mine = await createTestWorkspace(test.db)
    theirs = await createTheirs(await createTestWorkspace(test.db))
  })
  afterAll(() => endAllStreams())

  it('every procedure has a row, and every row a procedure', () => {
    expect(Object.keys(ROWS).toSorted()).toEqual(paths.toSorted())
  })

  it.each(entries)('%s is guarded as its row says', (path, row) => {
    expect(nameOf(accessOf(path))).toBe(row.access)
  })

  it.each(paths)('%s has another workspace’s rows tried where its input holds an id', (path) => {
    const holdsId = inputKeys(path).some((key) => /^ids?$|Ids?$/.test(key))
    expect(!holdsId || ROWS[path]?.foreign !== undefined).toBe(true)
  })

  const guarded = entries.filter(([, row]) => row.access !== 'public').map(([path]) => path)
  it.each(guarded)('%s refuses who is not signed in', async (path) => {
    expect(await call(path, null)).toBe('UNAUTHORIZED')
  })

  const forMembers = paths.filter((path) => accessOf(path)?.kind === 'member')
  it.each(forMembers)('%s refuses a stranger without a workspace', async (path) => {
    expect(await call(path, { ...sessionOf(mine), workspace: null })).toBe('FORBIDDEN')
  })

  const lacking = forMembers.flatMap((path) =>
    ROLES.filter((role) => !allows(path, role)).map((role) => [path, role] as const),
  )
  it.each(lacking)('%s refuses the role %s, by session and by key', async (path, role) => {
    expect(await call(path, sessionOf(mine, role))).toBe('FORBIDDEN')
    expect(await call(path, tokenOf(mine, role))).toBe('FORBIDDEN')
  })

  const personal = paths.filter((path) => /^(signedIn|administrator)$/.test(ROWS[path]?.access ?? ''))
  it.each(personal)('%s refuses an API key', async (path) => {
    expect(await call(path, tokenOf(mine))).toBe('FORBIDDEN')
  })

  const forAdministrators = paths.filter((path) => ROWS[path]?.access === 'administrator')
  it('what is for the administrator refuses an owner who is none', async () => {
    for (const path of forAdministrators) expect(await call(path, sessionOf(mine)), path).toBe('FORBIDDEN')
  })

  const withIds = entries.flatMap(([path, { foreign }]) => (foreign ? [[path, foreign] as const] : []))
  it.each(withIds)('%s does not find another workspace’s rows', async (path, foreign) => {
    expect(await call(path, sessionOf(mine), foreign(theirs))).toBe('NOT_FOUND')
  })
})

describe('the access matrix over REST', () => {
  const doors = entries.flatMap(([path, row]) => {
    const openapi = (procedures[path]?._def.meta as ProcedureMeta | undefined)?.openapi
    return openapi ? [{ path, row, method: openapi.method, template: openapi.path }] : []
  })
  const keys = new Map<Role, string>()
  let theirs: Theirs
  beforeAll(async () => {
    theirs = await createTheirs(await createTestWorkspace(test.db))
    for (const role of ROLES) {
      const mine = await createTestWorkspace(test.db)
      const { token } = await mine.run((ctx) => createApiToken(ctx, { name: role }))
      await withSystem(test.db, 'test', (tx) => tx.update(members).set({ role }).where(eq(members.id, mine.memberId)))
      keys.set(role, token)
    }
  })

  async function ask({ row, method, template }: (typeof doors)[number], role: Role | null): Promise<number> {
    const input = new Map(Object.entries(Object(row.foreign?.(theirs) ?? {})))
    const path = template.replace(/\{(\w+)\}/g, (_, name: string) => {
      const value = String(input.get(name) ?? theirs.contactId)
      input.delete(name)
      return value
    })
    const url = new URL(`http://gleaner.test/api/v1${path}`)
    const inUrl = method === 'GET' || method === 'DELETE'
    if (inUrl) for (const [name, value] of input) url.searchParams.set(name, String(value))
    const headers = {
      ...{ host: 'gleaner.test', 'content-type': 'application/json' },
      ...(role && { authorization: `Bearer ${keys.get(role)}` }),
    }
    const body = inUrl ? undefined : JSON.stringify(Object.fromEntries(input))
    const request = new Request(url, { method, headers, body })
    return (await answerRest(appRouter, createTestRuntime(createTestWebDeps(test.db)), request)).status
  }

  it.each(doors)(
    '$method $template answers each role as its row says, and finds nothing of another workspace',
    async (door) => {
      expect(await ask(door, null)).toBe(401)
      for (const role of ROLES) {
        const status = await ask(door, role)
        if (!allows(door.path, role)) expect([role, status]).toEqual([role, 403])
        else if (door.row.foreign) expect([role, status]).toEqual([role, 404])
        else expect([200, 400, 409, 502, 503]).toContain(status)
      }
    },
  )
})

function allows(path: string, role: Role): boolean {
  const access = accessOf(path)
  return access?.kind === 'member' && may(role, access.permission)
}
