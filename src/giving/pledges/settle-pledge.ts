import { eq, sql } from 'drizzle-orm'
import { writeAudit } from '@/accounts/audit'
import type { Ctx } from '@/accounts/context'
import { describeTakenBack } from '../gifts/describe-gift'
import { readWorkspace } from '../gifts/read-workspace'
import { settleContacts } from '../gifts/settle-contacts'
import { allGiftsOf, type TakenBack } from './allocate-contacts'
import { findPledge, type PledgeRow } from './find-pledge'
import { planPledges } from './plan-pledges'
import { pledges } from './table'

type Told = { readonly action: string; readonly facts?: Readonly<Record<string, unknown>> }

/** What every change of a pledge ends with: its instalments follow, its contact's gifts are allocated anew, the log says so. */
export async function settlePledge(ctx: Ctx, id: string, { action, facts = {} }: Told) {
  const { today } = await readWorkspace(ctx)
  const pledge = await findPledge(ctx, id)
  const lost = await planPledges(ctx, [pledge], today)
  return finishPledge(ctx, pledge, { action, facts, lost })
}

/** The same where the instalments stay as they are. */
export async function finishPledge(
  ctx: Ctx,
  pledge: Pick<PledgeRow, 'id' | 'contactId'>,
  { action, facts = {}, lost = [] }: Told & { readonly lost?: TakenBack },
) {
  const takenBack = await settleContacts(ctx, { since: allGiftsOf([pledge.contactId]) })
  await writeAudit(ctx, action, pledge.id, { contactId: pledge.contactId, ...facts })
  return { id: pledge.id, takenBack: describeTakenBack([...lost, ...takenBack]) }
}

/** Every change raises the version; `values` are the columns that change with it. */
export async function touchPledge(ctx: Ctx, id: string, values: Partial<PledgeRow> = {}): Promise<void> {
  await ctx.db
    .update(pledges)
    .set({ ...values, version: sql`${pledges.version} + 1` })
    .where(eq(pledges.id, id))
}
