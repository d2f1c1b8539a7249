import { setTimeout as sleep } from 'node:timers/promises'
import { and, eq } from 'drizzle-orm'
import { type Ctx, requirePermission } from '@/accounts/context'
import { countAttempt } from '@/accounts/limit-attempts'
import { newId } from '@/kernel/ids'
import { claimDeliveries, type Lane } from '../deliveries/claim-deliveries'
import { deliverMessage, type OutboxDeps } from '../deliveries/deliver-message'
import { type DeliveryState, deliveries } from '../deliveries/table'
import { recordSignal } from '../signals/record-signal'
import { findActingMember } from './add-channel'
import { findChannelToUse, unknownChannel } from './find-channel'

const LIMIT = { name: 'test-alert', points: 10, seconds: 600 }

export type TestOutcome = {
  readonly state: DeliveryState
  /** A key of the `deliveries` messages. */
  readonly reason: string | null
  readonly detail: string | null
}

type Open = <T>(work: (ctx: Ctx) => Promise<T>) => Promise<T>

/**
 * Sends a test at once, through the outbox as everything else, and answers what came of it. A channel that is off is
 * tried too: when it works, it is on again. `who` is counted: ten tests in ten minutes.
 */
export async function testChannel(deps: OutboxDeps, open: Open, who: string, id: string): Promise<TestOutcome> {
  await countAttempt(deps.db, LIMIT, who, deps.clock())
  const lane = await open((ctx) => recordTest(ctx, id))
  for (let tries = 0; tries < 8; tries++) {
    const { claimed } = await claimDeliveries(deps.db, lane, deps.clock(), 1)
    await Promise.all(claimed.map((delivery) => deliverMessage(deps, delivery)))
    const outcome = await open((ctx) => readOutcome(ctx, lane.deliveryId))
    if (isAnswered(outcome)) return outcome
    // Its chat was written to within the second, or a job was quicker than we.
    await sleep(500)
  }
  return open((ctx) => readOutcome(ctx, lane.deliveryId))
}

/** A postponed try has its answer too: why it did not go. */
function isAnswered({ state, reason }: TestOutcome): boolean {
  return state === 'pending' ? reason !== null : state !== 'sending'
}

async function recordTest(ctx: Ctx, id: string): Promise<Lane & { readonly deliveryId: string }> {
  requirePermission(ctx, 'channels.write')
  const channel = await findChannelToUse(ctx, id)
  if (channel.deletedAt) throw unknownChannel(id)
  const { name } = await findActingMember(ctx)
  const signalId = await recordSignal(ctx, {
    kind: 'channel.test',
    dedupeKey: `channel.test:${newId()}`,
    subjectId: null,
    watchId: null,
    facts: { by: name },
    channelIds: [id],
  })
  const own = and(eq(deliveries.signalId, signalId ?? ''), eq(deliveries.channelId, id))
  const [row] = await ctx.db
    .update(deliveries)
    .set({ state: 'pending', reason: null })
    .where(own)
    .returning({ id: deliveries.id })
  // Deleted this moment. A lane without its delivery would be the whole queue.
  if (!row) throw unknownChannel(id)
  return { workspaceId: ctx.workspaceId, kind: channel.kind, deliveryId: row.id }
}

async function readOutcome(ctx: Ctx, id: string): Promise<TestOutcome> {
  const { state, reason, detail } = deliveries
  const [row] = await ctx.db.select({ state, reason, detail }).from(deliveries).where(eq(deliveries.id, id))
  return row ?? { state: 'skipped', reason: 'channel_deleted', detail: null }
}
