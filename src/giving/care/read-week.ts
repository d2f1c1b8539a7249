import { eq } from 'drizzle-orm'
import type { Ctx } from '@/accounts/context'
import { workspaces } from '@/accounts/table'
import { AppError } from '@/kernel/app-error'
import { type CareDay, readCareDay } from './read-day'

/** What the summaries of a workspace go by. */
export type SummaryDay = CareDay & {
  /** Its name. */
  readonly workspace: string
  /** The halves that are switched on. */
  readonly giving: boolean
  readonly bargains: boolean
}

export async function readSummaryDay(ctx: Pick<Ctx, 'db' | 'workspaceId' | 'now'>, now = ctx.now): Promise<SummaryDay> {
  const day = await readCareDay(ctx, now)
  const [row] = await ctx.db
    .select({ workspace: workspaces.name, giving: workspaces.giving, bargains: workspaces.bargains })
    .from(workspaces)
    .where(eq(workspaces.id, ctx.workspaceId))
  if (!row) throw new AppError('internal', 'a context without its workspace')
  return { ...day, ...row }
}
