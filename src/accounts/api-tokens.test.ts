import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { openTestDatabase } from '@/db/testing'
import { actorOf, callerOfToken } from './caller'
import { requirePermission } from './context'
import { createApiToken, KEY_SCOPES } from './create-api-token'
import { runAsJob, runInWorkspace } from './gate'
import { listApiTokens } from './queries'
import { revokeApiToken } from './revoke-api-token'
import { apiTokens, auditEntries } from './table'
import { createTestDeps, createTestWorkspace } from './testing'

const test = openTestDatabase()

describe('API keys', () => {
  it('a key acts for its member, and is kept as a hash', async () => {
    const mine = await createTestWorkspace(test.db, 'admin')
    const { id, token } = await mine.run((ctx) => createApiToken(ctx, { name: 'Script' }))
    expect(token).toMatch(/^glnr_[\w-]{43}$/)
    expect(await callerOfToken(createTestDeps(test.db), token)).toMatchObject({
      kind: 'token',
      tokenId: id,
      workspace: { workspaceId: mine.workspaceId, memberId: mine.memberId, role: 'admin' },
    })
    const rows = await mine.run((ctx) => ctx.db.select().from(apiTokens))
    expect(JSON.stringify(rows)).not.toContain(token)
    expect(JSON.stringify(await mine.run((ctx) => listApiTokens(ctx)))).not.toMatch(/hash/)
  })

  it('a key that hands over adverts can do nothing else, not even what its role may', async () => {
    const mine = await createTestWorkspace(test.db)
    const { token } = await mine.run((ctx) => createApiToken(ctx, { name: 'Script', only: KEY_SCOPES.push }))
    const caller = await callerOfToken(createTestDeps(test.db), token)
    if (!caller?.workspace) throw new Error('no caller')
    const actor = actorOf(caller, caller.workspace)
    expect(() => requirePermission({ actor }, 'listings.push')).not.toThrow()
    for (const permission of ['workspace.read', 'watches.read', 'tokens.manage'] as const) {
      expect(() => requirePermission({ actor }, permission)).toThrow('this API key lacks')
    }
  })

  it('a revoked key is refused at the next request, and the log says who did it', async () => {
    const mine = await createTestWorkspace(test.db)
    const { id, token } = await mine.run((ctx) => createApiToken(ctx, { name: 'Script' }))
    await mine.run((ctx) => revokeApiToken(ctx, { id }))
    expect(await callerOfToken(createTestDeps(test.db), token)).toBeNull()
    await expect(mine.run((ctx) => revokeApiToken(ctx, { id }))).rejects.toMatchObject({ code: 'not_found' })
    const entries = await mine.run((ctx) => ctx.db.select().from(auditEntries).where(eq(auditEntries.subjectId, id)))
    expect(entries.map((entry) => entry.action).toSorted()).toEqual(['token.create', 'token.revoke'])
    expect(entries[0]?.actor).toBe(`member:${mine.memberId}`)
  })

  it('a key of another workspace can be neither seen nor revoked', async () => {
    const [mine, other] = [await createTestWorkspace(test.db), await createTestWorkspace(test.db)]
    const { id } = await other.run((ctx) => createApiToken(ctx, { name: 'Theirs' }))
    expect(await mine.run((ctx) => listApiTokens(ctx))).toEqual([])
    await expect(mine.run((ctx) => revokeApiToken(ctx, { id }))).rejects.toMatchObject({ code: 'not_found' })
  })

  it('a workspace has at most a hundred, and a revoked one makes room', async () => {
    const mine = await createTestWorkspace(test.db)
    const make = () => mine.run((ctx) => createApiToken(ctx, { name: 'Script' }))
    const { id } = await make()
    const more = Array.from({ length: 99 }, (_, at) => ({
      name: 'Script',
      prefix: 'glnr_',
      hash: `${mine.memberId}${at}`,
    }))
    const { workspaceId, memberId } = mine
    await mine.run((ctx) => ctx.db.insert(apiTokens).values(more.map((row) => ({ ...row, workspaceId, memberId }))))
    await expect(make()).rejects.toMatchObject({ code: 'conflict', reason: 'token.tooMany', values: { most: 100 } })
    await mine.run((ctx) => revokeApiToken(ctx, { id }))
    await expect(make()).resolves.toBeDefined()
  })

  it('a key cannot make a key', async () => {
    const mine = await createTestWorkspace(test.db)
    const actor = { kind: 'token', tokenId: mine.memberId, memberId: mine.memberId, role: 'owner', only: null } as const
    const making = runInWorkspace(createTestDeps(test.db), mine.workspaceId, actor, (ctx) =>
      createApiToken(ctx, { name: 'Successor' }),
    )
    await expect(making).rejects.toMatchObject({ code: 'forbidden' })
  })

  it('the command line makes one for a member', async () => {
    const { workspaceId, memberId } = await createTestWorkspace(test.db, 'viewer')
    const deps = createTestDeps(test.db)
    const { token } = await runAsJob(deps, workspaceId, 'cli', (ctx) => createApiToken(ctx, { name: 'CLI', memberId }))
    expect(await callerOfToken(deps, token)).toMatchObject({ workspace: { memberId, role: 'viewer' } })
  })

  it('only owners and admins manage keys', async () => {
    const mine = await createTestWorkspace(test.db, 'staff')
    await expect(mine.run((ctx) => createApiToken(ctx, { name: 'x' }))).rejects.toMatchObject({ code: 'forbidden' })
  })
})
