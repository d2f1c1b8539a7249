import { and, eq, gt, sql } from 'drizzle-orm'
import { type Ctx, requirePermission } from '@/accounts/context'
import { AppError } from '@/kernel/app-error'
import { readWorkspace } from '../gifts/read-workspace'
import { lockPledge, refuseClosed } from './find-pledge'
import type { CancelPledge, EndPledge } from './schema'
import { finishPledge, settlePledge, touchPledge } from './settle-pledge'
import { instalments } from './table'

type OnePledge = { readonly id: string; readonly version?: number | undefined }

/** The last day on which something may be due; after it the pledge is complete. Null takes the end away. */
export async function endPledge(ctx: Ctx, { id, version, endOn }: EndPledge) {
  requirePermission(ctx, 'pledges.write')
  const pledge = await lockPledge(ctx, { id, version })
  refuseClosed(pledge)
  if (endOn !== null && endOn < pledge.startOn) throw endsBeforeStart()
  await touchPledge(ctx, id, { endOn })
  return settlePledge(ctx, id, { action: 'pledge.end', facts: { endOn } })
}

function endsBeforeStart(): AppError {
  return new AppError('bad_input', 'ends before it starts', {
    reason: 'pledge.endsBeforeStart',
    values: { field: 'endOn' },
  })
}

/** Writes off what is not yet due and keeps what was paid; what is overdue stays owed, unless that is written off too. */
export async function cancelPledge(ctx: Ctx, { id, version, writeOffOverdue }: CancelPledge) {
  requirePermission(ctx, 'pledges.write')
  const pledge = await lockPledge(ctx, { id, version })
  refuseClosed(pledge)
  const { today } = await readWorkspace(ctx)
  await writeOff(ctx, id, writeOffOverdue ? null : today)
  await touchPledge(ctx, id, { cancelledOn: today })
  return finishPledge(ctx, pledge, { action: 'pledge.cancel', facts: { writeOffOverdue } })
}

/** Declares it fulfilled: nothing of it is expected any more. */
export async function completePledge(ctx: Ctx, { id, version }: OnePledge) {
  requirePermission(ctx, 'pledges.write')
  const pledge = await lockPledge(ctx, { id, version })
  refuseClosed(pledge)
  const { today } = await readWorkspace(ctx)
  await writeOff(ctx, id, null)
  await touchPledge(ctx, id, { completedOn: today })
  return finishPledge(ctx, pledge, { action: 'pledge.complete' })
}

/** Undoes cancelling or completing: what was written off is expected again. */
export async function reopenPledge(ctx: Ctx, { id, version }: OnePledge) {
  requirePermission(ctx, 'pledges.write')
  await lockPledge(ctx, { id, version })
  await touchPledge(ctx, id, { cancelledOn: null, completedOn: null })
  return settlePledge(ctx, id, { action: 'pledge.reopen' })
}

/** What is open of the instalments due after that day, or of all. */
async function writeOff(ctx: Ctx, pledgeId: string, after: string | null): Promise<void> {
  await ctx.db
    .update(instalments)
    .set({ writtenOff: sql`${instalments.amount} - ${instalments.paid}` })
    .where(
      and(
        eq(instalments.pledgeId, pledgeId),
        eq(instalments.skipped, false),
        after === null ? undefined : gt(instalments.dueOn, after),
      ),
    )
}
