import { and, eq } from 'drizzle-orm'
import { writeAudit } from '@/accounts/audit'
import { type Ctx, requirePermission } from '@/accounts/context'
import { AppError } from '@/kernel/app-error'
import type { Preferences } from './schema'
import { carePreferences } from './table'

export const DEFAULT_PREFERENCES: Preferences = { muted: [], summary: true, summaryWeekday: 1, summaryHour: 8 }

/** How the acting member wants to be told. */
export async function readPreferences(ctx: Ctx): Promise<Preferences> {
  requirePermission(ctx, 'contacts.read')
  const [row] = await ctx.db
    .select()
    .from(carePreferences)
    .where(and(eq(carePreferences.workspaceId, ctx.workspaceId), eq(carePreferences.memberId, memberOf(ctx))))
  if (!row) return DEFAULT_PREFERENCES
  const { muted, summary, summaryWeekday, summaryHour } = row
  return { muted: [...muted], summary, summaryWeekday, summaryHour }
}

/** What is left out stays as it is; nothing at all leaves no trace. */
export async function savePreferences(ctx: Ctx, change: Partial<Preferences>): Promise<Preferences> {
  requirePermission(ctx, 'contacts.read')
  const memberId = memberOf(ctx)
  const known = await readPreferences(ctx)
  if (Object.keys(change).length === 0) return known
  const next = { ...known, ...change }
  await ctx.db
    .insert(carePreferences)
    .values({ workspaceId: ctx.workspaceId, memberId, ...next })
    .onConflictDoUpdate({ target: [carePreferences.workspaceId, carePreferences.memberId], set: next })
  await writeAudit(ctx, 'care.preferences', memberId, { fields: Object.keys(change) })
  return next
}

function memberOf({ actor }: Ctx): string {
  if (actor.kind === 'job') throw new AppError('forbidden', 'a job has no preferences')
  return actor.memberId
}
