import { and, eq, isNull } from 'drizzle-orm'
import { writeAudit } from '@/accounts/audit'
import { type Ctx, requirePermission } from '@/accounts/context'
import { notifyPages } from '@/db/notify-pages'
import { AppError } from '@/kernel/app-error'
import { hastenSearches, lockSearches } from '../searches/join-searches'
import { searches } from '../searches/table'
import { watches, watchSearches } from './table'

/** Seconds between two scans that people ask for; the host's budget is what keeps us polite. */
const APART = 10

/** Makes the watch's searches due now. Throws when they were just read, or when the site refuses us. */
export async function scanWatch(ctx: Ctx, id: string): Promise<{ searches: number }> {
  requirePermission(ctx, 'watches.write')
  const watch = await findRunning(ctx, id)
  await lockSearches(ctx, id)
  const rows = await findSearches(ctx, id)
  const old = rows.filter((row) => secondsSince(row.checkedAt, ctx.now) >= APART)
  const newest = Math.min(...rows.map((row) => secondsSince(row.checkedAt, ctx.now)))
  if (old.length === 0) throw tooSoon(Math.ceil(APART - newest))
  const due = await hastenSearches(
    ctx,
    old.map((row) => row.id),
  )
  const waiting = due.flatMap(({ dueAt }) => (dueAt && dueAt > ctx.now ? [dueAt.getTime()] : []))
  if (waiting.length === due.length) throw blocked(Math.ceil((Math.min(...waiting) - ctx.now.getTime()) / 1000))
  await writeAudit(ctx, 'watch.scan', id, { name: watch.name })
  await notifyPages(ctx.db, ctx.workspaceId, 'watches', id)
  return { searches: due.length - waiting.length }
}

async function findRunning(ctx: Ctx, id: string) {
  const [watch] = await ctx.db
    .select({ name: watches.name, pausedAt: watches.pausedAt })
    .from(watches)
    .where(and(eq(watches.id, id), isNull(watches.deletedAt)))
  if (!watch) throw new AppError('not_found', 'no such watch', { reason: 'watch.notFound' })
  if (watch.pausedAt) throw new AppError('conflict', 'the watch is paused', { reason: 'watch.paused' })
  return watch
}

function findSearches(ctx: Ctx, id: string) {
  return ctx.db
    .select({ id: searches.id, checkedAt: searches.checkedAt })
    .from(watchSearches)
    .innerJoin(searches, eq(searches.id, watchSearches.searchId))
    .where(eq(watchSearches.watchId, id))
}

function secondsSince(moment: Date | null, now: Date): number {
  return moment === null ? Number.POSITIVE_INFINITY : (now.getTime() - moment.getTime()) / 1000
}

function tooSoon(retryAfter: number): AppError {
  return new AppError('too_many', 'read just now', {
    reason: 'watch.scannedJustNow',
    values: { seconds: retryAfter },
    retryAfter,
  })
}

function blocked(retryAfter: number): AppError {
  const values = { minutes: Math.ceil(retryAfter / 60) }
  return new AppError('too_many', 'the site refuses us', { reason: 'watch.blocked', values, retryAfter })
}
