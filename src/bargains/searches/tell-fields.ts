import { and, asc, eq, inArray, isNull, like } from 'drizzle-orm'
import type { JobEvent } from '@/accounts/context'
import { members, users } from '@/accounts/table'
import type { Transaction } from '@/db/client'
import { enterSystem, enterWorkspace } from '@/db/scope'
import { mintWorkspaceId } from '@/kernel/ids'
import { channels } from '@/notifications/channels/table'
import { recordSignal } from '@/notifications/signals/record-signal'
import { signals } from '@/notifications/signals/table'
import { siteNameOf } from '../sources/registry'

/** The facts of `source.fields` and `source.fields_back`. */
export type FieldFacts = {
  readonly source: string
  readonly sourceName: string
  readonly variant: string
  readonly fields: readonly string[]
  readonly url: string
}

export type SickFields = Omit<FieldFacts, 'sourceName'> & {
  /** Since when a format has fields that fell; null: it has none any more. */
  readonly episode: Date | null
}

/** Tells whoever runs this installation, once an episode, and its end to whom it was told. Answers what is to be sent. */
export async function tellFields(tx: Transaction, sick: SickFields, now: Date): Promise<readonly JobEvent[]> {
  const events: JobEvent[] = []
  for (const administrator of await findAdministrators(tx)) {
    const workspaceId = mintWorkspaceId(administrator.workspaceId)
    const own = await findChannels(tx, administrator.memberId)
    await enterWorkspace(tx, workspaceId)
    const scope = { workspaceId, db: tx, now, emit: (event: JobEvent) => void events.push(event) }
    for (const signal of await signalsOf(tx, sick, now)) await recordSignal(scope, { ...signal, channelIds: own })
    await enterSystem(tx, 'keep fill')
  }
  return events
}

type Administrator = { readonly memberId: string; readonly workspaceId: string }

/** Each with their oldest workspace. */
async function findAdministrators(tx: Transaction): Promise<readonly Administrator[]> {
  const rows = await tx
    .selectDistinctOn([members.userId], { memberId: members.id, workspaceId: members.workspaceId })
    .from(members)
    .innerJoin(users, and(eq(users.id, members.userId), eq(users.administrator, true), isNull(users.disabledAt)))
    .orderBy(members.userId, asc(members.createdAt))
  return rows
}

async function findChannels(tx: Transaction, memberId: string): Promise<readonly string[]> {
  const where = and(eq(channels.memberId, memberId), isNull(channels.deletedAt))
  return (await tx.select({ id: channels.id }).from(channels).where(where)).map(({ id }) => id)
}

async function signalsOf(tx: Transaction, sick: SickFields, now: Date) {
  const { episode, ...rest } = sick
  const facts: FieldFacts = {
    ...rest,
    fields: [...new Set(sick.fields)],
    sourceName: siteNameOf(sick.source, sick.url),
  }
  const told = `source.fields:${sick.source}:${sick.variant}:`
  const common = { subjectId: null, watchId: null, facts }
  if (episode !== null) return [{ ...common, kind: 'source.fields', dedupeKey: told + episode.toISOString() }]
  const closed = await closeSignals(tx, told, now)
  return closed.map((key) => ({
    ...common,
    kind: 'source.fields_back',
    dedupeKey: key.replace('fields:', 'fields_back:'),
  }))
}

async function closeSignals(tx: Transaction, prefix: string, now: Date): Promise<readonly string[]> {
  const open = await tx
    .select({ id: signals.id, key: signals.dedupeKey })
    .from(signals)
    .where(and(like(signals.dedupeKey, `${prefix.replaceAll(/[%_\\]/g, '\\$&')}%`), isNull(signals.resolvedAt)))
  if (open.length === 0) return []
  const ids = open.map(({ id }) => id)
  await tx.update(signals).set({ resolvedAt: now }).where(inArray(signals.id, ids))
  return open.map(({ key }) => key)
}
