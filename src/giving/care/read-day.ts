import { eq } from 'drizzle-orm'
import type { Ctx } from '@/accounts/context'
import { workspaces } from '@/accounts/table'
import { AppError } from '@/kernel/app-error'
import { type PlainDate, todayIn } from '@/kernel/dates'
import { GRACE_DAYS } from '../pledges/rules-late'
import type { RiskRule } from './rules-at-risk'
import { givingSettings } from './table'

/** What a check of care goes by: the workspace's day and what it decided. */
export type CareDay = {
  /** The moment that is taken for now: the clock's, or the one that a run by hand named. */
  readonly now: Date
  readonly today: PlainDate
  readonly timeZone: string
  readonly currency: string
  readonly graceDays: number
  readonly riskRule: RiskRule
  /** Minor units in the workspace's currency; null: no goal is set. */
  readonly monthlyGoal: bigint | null
  readonly checkHour: number
  readonly checkedOn: PlainDate | null
  readonly checkedAt: Date | null
}

export const CHECK_HOUR = 6

/** What is written meanwhile keeps the clock's own time, or letters of a moved one would wait for it. */
export async function readCareDay(ctx: Pick<Ctx, 'db' | 'workspaceId' | 'now'>, now = ctx.now): Promise<CareDay> {
  const [row] = await ctx.db
    .select({ timeZone: workspaces.timeZone, currency: workspaces.currency, settings: givingSettings })
    .from(workspaces)
    .leftJoin(givingSettings, eq(givingSettings.workspaceId, workspaces.id))
    .where(eq(workspaces.id, ctx.workspaceId))
  if (!row) throw new AppError('internal', 'a context without its workspace')
  const { timeZone, currency, settings } = row
  return {
    now,
    today: todayIn(timeZone, now),
    timeZone,
    currency,
    graceDays: settings?.graceDays ?? GRACE_DAYS,
    riskRule: settings?.riskRule ?? 'cadence',
    monthlyGoal: settings?.monthlyGoal ?? null,
    checkHour: settings?.checkHour ?? CHECK_HOUR,
    checkedOn: settings?.checkedOn ?? null,
    checkedAt: settings?.checkedAt ?? null,
  }
}
