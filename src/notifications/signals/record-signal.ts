import { and, inArray, isNull, sql } from 'drizzle-orm'
import type { Ctx } from '@/accounts/context'
import { notifyPages } from '@/db/notify-pages'
import { newId } from '@/kernel/ids'
import { type ChannelKind, channels } from '../channels/table'
import { deliveries } from '../deliveries/table'
import { signals } from './table'

export type NewSignal = {
  /** `listing.new`, `search.blocked` …: whoever says it is listed in `wiring/messages.ts`. */
  readonly kind: string
  /** The same event has the same key for ever: said again, it is no row. */
  readonly dedupeKey: string
  readonly subjectId: string | null
  readonly watchId: string | null
  /** What the words are made of, as JSON: amounts as text, times as ISO. */
  readonly facts: Readonly<Record<string, unknown>>
  readonly channelIds: readonly string[]
  /** Of a signal of many: what it is about, one by one. `facts.lines` may list some of them, each with its `id`. */
  readonly parts?: readonly string[]
}

/** What recording needs of a context: the scan makes one for each workspace in turn. */
export type SignalScope = Pick<Ctx, 'workspaceId' | 'db' | 'now' | 'emit'>

/**
 * Writes the signal and one delivery per channel in the caller's transaction, and asks for their sending after it has
 * committed. Answers the signal's id, or null when it was said before.
 */
export async function recordSignal(ctx: SignalScope, signal: NewSignal): Promise<string | null> {
  const [id] = await recordSignals(ctx, [signal])
  return id ?? null
}

/** Many at once, in three statements; answers the id of each, null where it was said before. */
export async function recordSignals(
  ctx: SignalScope,
  wanted: readonly NewSignal[],
): Promise<readonly (string | null)[]> {
  const rows = wanted.map(({ channelIds, parts = [], ...signal }) => ({ id: newId(), channelIds, parts, signal }))
  const fresh = await insertSignals(ctx, rows)
  const told = rows.filter((row) => fresh.has(row.id))
  if (told.length === 0) return rows.map(() => null)
  await insertParts(ctx, told)
  await insertDeliveries(ctx, told)
  return rows.map((row) => (fresh.has(row.id) ? row.id : null))
}

type Row = {
  readonly id: string
  readonly channelIds: readonly string[]
  readonly parts: readonly string[]
  readonly signal: Omit<NewSignal, 'channelIds' | 'parts'>
}

async function insertSignals(ctx: SignalScope, rows: readonly Row[]): Promise<ReadonlySet<string>> {
  if (rows.length === 0) return new Set()
  const values = rows.map(({ id, signal }) => ({
    ...signal,
    id,
    workspaceId: ctx.workspaceId,
    createdAt: ctx.now,
  }))
  const inserted = await ctx.db
    .insert(signals)
    .values(values)
    .onConflictDoNothing({ target: [signals.workspaceId, signals.dedupeKey] })
    .returning({ id: signals.id })
  return new Set(inserted.map((row) => row.id))
}

/** As JSON: a statement takes 65,535 parameters. */
async function insertParts({ db, workspaceId }: SignalScope, rows: readonly Row[]): Promise<void> {
  const parts = rows.flatMap(({ id, parts }) => parts.map((subjectId) => ({ signalId: id, subjectId })))
  if (parts.length === 0) return
  await db.execute(sql`
    insert into signal_parts (workspace_id, signal_id, subject_id)
    select ${workspaceId}, p."signalId", p."subjectId"
    from json_to_recordset(${JSON.stringify(parts)}::json) p ("signalId" uuid, "subjectId" uuid)
    on conflict do nothing`)
}

async function insertDeliveries(ctx: SignalScope, rows: readonly Row[]): Promise<void> {
  const known = await findChannels(ctx, new Set(rows.flatMap((row) => row.channelIds)))
  const values = rows.flatMap((row) =>
    known.filter((channel) => row.channelIds.includes(channel.id)).map((channel) => newDelivery(ctx, row.id, channel)),
  )
  if (values.length === 0) return
  await ctx.db.insert(deliveries).values(values)
  await notifyPages(ctx.db, ctx.workspaceId, 'deliveries')
  const live = known.filter((channel) => channel.offAt === null)
  for (const kind of new Set(live.map((channel) => channel.kind))) emitDue(ctx, kind)
}

type Found = { readonly id: string; readonly kind: ChannelKind; readonly offAt: Date | null }

function findChannels(ctx: SignalScope, ids: ReadonlySet<string>): Promise<readonly Found[]> {
  if (ids.size === 0) return Promise.resolve([])
  return ctx.db
    .select({ id: channels.id, kind: channels.kind, offAt: channels.offAt })
    .from(channels)
    .where(and(inArray(channels.id, [...ids]), isNull(channels.deletedAt)))
}

/** A channel that is off gets a row too, so that the log says what was not sent and why. */
function newDelivery(ctx: SignalScope, signalId: string, channel: Found) {
  const row = { workspaceId: ctx.workspaceId, signalId, channelId: channel.id, dueAt: ctx.now, createdAt: ctx.now }
  return channel.offAt === null ? row : { ...row, state: 'skipped' as const, reason: 'channel_off' }
}

/** One nudge per workspace and kind of channel: kinds are sent apart, so that a slow mail server delays no chat. */
export function emitDue(ctx: Pick<Ctx, 'workspaceId' | 'emit'>, kind: ChannelKind): void {
  const { workspaceId } = ctx
  ctx.emit({ name: 'delivery/due', data: { workspaceId, kind, lane: `${workspaceId}/${kind}` } })
}
