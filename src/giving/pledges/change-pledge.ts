import { nameOf } from '@/accounts/audit'
import { type Ctx, requirePermission } from '@/accounts/context'
import { AppError } from '@/kernel/app-error'
import type { PlainDate } from '@/kernel/dates'
import { checkFunds } from '../funds/queries'
import { readWorkspace } from '../gifts/read-workspace'
import { refuseFar } from './create-pledge'
import { lockPledge, type PledgeRow, readParts, refuseClosed } from './find-pledge'
import { nextTerms } from './rules-schedule'
import type { ChangePledge, ChangeTerms } from './schema'
import { settlePledge, touchPledge } from './settle-pledge'
import { pledgeTerms } from './table'

/** Another fund, grace or note; what was promised is changed by `changeTerms`. */
export async function changePledge(ctx: Ctx, { id, version, ...change }: ChangePledge) {
  requirePermission(ctx, 'pledges.write')
  const pledge = await lockPledge(ctx, { id, version })
  if (change.fundId && change.fundId !== pledge.fundId) await checkFunds(ctx, [{ fundId: change.fundId }])
  await touchPledge(ctx, id, change)
  return settlePledge(ctx, id, { action: 'pledge.change', facts: change })
}

/** A new version of what was promised, from a date on; earlier instalments stay. One of the same day is replaced. */
export async function changeTerms(ctx: Ctx, { id, version, ...change }: ChangeTerms) {
  requirePermission(ctx, 'pledges.write')
  const pledge = await lockPledge(ctx, { id, version })
  refuseClosed(pledge)
  await checkDates(ctx, pledge, change)
  const parts = (await readParts(ctx, [id])).get(id) ?? { terms: [], pauses: [] }
  const terms = nextTerms({ ...parts, endOn: pledge.endOn }, { ...change, amount: BigInt(change.amount) })
  const { workspaceId, now: createdAt } = ctx
  await ctx.db
    .insert(pledgeTerms)
    .values({ workspaceId, pledgeId: id, ...terms, createdAt, createdBy: nameOf(ctx.actor) })
    .onConflictDoUpdate({
      target: [pledgeTerms.workspaceId, pledgeTerms.pledgeId, pledgeTerms.fromOn],
      set: { ...terms, createdAt, createdBy: nameOf(ctx.actor) },
    })
  await touchPledge(ctx, id)
  return settlePledge(ctx, id, { action: 'pledge.terms', facts: change })
}

type Dates = { readonly fromOn: PlainDate; readonly firstDueOn: PlainDate | null }

async function checkDates(ctx: Ctx, { startOn, endOn }: PledgeRow, { fromOn, firstDueOn }: Dates): Promise<void> {
  const { today } = await readWorkspace(ctx)
  if (firstDueOn !== null) refuseFar(firstDueOn, today, 'firstDueOn')
  if (fromOn < startOn || (endOn !== null && fromOn > endOn)) throw outside('fromOn')
  if (firstDueOn !== null && firstDueOn < fromOn) throw outside('firstDueOn')
}

function outside(field: string): AppError {
  return new AppError('bad_input', 'a date outside of the pledge', { reason: 'pledge.dateOutside', values: { field } })
}
