import { eq } from 'drizzle-orm'
import type { Ctx } from '@/accounts/context'
import { workspaces } from '@/accounts/table'
import { AppError } from '@/kernel/app-error'
import { type PlainDate, todayIn } from '@/kernel/dates'
import { givingSettings } from '../care/table'
import { GRACE_DAYS } from '../pledges/rules-late'

export type WorkspaceDay = {
  readonly today: PlainDate
  readonly currency: string
  /** 1 = calendar year. */
  readonly fiscalYearStart: number
  /** Days after a due date, where the pledge has none of its own. */
  readonly graceDays: number
}

/** The day that it is in the workspace, and what it decided about money and dates. */
export async function readWorkspace(ctx: Pick<Ctx, 'db' | 'workspaceId' | 'now'>): Promise<WorkspaceDay> {
  const { timeZone, currency, fiscalYearStart } = workspaces
  const [row] = await ctx.db
    .select({ timeZone, currency, fiscalYearStart, graceDays: givingSettings.graceDays })
    .from(workspaces)
    .leftJoin(givingSettings, eq(givingSettings.workspaceId, workspaces.id))
    .where(eq(workspaces.id, ctx.workspaceId))
  if (!row) throw new AppError('internal', 'a context without its workspace')
  return {
    today: todayIn(row.timeZone, ctx.now),
    currency: row.currency,
    fiscalYearStart: row.fiscalYearStart,
    graceDays: row.graceDays ?? GRACE_DAYS,
  }
}
