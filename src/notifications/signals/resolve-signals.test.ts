import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createTestDeps, createTestWorkspace, type TestWorkspace } from '@/accounts/testing'
import { openTestDatabase } from '@/db/testing'
import { newId } from '@/kernel/ids'
import { startWorld, type World } from '../../../e2e/world/world'
import { createOutlets } from '../create-outlets'
import { drainLane } from '../deliveries/drain-lane'
import { editDeliveries } from '../deliveries/edit-deliveries'
import { deliveries } from '../deliveries/table'
import type { Say } from '../message'
import { createTestChannel, TEST_ENV, testMessage, testSignal } from '../testing'
import { recordSignal } from './record-signal'
import { resolveSignals } from './resolve-signals'

let world: World
const test = openTestDatabase()
let mine: TestWorkspace
beforeAll(async () => {
  world = await startWorld()
})
beforeEach(async () => {
  world.reset()
  mine = await createTestWorkspace(test.db)
})
afterAll(async () => {
  await world.close()
})

const say: Say = ({ facts }) => testMessage(facts.resolved ? 'Paid' : 'Late')

function outbox() {
  const deps = createTestDeps(test.db)
  const env = { ...TEST_ENV, ...world.env() }
  return { ...deps, outlets: createOutlets({ env, db: test.db, log: deps.log, sayings: [{ 'test.news': say }] }) }
}

async function tell(subjectId: string) {
  const user = world.telegram.user('Ola')
  user.start()
  const channelId = await createTestChannel(mine, 'telegram', String(user.id))
  await mine.run((ctx) => recordSignal(ctx, testSignal([channelId], { subjectId })))
  return user.id
}

const lane = () => ({ workspaceId: mine.workspaceId, kind: 'telegram' as const })
const end = (subjectId: string) => mine.run((ctx) => resolveSignals(ctx, [{ subjectId, facts: { by: 'gift' } }]))

describe('a signal whose matter is over', () => {
  it('edits the message that was sent, once', async () => {
    const subjectId = newId()
    const chat = await tell(subjectId)
    const deps = outbox()
    await drainLane(deps, lane())
    expect(await end(subjectId)).toBe(1)
    expect(await end(subjectId)).toBe(0)
    expect(mine.emitted.map(({ name }) => name)).toContain('delivery/edit')
    expect(await editDeliveries(deps)).toEqual({ edited: 1 })
    expect(await editDeliveries(deps)).toEqual({ edited: 0 })
    expect(world.telegram.messages(chat).map(({ text }) => text)).toEqual(['Paid'])
  })

  it('is not sent where it still waited', async () => {
    const subjectId = newId()
    const chat = await tell(subjectId)
    await end(subjectId)
    await drainLane(outbox(), lane())
    expect(world.telegram.messages(chat)).toEqual([])
  })

  it('is tried again after Telegram’s trouble, and given up where the message is gone', async () => {
    const subjectId = newId()
    const chat = await tell(subjectId)
    const deps = outbox()
    await drainLane(deps, lane())
    await end(subjectId)
    world.telegram.failNext({ status: 502 })
    await editDeliveries(deps)
    const [row] = await mine.run((ctx) =>
      ctx.db.select().from(deliveries).where(eq(deliveries.workspaceId, mine.workspaceId)),
    )
    expect(row?.editDueAt).not.toBeNull()
    await mine.run((ctx) => ctx.db.update(deliveries).set({ editDueAt: new Date() }))
    await editDeliveries(deps)
    expect(world.telegram.messages(chat).map(({ text }) => text)).toEqual(['Paid'])
  })
})
