import { nameOf } from '@/accounts/audit'
import { type Ctx, requirePermission } from '@/accounts/context'
import { AppError } from '@/kernel/app-error'
import { addMonths, type PlainDate } from '@/kernel/dates'
import { newId } from '@/kernel/ids'
import { checkFunds } from '../funds/queries'
import { lockContacts } from '../gifts/lock-contacts'
import { readWorkspace } from '../gifts/read-workspace'
import { paysFrom } from './rules-allocate'
import { firstTerms } from './rules-schedule'
import type { NewPledge } from './schema'
import { settlePledge } from './settle-pledge'
import { pledges, pledgeTerms } from './table'

/** Further back or ahead is a slip of the keyboard, and would be thousands of instalments. */
const MOST_MONTHS = 240

/** A promise, with its first terms and its instalments; gifts that were already given for it pay them at once. */
export async function createPledge(ctx: Ctx, input: NewPledge) {
  requirePermission(ctx, 'pledges.write')
  const { today } = await readWorkspace(ctx)
  refuseFar(input.startOn, today, 'startOn')
  await lockContacts(ctx, [input.contactId])
  await checkFunds(ctx, [input])
  const id = newId()
  const { amount, frequency, firstAfterPeriod: _, ...rest } = input
  const by = { workspaceId: ctx.workspaceId, createdAt: ctx.now, createdBy: nameOf(ctx.actor) }
  const days = { paysFrom: paysFrom(input.startOn, frequency), plannedUntil: today }
  await ctx.db.insert(pledges).values({ id, ...rest, ...days, ...by })
  const terms = firstTerms({ ...input, amount: BigInt(amount) })
  await ctx.db.insert(pledgeTerms).values({ pledgeId: id, ...terms, ...by })
  return settlePledge(ctx, id, { action: 'pledge.create', facts: { amount, frequency, currency: input.currency } })
}

export function refuseFar(date: PlainDate, today: PlainDate, field: string): void {
  if (date >= addMonths(today, -MOST_MONTHS) && date <= addMonths(today, MOST_MONTHS)) return
  throw new AppError('bad_input', `${date} is too far away`, { reason: 'pledge.farDate', values: { field } })
}
