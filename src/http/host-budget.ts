import { and, eq, sql } from 'drizzle-orm'
import type { Database, Transaction } from '@/db/client'
import { newId } from '@/kernel/ids'
import {
  afterRequest,
  afterTaking,
  decideSlot,
  type HostState,
  type RequestOutcome,
  type WaitReason,
} from './rules-budget'
import { hosts } from './table'

export type TakenSlot = { readonly kind: 'taken'; readonly slotId: string; readonly room: number }
export type WaitForSlot = { readonly kind: 'wait'; readonly until: Date; readonly why: WaitReason }

/**
 * Asks for the right to make one request to `host` at `now`. Shared by all processes through the row of the host.
 * Give it back with `releaseSlot`; a process that dies loses it after 20 s, or a little
 * after `longestMs`, where the request may take longer.
 */
export function takeSlot(db: Database, host: string, now: Date, longestMs?: number): Promise<TakenSlot | WaitForSlot> {
  return db.transaction(async (tx) => {
    await tx.insert(hosts).values({ host }).onConflictDoNothing()
    const state = await lockState(tx, eq(hosts.host, host))
    if (!state) throw new Error(`host ${host} vanished`)
    const slot = decideSlot(state, now.getTime())
    if (slot.kind === 'wait') return { kind: 'wait', until: new Date(slot.until), why: slot.why }
    const slotId = newId()
    const taken = afterTaking(state, now.getTime(), longestMs)
    await writeState(tx, host, taken, slotId, now)
    return { kind: 'taken', slotId, room: Math.max(0, state.perMinute - taken.recent.length) }
  })
}

/** Gives the right back with what came of it. Does nothing when the slot has run out and another holds the host. */
export function releaseSlot(
  db: Database,
  host: string,
  slotId: string,
  outcome: RequestOutcome,
  now: Date,
  redirects = 0,
): Promise<void> {
  return db.transaction(async (tx) => {
    const state = await lockState(tx, and(eq(hosts.host, host), eq(hosts.busyBy, slotId)))
    if (!state) return
    await writeState(tx, host, afterRequest(state, outcome, redirects, now.getTime()), null, null)
  })
}

async function lockState(tx: Transaction, where: ReturnType<typeof and>): Promise<HostState | undefined> {
  const [row] = await tx.select().from(hosts).where(where).for('update')
  return row && stateOf(row)
}

/** A row of `hosts` as the rules know it. */
export function stateOf(row: typeof hosts.$inferSelect): HostState {
  return {
    perMinute: row.perMinute,
    recent: row.recent,
    busyUntil: row.busyUntil?.getTime() ?? null,
    closedUntil: row.closedUntil?.getTime() ?? null,
    failures: row.failures,
    paceMs: row.paceMs,
    lastAt: row.lastRequestAt?.getTime() ?? null,
  }
}

async function writeState(
  tx: Transaction,
  host: string,
  state: HostState,
  slotId: string | null,
  requestAt: Date | null,
): Promise<void> {
  const asked = requestAt ? { lastRequestAt: requestAt, requests: sql`${hosts.requests} + 1` } : {}
  await tx
    .update(hosts)
    .set({ ...asked, ...stored(state), busyBy: slotId })
    .where(eq(hosts.host, host))
}

function stored(state: HostState) {
  return {
    recent: state.recent,
    failures: state.failures,
    busyUntil: state.busyUntil === null ? null : new Date(state.busyUntil),
    closedUntil: state.closedUntil === null ? null : new Date(state.closedUntil),
  }
}
