import { and, desc, eq, type SQL, sql } from 'drizzle-orm'
import { type Ctx, requirePermission } from '@/accounts/context'
import { members, users, workspaces } from '@/accounts/table'
import { findChannel, nameFor, rightsOver } from '../channels/find-channel'
import { channels } from '../channels/table'
import type { Reader, SignalFacts } from '../message'
import type { Outlets } from '../outlets'
import { signals } from '../signals/table'
import type { DeliveryFilter, ListedDelivery } from './schema'
import { deliveries } from './table'

const columns = {
  id: deliveries.id,
  signal: {
    id: signals.id,
    kind: signals.kind,
    subjectId: signals.subjectId,
    watchId: signals.watchId,
    facts: signals.facts,
    createdAt: signals.createdAt,
  },
  channel: { id: channels.id, kind: channels.kind, name: channels.name },
  owner: { address: channels.address, memberId: channels.memberId, memberName: users.name },
  timeZone: workspaces.timeZone,
  state: deliveries.state,
  reason: deliveries.reason,
  detail: deliveries.detail,
  attempts: deliveries.attempts,
  uncertain: deliveries.uncertain,
  createdAt: deliveries.createdAt,
  sentAt: deliveries.sentAt,
  dueAt: deliveries.dueAt,
}

/** The log, newest first, a page at a time; each row says what it said, in the reader's language. */
export async function listDeliveries(ctx: Ctx, outlets: Outlets, locale: string, filter: DeliveryFilter) {
  requirePermission(ctx, 'deliveries.read')
  // An unknown channel is told; an empty log would look as if nothing had been sent.
  if (filter.channelId) await findChannel(ctx, filter.channelId)
  const shown = ofPage(ctx, filter)
  const rows = await ctx.db
    .select(columns)
    .from(shown)
    .innerJoin(deliveries, eq(deliveries.id, shown.id))
    .innerJoin(signals, eq(signals.id, deliveries.signalId))
    .innerJoin(channels, eq(channels.id, deliveries.channelId))
    .innerJoin(workspaces, eq(workspaces.id, deliveries.workspaceId))
    .leftJoin(members, eq(members.id, channels.memberId))
    .leftJoin(users, eq(users.id, members.userId))
    .orderBy(desc(deliveries.createdAt), desc(deliveries.id))
  const page = rows.slice(0, filter.limit)
  const last = rows.length > filter.limit ? page.at(-1) : undefined
  const reader = { locale, now: ctx.now, appUrl: outlets.appUrl }
  return {
    deliveries: page.map((row) => toListed(forReader(ctx, row), outlets, { ...reader, timeZone: row.timeZone })),
    nextCursor: last ? `${last.createdAt.toISOString()}_${last.id}` : null,
  }
}

/** The page by itself, off its index: joined first, a year's log would be read for each page of it. */
function ofPage(ctx: Ctx, filter: DeliveryFilter) {
  return ctx.db
    .select({ id: deliveries.id })
    .from(deliveries)
    .where(and(...conditions(filter)))
    .orderBy(desc(deliveries.createdAt), desc(deliveries.id))
    .limit(filter.limit + 1)
    .as('shown')
}

function conditions({ state, channelId, watchId, cursor }: DeliveryFilter): SQL[] {
  const [at, id] = cursor?.split('_') ?? []
  return [
    state && eq(deliveries.state, state),
    channelId && eq(deliveries.channelId, channelId),
    watchId && sql`${deliveries.signalId} in (select s.id from signals s where s.watch_id = ${watchId})`,
    at && id && sql`(${deliveries.createdAt}, ${deliveries.id}) < (${at}::timestamptz, ${id}::uuid)`,
  ].filter((condition): condition is SQL => typeof condition === 'object')
}

type Row = Omit<ListedDelivery, 'kind' | 'what' | 'watchId' | 'createdAt' | 'sentAt' | 'nextTryAt'> & {
  readonly signal: SignalFacts
  readonly timeZone: string
  readonly createdAt: Date
  readonly sentAt: Date | null
  readonly dueAt: Date
}

function toListed(row: Row, outlets: Outlets, reader: Reader): ListedDelivery {
  const { signal, timeZone: _timeZone, dueAt, createdAt, sentAt, ...rest } = row
  return {
    ...rest,
    kind: signal.kind,
    what: wordsOf(row, outlets, reader),
    watchId: signal.watchId,
    createdAt: createdAt.toISOString(),
    sentAt: sentAt?.toISOString() ?? null,
    nextTryAt: row.state === 'pending' ? dueAt.toISOString() : null,
  }
}

type OwnedRow = Row & { readonly owner: Owner }
type Owner = { readonly address: string; readonly memberId: string | null; readonly memberName: string | null }

/** Another member's address is theirs alone: it may be the channel's name, and providers repeat it in their answers. */
function forReader({ actor }: Ctx, { owner, channel, detail, ...row }: OwnedRow): Row {
  const { use } = rightsOver(actor, owner.memberId)
  const name = nameFor(use, { ...owner, name: channel.name })
  return { ...row, channel: { ...channel, name }, detail: use ? detail : null }
}

/** A signal of a newer release, or with facts of an older one, must not take the log with it. */
function wordsOf({ signal }: Row, outlets: Outlets, reader: Reader): string {
  try {
    return outlets.say(signal.kind)(signal, reader).subject
  } catch {
    return signal.kind
  }
}
