import { and, count, inArray, isNull } from 'drizzle-orm'
import { writeAudit } from '@/accounts/audit'
import { type Ctx, requirePermission } from '@/accounts/context'
import { notifyPages } from '@/db/notify-pages'
import { AppError } from '@/kernel/app-error'
import { newId } from '@/kernel/ids'
import { rightsOver } from '@/notifications/channels/find-channel'
import { channels } from '@/notifications/channels/table'
import { type Filter, filterFromForm } from '../matches/rules'
import { regexProblem } from '../matches/rules-regex'
import { joinSearches } from '../searches/join-searches'
import { type PastedSearch, recogniseSearches } from '../searches/recognise-pasted'
import type { ChangeWatch, NewWatch } from './schema'
import { watchChannels, watches, watchSearches } from './table'

const MOST_WATCHES = 1000

/** A new watch, due at once: what is there already becomes its silent baseline. */
export async function createWatch(ctx: Ctx, input: NewWatch): Promise<{ id: string }> {
  requirePermission(ctx, 'watches.write')
  const pasted = recogniseSearches(input.urls)
  await refuseTooMany(ctx)
  const id = newId()
  const { workspaceId, now } = ctx
  const { name, interval, dropPercent, notify } = input
  await ctx.db.insert(watches).values({
    ...{ id, workspaceId, ownerId: ownerOf(ctx), name, interval, dropPercent, notify, createdAt: now },
    filter: filterOf(input) ?? { all: [] },
    dropAmount: input.dropAmount === null ? null : BigInt(input.dropAmount),
  })
  await linkSearches(ctx, id, pasted)
  await linkChannels(ctx, id, input.channelIds)
  await writeAudit(ctx, 'watch.create', id, { name })
  await notifyPages(ctx.db, workspaceId, 'watches', id)
  return { id }
}

/** A watch belongs to the member who made it, whichever door they came through. */
function ownerOf({ actor }: Ctx): string {
  if (actor.kind !== 'job') return actor.memberId
  throw new AppError('internal', 'a job has no watches of its own')
}

async function refuseTooMany(ctx: Ctx): Promise<void> {
  const [row] = await ctx.db.select({ have: count() }).from(watches).where(isNull(watches.deletedAt))
  if ((row?.have ?? 0) < MOST_WATCHES) return
  throw new AppError('bad_input', 'too many watches', {
    reason: 'watch.tooManyWatches',
    values: { most: MOST_WATCHES },
  })
}

/** The tree that was given, or that of the simple form; undefined where neither was. */
export function filterOf({ filter, form }: Pick<ChangeWatch, 'filter' | 'form'>): Filter | undefined {
  const chosen = filter ?? (form && filterFromForm(form))
  const bad = chosen && regexProblem(chosen)
  if (bad) throw new AppError('bad_input', 'bad regular expression', { reason: bad.reason, values: { text: bad.text } })
  return chosen
}

export async function linkSearches(ctx: Ctx, watchId: string, pasted: readonly PastedSearch[]): Promise<void> {
  const ids = await joinSearches(ctx, pasted)
  const { workspaceId, now } = ctx
  const rows = ids.map((searchId, n) => ({
    workspaceId,
    watchId,
    searchId,
    url: pasted[n]?.pasted ?? '',
    createdAt: now,
  }))
  await ctx.db.insert(watchSearches).values(rows).onConflictDoNothing()
}

/**
 * Row-level security shows a workspace its own channels alone, so a stranger's id is simply not found. Another member's
 * own channel is refused, unless the watch told it already (`kept`): who changes its name need not drop them.
 */
export async function linkChannels(
  ctx: Ctx,
  watchId: string,
  wanted: readonly string[],
  kept: readonly string[] = [],
): Promise<void> {
  const ids = [...new Set(wanted)]
  if (ids.length === 0) return
  const found = await ctx.db
    .select({ id: channels.id, memberId: channels.memberId })
    .from(channels)
    .where(and(inArray(channels.id, ids), isNull(channels.deletedAt)))
  if (found.length < ids.length) throw new AppError('not_found', 'unknown channel', { reason: 'channel.unknown' })
  const refused = found.some(({ id, memberId }) => !kept.includes(id) && !rightsOver(ctx.actor, memberId).use)
  if (refused) throw new AppError('forbidden', 'a channel of another member', { reason: 'channel.private' })
  await ctx.db
    .insert(watchChannels)
    .values(ids.map((channelId) => ({ workspaceId: ctx.workspaceId, watchId, channelId })))
}
