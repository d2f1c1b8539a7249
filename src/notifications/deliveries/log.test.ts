import { describe, expect, it } from 'vitest'
import { members, users } from '@/accounts/table'
import { createTestWorkspace, type TestWorkspace } from '@/accounts/testing'
import { withSystem } from '@/db/scope'
import { openTestDatabase } from '@/db/testing'
import { newId } from '@/kernel/ids'
import { channels } from '../channels/table'
import { recordSignals } from '../signals/record-signal'
import { createTestChannel, createTestOutbox, testSignal } from '../testing'
import { drainLane } from './drain-lane'
import { listDeliveries } from './queries'
import { retryDelivery } from './retry-delivery'
import { deliveryFilterSchema } from './schema'
import { deliveries } from './table'

const test = openTestDatabase()

describe('the delivery log', () => {
  it('comes newest first, a page at a time, without a gap or a repeat', async () => {
    const workspace = await createTestWorkspace(test.db)
    const to = await createTestChannel(workspace)
    await workspace.run((ctx) =>
      recordSignals(
        ctx,
        Array.from({ length: 25 }, () => testSignal([to])),
      ),
    )
    const read = (cursor?: string) =>
      workspace.run((ctx) => listDeliveries(ctx, outbox(), 'en', deliveryFilterSchema.parse({ limit: 10, cursor })))
    const seen: string[] = []
    let cursor: string | undefined
    do {
      const page = await read(cursor)
      seen.push(...page.deliveries.map((row) => row.id))
      cursor = page.nextCursor ?? undefined
    } while (cursor)
    expect(seen).toHaveLength(25)
    expect(seen).toEqual([...new Set(seen)].sort().reverse())
  })

  it('filters by state, channel and watch, and says what was said', async () => {
    const workspace = await createTestWorkspace(test.db)
    const [one, two] = [await createTestChannel(workspace), await createTestChannel(workspace)]
    const watchId = newId()
    await workspace.run((ctx) => recordSignals(ctx, [testSignal([one], { watchId }), testSignal([two])]))
    const read = (filter: object) =>
      workspace.run((ctx) => listDeliveries(ctx, outbox(), 'en', deliveryFilterSchema.parse(filter)))
    expect((await read({ channelId: two })).deliveries.map((row) => row.channel.id)).toEqual([two])
    expect((await read({ watchId })).deliveries).toMatchObject([{ watchId, what: expect.stringMatching(/^News /) }])
    expect((await read({ state: 'failed' })).deliveries).toEqual([])
    await expect(read({ channelId: newId() })).rejects.toMatchObject({ code: 'not_found' })
  })

  it('a failed delivery can be sent again, one that was sent cannot', async () => {
    const workspace = await createTestWorkspace(test.db)
    const to = await createTestChannel(workspace)
    await workspace.run((ctx) => recordSignals(ctx, [testSignal([to])]))
    const lane = { workspaceId: workspace.workspaceId, kind: 'email' } as const
    const refused = createTestOutbox(test.db, async () => ({
      kind: 'never',
      reason: 'refused',
      detail: '554',
      switchOff: false,
    }))
    await drainLane(refused, lane)
    const log = () => workspace.run((ctx) => listDeliveries(ctx, outbox(), 'en', deliveryFilterSchema.parse({})))
    const [failed] = (await log()).deliveries
    expect(failed).toMatchObject({ state: 'failed', reason: 'refused', detail: '554' })
    const again = () => workspace.run((ctx) => retryDelivery(ctx, failed?.id ?? ''))
    await again()
    expect(workspace.emitted.at(-1)).toMatchObject({ name: 'delivery/due' })
    await drainLane(
      createTestOutbox(test.db, async () => ({ kind: 'sent', providerId: '7' })),
      lane,
    )
    expect((await log()).deliveries).toMatchObject([{ state: 'sent', reason: null, attempts: 1 }])
    await expect(again()).rejects.toMatchObject({ reason: 'delivery.notFailed' })
  })

  it('what went to another member’s own channel tells no address, and is not sent again by others', async () => {
    const workspace = await createTestWorkspace(test.db)
    const to = await createTestChannel({ ...workspace, memberId: await addMember(workspace) })
    await workspace.run((ctx) => recordSignals(ctx, [testSignal([to])]))
    await workspace.run(async ({ db }) => {
      await db.update(channels).set({ name: 'ola@example.org', address: 'ola@example.org' })
      await db.update(deliveries).set({ state: 'failed', reason: 'refused', detail: '550 ola@example.org unknown' })
    })
    const read = () => workspace.run((ctx) => listDeliveries(ctx, outbox(), 'en', deliveryFilterSchema.parse({})))
    const [row] = (await read()).deliveries
    expect(row).toMatchObject({ reason: 'refused', detail: null, channel: { id: to, name: 'Other' } })
    expect(row).not.toHaveProperty('owner')
    const again = workspace.run((ctx) => retryDelivery(ctx, row?.id ?? ''))
    await expect(again).rejects.toMatchObject({ code: 'forbidden', reason: 'channel.private' })
    expect((await read()).deliveries).toMatchObject([{ state: 'failed' }])
  })
})

async function addMember({ workspaceId }: TestWorkspace): Promise<string> {
  const [userId, memberId] = [newId(), newId()]
  await withSystem(test.db, 'test', async (tx) => {
    await tx.insert(users).values({ id: userId, email: `${userId}@example.org`, name: 'Other' })
    await tx.insert(members).values({ id: memberId, workspaceId, userId, role: 'staff' })
  })
  return memberId
}

function outbox() {
  return createTestOutbox(test.db, async () => ({ kind: 'sent', providerId: '1' })).outlets
}
