import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { withSystem } from '@/db/scope'
import { openTestDatabase } from '@/db/testing'
import { telegramAccounts } from '@/notifications/channels/table'
import type { JobEvent } from './context'
import { runAsBot, runAsJob, runInWorkspace } from './gate'
import { members, users, workspaces } from './table'
import { createTestDeps, createTestWorkspace } from './testing'

const test = openTestDatabase()
const event: JobEvent = { name: 'delivery/due', data: {} }

async function linkTelegram(telegramUserId: bigint) {
  const mine = await createTestWorkspace(test.db, 'staff')
  const { workspaceId, memberId } = mine
  await withSystem(test.db, 'test', (tx) =>
    tx.insert(telegramAccounts).values({ workspaceId, memberId, telegramUserId }),
  )
  return mine
}

describe('the gates', () => {
  it('what a transaction emits is sent after it has committed', async () => {
    const deps = createTestDeps(test.db)
    const mine = await createTestWorkspace(test.db)
    await runAsJob(deps, mine.workspaceId, 'test', async (ctx) => {
      ctx.emit(event)
      expect(deps.sent).toEqual([])
    })
    expect(deps.sent).toEqual([event])
  })

  it('nothing is sent when the transaction fails', async () => {
    const deps = createTestDeps(test.db)
    const mine = await createTestWorkspace(test.db)
    const failing = runAsJob(deps, mine.workspaceId, 'test', async (ctx) => {
      ctx.emit(event)
      await ctx.db.update(workspaces).set({ name: 'Changed' })
      throw new Error('half way')
    })
    await expect(failing).rejects.toThrow('half way')
    expect(deps.sent).toEqual([])
    const [row] = await mine.run((ctx) => ctx.db.select().from(workspaces))
    expect(row?.name).toBe('Test')
  })

  it('a failed nudge does not undo the write or reach the caller', async () => {
    const send = () => Promise.reject(new Error('engine away'))
    const mine = await createTestWorkspace(test.db)
    const actor = { kind: 'job', name: 'test' } as const
    const work = runInWorkspace({ ...createTestDeps(test.db), send }, mine.workspaceId, actor, async (ctx) => {
      ctx.emit(event)
      await ctx.db.update(workspaces).set({ name: 'Written' })
    })
    await expect(work).resolves.toBeUndefined()
    const [row] = await mine.run((ctx) => ctx.db.select().from(workspaces))
    expect(row?.name).toBe('Written')
  })

  it('a job that names no workspace is refused', () => {
    expect(() => runAsJob(createTestDeps(test.db), 'none', 'test', async () => undefined)).toThrow(/no workspace/)
  })

  it('a linked Telegram user acts with the member’s role', async () => {
    const mine = await linkTelegram(11n)
    const actor = await runAsBot(
      createTestDeps(test.db),
      { telegramUserId: 11n, workspaceId: mine.workspaceId },
      async (ctx) => ctx.actor,
    )
    expect(actor).toEqual({ kind: 'bot', memberId: mine.memberId, userId: mine.userId, role: 'staff' })
  })

  it('a Telegram user who is linked elsewhere, removed or disabled is refused', async () => {
    const [mine, other] = [await linkTelegram(12n), await createTestWorkspace(test.db)]
    const ask = (workspaceId: string) =>
      runAsBot(createTestDeps(test.db), { telegramUserId: 12n, workspaceId }, async () => 'in')
    const refused = { code: 'forbidden', reason: 'bot.notLinked' }
    await expect(ask(other.workspaceId)).rejects.toMatchObject(refused)
    await expect(ask('nonsense')).rejects.toMatchObject(refused)
    await test.db.update(users).set({ disabledAt: new Date() }).where(eq(users.id, mine.userId))
    await expect(ask(mine.workspaceId)).rejects.toMatchObject(refused)
    await test.db.update(users).set({ disabledAt: null }).where(eq(users.id, mine.userId))
    await expect(ask(mine.workspaceId)).resolves.toBe('in')
    await withSystem(test.db, 'test', (tx) => tx.delete(members).where(eq(members.id, mine.memberId)))
    await expect(ask(mine.workspaceId)).rejects.toMatchObject(refused)
  })
})
