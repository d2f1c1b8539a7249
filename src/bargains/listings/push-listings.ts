import { createHash } from 'node:crypto'
import { and, eq } from 'drizzle-orm'
import type { Deps, JobEvent } from '@/accounts/context'
import type { Transaction } from '@/db/client'
import { enterSystem, withSystem } from '@/db/scope'
import { AppError } from '@/kernel/app-error'
import type { WorkspaceId } from '@/kernel/ids'
import type { Item, Source } from '../sources/source'
import { watches } from '../watches/table'
import { type ReadPushed, readPushed } from './read-pushed'
import type { PushAnswer, PushBatch, Pushed } from './schema'
import { findWatchesFor, type Handed, type StoredPush, storePushed } from './store-pushed'
import { listingPushes } from './table'
import { sendNudges } from './write-news'

export type PushDeps = Pick<Deps, 'db' | 'log' | 'clock' | 'send'>

/**
 * Takes a batch of adverts from another program: each is judged by itself, stored, and held against the watches that it is
 * for. The same request again gets the same answer and does nothing; another request under its id is a `conflict`. All of it
 * is one transaction: what dies half-way is sent again.
 */
export async function pushListings(deps: PushDeps, workspaceId: WorkspaceId, batch: PushBatch): Promise<PushAnswer> {
  const events: JobEvent[] = []
  const answer = await withSystem(deps.db, 'push listings', (tx) => pushOnce(tx, deps, { workspaceId, batch, events }))
  await sendNudges(deps, events)
  return answer
}

type Push = { readonly workspaceId: WorkspaceId; readonly batch: PushBatch; readonly events: JobEvent[] }

async function pushOnce(tx: Transaction, deps: PushDeps, { workspaceId, batch, events }: Push): Promise<PushAnswer> {
  const { requestId } = batch
  const digest = createHash('sha256').update(JSON.stringify(batch)).digest('hex')
  const at = deps.clock()
  // Whoever comes second waits here until the first has committed or failed.
  const [own] = await tx
    .insert(listingPushes)
    .values({ workspaceId, requestId, digest, answer: {}, createdAt: at })
    .onConflictDoNothing()
    .returning({ id: listingPushes.id })
  if (!own) return readAnswer(tx, { workspaceId, requestId, digest })
  await assertWatch(tx, workspaceId, batch.watchId)
  const handed = { workspaceId, at, events, watches: await findWatchesFor(tx, workspaceId, batch) }
  const answer = await pushAll(tx, batch.listings.map(readPushed), handed)
  await enterSystem(tx, 'push listings')
  await tx.update(listingPushes).set({ answer }).where(eq(listingPushes.id, own.id))
  return answer
}

type Asked = { readonly workspaceId: WorkspaceId; readonly requestId: string; readonly digest: string }

async function readAnswer(tx: Transaction, { workspaceId, requestId, digest }: Asked): Promise<PushAnswer> {
  const [row] = await tx
    .select()
    .from(listingPushes)
    .where(and(eq(listingPushes.workspaceId, workspaceId), eq(listingPushes.requestId, requestId)))
  if (row?.digest !== digest) {
    throw new AppError('conflict', 'a request id of another batch', { reason: 'idempotency.otherRequest' })
  }
  // Written by `pushOnce` alone.
  return row.answer as PushAnswer
}

async function assertWatch(tx: Transaction, workspaceId: WorkspaceId, id: string | undefined): Promise<void> {
  if (id === undefined) return
  const [row] = await tx
    .select({ deletedAt: watches.deletedAt })
    .from(watches)
    .where(and(eq(watches.id, id), eq(watches.workspaceId, workspaceId)))
  if (!row || row.deletedAt !== null) throw new AppError('not_found', 'no such watch', { reason: 'watch.notFound' })
}

/** Adverts that were read already, source by source; also for a page that a member handed over. */
export async function pushAll(tx: Transaction, read: readonly ReadPushed[], handed: Handed): Promise<PushAnswer> {
  const bySource = new Map<Source, Map<string, Item>>()
  for (const one of read) {
    if ('rejected' in one) continue
    const items = bySource.get(one.source) ?? new Map<string, Item>()
    bySource.set(one.source, items.set(one.item.externalId, items.get(one.item.externalId) ?? one.item))
  }
  const stored = new Map<Source, StoredPush>()
  // One order for all: each source is a lock.
  for (const [source, items] of [...bySource].sort(([a], [b]) => (a.id < b.id ? -1 : 1))) {
    stored.set(source, await storePushed(tx, source, [...items.values()], handed))
  }
  return summarise(
    read.map((one) => judge(one, stored, bySource)),
    handed.watches.length,
  )
}

function judge(
  one: ReadPushed,
  stored: ReadonlyMap<Source, StoredPush>,
  first: Map<Source, Map<string, Item>>,
): Pushed {
  if ('rejected' in one) {
    return { result: 'rejected', reason: one.rejected, detail: one.detail, externalId: one.externalId }
  }
  const { source, item } = one
  const { externalId } = item
  const said = { reason: null, detail: null, externalId }
  if (first.get(source)?.get(externalId) !== item) {
    return { ...said, result: 'rejected', reason: 'twice', detail: 'the batch holds this advert before' }
  }
  const push = stored.get(source)
  if (push?.shared.has(externalId)) {
    return { ...said, result: 'rejected', reason: 'shared', detail: 'it is read for other workspaces too' }
  }
  const judged = push?.seen.find(({ listing }) => listing.externalId === externalId)?.judged
  if (judged?.isNew) return { ...said, result: 'stored' }
  return { ...said, result: judged?.contentChanged || judged?.reappeared ? 'updated' : 'known' }
}

function summarise(results: readonly Pushed[], watchCount: number): PushAnswer {
  const count = (wanted: Pushed['result']) => results.filter(({ result }) => result === wanted).length
  return {
    ...{ stored: count('stored'), updated: count('updated'), known: count('known'), rejected: count('rejected') },
    watches: watchCount,
    results: [...results],
  }
}
