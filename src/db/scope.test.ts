import { sql } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { members, workspaces } from '@/accounts/table'
import { createTestWorkspace } from '@/accounts/testing'
import { withSystem, withWorkspace } from './scope'
import { openTestDatabase } from './testing'

const test = openTestDatabase()

describe('walls between workspaces', () => {
  it('a forgotten where shows no other tenant’s row', async () => {
    const [mine] = [await createTestWorkspace(test.db), await createTestWorkspace(test.db)]
    const rows = await withWorkspace(test.db, mine.workspaceId, (tx) => tx.select().from(members))
    expect(rows.map((row) => row.workspaceId)).toEqual([mine.workspaceId])
  })

  it('a workspace sees itself and no other in the list of workspaces', async () => {
    const [mine] = [await createTestWorkspace(test.db), await createTestWorkspace(test.db)]
    const rows = await withWorkspace(test.db, mine.workspaceId, (tx) => tx.select().from(workspaces))
    expect(rows.map((row) => row.id)).toEqual([mine.workspaceId])
  })

  it('no context shows no row, also on a connection that had one before', async () => {
    const mine = await createTestWorkspace(test.db)
    await withWorkspace(test.db, mine.workspaceId, (tx) => tx.select().from(members))
    expect(await test.db.select().from(members)).toEqual([])
    await expect(
      test.db.transaction(async (tx) => {
        await tx.execute(sql`select set_config('role', 'gleaner_app', true)`)
        return tx.select().from(members)
      }),
    ).resolves.toEqual([])
  })

  it('a row cannot be written into another workspace', async () => {
    const [mine, other] = [await createTestWorkspace(test.db), await createTestWorkspace(test.db)]
    const write = withWorkspace(test.db, mine.workspaceId, (tx) =>
      tx.insert(members).values({ workspaceId: other.workspaceId, userId: mine.userId, role: 'owner' }),
    )
    await expect(write).rejects.toMatchObject({ cause: { code: '42501' } })
  })

  it('the system policy does not leak to the login role or into a workspace', async () => {
    const mine = await createTestWorkspace(test.db)
    await createTestWorkspace(test.db)
    const all = await withSystem(test.db, 'test', (tx) => tx.select().from(members))
    expect(all.length).toBeGreaterThan(1)
    const [inherits] = await test.db.execute(sql`select pg_has_role(current_user, 'gleaner_system', 'USAGE') as yes`)
    expect(inherits?.yes).toBe(false)
    const seen = await withWorkspace(test.db, mine.workspaceId, (tx) => tx.select().from(members))
    expect(seen).toHaveLength(1)
  })

  it('every table with a workspace_id forces row-level security, with both policies', async () => {
    const open = await test.db.execute(sql`
      select c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'workspace_id'
      where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and not (
        c.relforcerowsecurity and (select count(*) from pg_policy p where p.polrelid = c.oid) = 2)`)
    expect([...open]).toEqual([])
  })

  it('a workspace’s transaction cannot read password hashes or sessions', async () => {
    const mine = await createTestWorkspace(test.db)
    const peek = (what: string) =>
      withWorkspace(test.db, mine.workspaceId, (tx) => tx.execute(sql.raw(`select ${what}`)))
    await expect(peek('password_hash from users')).rejects.toMatchObject({ cause: { code: '42501' } })
    await expect(peek('id from sessions')).rejects.toMatchObject({ cause: { code: '42501' } })
    await expect(peek('email from users')).resolves.toBeDefined()
  })
})
