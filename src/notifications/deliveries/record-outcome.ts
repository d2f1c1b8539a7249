import { and, eq, inArray, isNotNull, ne } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { notifyPages } from '@/db/notify-pages'
import { withSystem } from '@/db/scope'
import type { Outcome } from '../channels/channel'
import { channels } from '../channels/table'
import { signals } from '../signals/table'
import type { Claimed } from './claim-deliveries'
import type { OutboxDeps } from './deliver-message'
import { keepFree, paceKey } from './keep-pace'
import { secondsToNextTry } from './rules-retry'
import { type DeliveryState, deliveries } from './table'

type Later = Extract<Outcome, { kind: 'later' }>
type Never = Extract<Outcome, { kind: 'never' }>

/** Writes what came of a try, if the lease is still ours: else another process has it, and its word counts. */
export async function recordOutcome(deps: OutboxDeps, claimed: Claimed, outcome: Outcome | 'resolved'): Promise<void> {
  await withSystem(deps.db, 'record delivery', async (tx) => {
    const [row] = await tx
      .update(deliveries)
      .set({ ...changes(claimed, outcome, deps.clock()), leaseId: null, leaseUntil: null })
      .where(and(eq(deliveries.id, claimed.id), eq(deliveries.leaseId, claimed.leaseId)))
      .returning({ workspaceId: deliveries.workspaceId })
    if (!row) return deps.log.warn({ deliveryId: claimed.id }, 'delivery answered after its lease was lost')
    if (outcome !== 'resolved') await tellChannel(tx, claimed, outcome, deps.clock())
    if (outcome !== 'resolved' && outcome.kind === 'sent') await editIfOver(tx, claimed, deps.clock())
    await notifyPages(tx, row.workspaceId, 'deliveries')
  })
}

/** It was resolved while it was on its way: the message must say so. */
async function editIfOver(tx: Transaction, { id, target, signal }: Claimed, now: Date): Promise<void> {
  if (target.kind !== 'telegram') return
  const over = tx
    .select({ id: signals.id })
    .from(signals)
    .where(and(eq(signals.id, signal.id), isNotNull(signals.resolvedAt)))
  await tx
    .update(deliveries)
    .set({ editDueAt: now })
    .where(and(eq(deliveries.id, id), inArray(deliveries.signalId, over)))
}

type Changes = {
  readonly state: DeliveryState
  readonly reason: string | null
  readonly detail: string | null
  readonly dueAt?: Date
  readonly sentAt?: Date
  readonly providerId?: string | null
  readonly uncertain?: boolean
  readonly attempts?: number
}

function changes(claimed: Claimed, outcome: Outcome | 'resolved', now: Date): Changes {
  if (outcome === 'resolved') return { state: 'skipped', reason: 'resolved', detail: null }
  switch (outcome.kind) {
    case 'sent':
      return { state: 'sent', reason: null, detail: null, sentAt: now, providerId: outcome.providerId }
    case 'later':
      return postponed(claimed, outcome, now)
    case 'never':
      return { state: 'failed', reason: outcome.reason, detail: outcome.detail }
  }
}

/** A refusal for pace is no try: else a busy chat would use up a message's eight. */
function postponed(claimed: Claimed, { reason, detail, retryAfter, uncertain }: Later, now: Date): Changes {
  const ageSeconds = (now.getTime() - claimed.createdAt.getTime()) / 1000
  const seconds = secondsToNextTry({ attempts: claimed.attempts, ageSeconds, retryAfter, random: Math.random() })
  const told = { reason, detail, uncertain: claimed.uncertain || uncertain === true }
  if (seconds === null) return { ...told, state: 'failed' }
  const attempts = retryAfter === undefined ? claimed.attempts : claimed.attempts - 1
  return { ...told, state: 'pending', attempts, dueAt: new Date(now.getTime() + seconds * 1000) }
}

async function tellChannel(tx: Transaction, claimed: Claimed, outcome: Outcome, now: Date): Promise<void> {
  switch (outcome.kind) {
    case 'sent':
      return afterSent(tx, claimed, outcome.movedTo)
    case 'later':
      return waitAsAsked(tx, claimed, outcome, now)
    case 'never':
      return outcome.switchOff ? switchOff(tx, claimed, outcome, now) : undefined
  }
}

/** What arrives is on: a test of a channel that was off has shown that it works again. */
async function afterSent(tx: Transaction, { target, off }: Claimed, movedTo: string | undefined): Promise<void> {
  if (off) await tx.update(channels).set({ offReason: null, offAt: null }).where(eq(channels.id, target.channelId))
  if (movedTo === undefined) return
  const same = and(eq(channels.kind, target.kind), eq(channels.address, target.address))
  await tx.update(channels).set({ address: movedTo }).where(same)
}

/** The whole chat waits as long as the provider asked, not this message alone. */
async function waitAsAsked(tx: Transaction, { target }: Claimed, { retryAfter }: Later, now: Date): Promise<void> {
  if (retryAfter === undefined) return
  await keepFree(tx, [[paceKey(target.kind, target.address), new Date(now.getTime() + retryAfter * 1000)]])
}

async function switchOff(tx: Transaction, { target, id }: Claimed, { reason }: Never, now: Date): Promise<void> {
  await tx.update(channels).set({ offReason: reason, offAt: now }).where(eq(channels.id, target.channelId))
  await tx
    .update(deliveries)
    .set({ state: 'skipped', reason: 'channel_off' })
    .where(
      and(eq(deliveries.channelId, target.channelId), inArray(deliveries.state, ['pending']), ne(deliveries.id, id)),
    )
}
