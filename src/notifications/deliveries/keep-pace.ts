import { sql } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import type { ChannelKind } from '../channels/table'
import { type Pace, slotAfter } from './rules-pace'

/**
 * Puts claims of one provider in a queue until the transaction ends, and answers its next free slot. An advisory lock,
 * for a claim that finds nothing then writes nothing and waits for no disk.
 */
export async function lockFlow(tx: Transaction, kind: ChannelKind, now: Date): Promise<Date> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`deliveries ${kind}`}, 0))`)
  const [row] = await tx.execute<{ free: string }>(
    sql`select extract(epoch from free_at) * 1000 as free from delivery_paces where key = ${kind}`,
  )
  return row ? new Date(Number(row.free)) : now
}

type Given = {
  readonly pace: Pace
  readonly freeAt: Date
  readonly now: Date
  readonly addresses: readonly string[]
}

/** Notes that these addresses are being sent to; answers the provider's next free slot. */
export async function reservePace(tx: Transaction, kind: ChannelKind, given: Given): Promise<Date> {
  const { pace, freeAt, now, addresses } = given
  if (addresses.length === 0) return freeAt
  const flowAt = pace.flow ? slotAfter(pace.flow, freeAt, now, addresses.length) : freeAt
  const chats = addresses
    .filter((address) => pace.gap(address) > 0)
    .map((address): Slot => [paceKey(kind, address), new Date(now.getTime() + pace.gap(address))])
  await keepFree(tx, pace.flow ? [...chats, [kind, flowAt]] : chats)
  return flowAt
}

type Slot = readonly [key: string, freeAt: Date]

export function paceKey(kind: ChannelKind, address: string): string {
  return `${kind}:${address}`
}

/** Nothing goes to these keys before the moments named; never earlier than what was agreed before. */
export async function keepFree(tx: Transaction, slots: readonly Slot[]): Promise<void> {
  if (slots.length === 0) return
  const values = slots.map(([key, freeAt]) => sql`(${key}, ${freeAt.toISOString()}::timestamptz)`)
  await tx.execute(sql`
    insert into delivery_paces (key, free_at) values ${sql.join(values, sql`, `)}
    on conflict (key) do update set free_at = greatest(delivery_paces.free_at, excluded.free_at)`)
}
