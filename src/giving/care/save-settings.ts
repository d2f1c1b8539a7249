import { writeAudit } from '@/accounts/audit'
import { type Ctx, requirePermission } from '@/accounts/context'
import { notifyPages } from '@/db/notify-pages'
import { readCareDay } from './read-day'
import type { CareSettings } from './schema'
import { givingSettings } from './table'

/** What the workspace decided about care, with the currency of its goal and the last check. */
export async function readSettings(ctx: Ctx) {
  requirePermission(ctx, 'contacts.read')
  const { graceDays, monthlyGoal, riskRule, checkHour, currency, checkedAt } = await readCareDay(ctx)
  const goal = monthlyGoal?.toString() ?? null
  return { graceDays, monthlyGoal: goal, riskRule, checkHour, currency, checkedAt: checkedAt?.toISOString() ?? null }
}

export async function saveSettings(ctx: Ctx, { monthlyGoal, ...rest }: CareSettings): Promise<void> {
  requirePermission(ctx, 'giving.settings')
  const change = { ...rest, monthlyGoal: monthlyGoal === null ? null : BigInt(monthlyGoal) }
  await ctx.db
    .insert(givingSettings)
    .values({ workspaceId: ctx.workspaceId, ...change })
    .onConflictDoUpdate({ target: givingSettings.workspaceId, set: change })
  await writeAudit(ctx, 'care.settings', ctx.workspaceId, { ...rest, monthlyGoal })
  await notifyPages(ctx.db, ctx.workspaceId, 'care')
}
