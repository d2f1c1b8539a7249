import { and, asc, inArray, isNull, lt } from 'drizzle-orm'
import type { Ctx } from '@/accounts/context'
import { addMonths } from '@/kernel/dates'
import { lockKept } from '../gifts/lock-contacts'
import { readWorkspace } from '../gifts/read-workspace'
import { settleContacts } from '../gifts/settle-contacts'
import { allGiftsOf } from './allocate-contacts'
import type { PledgeRow } from './find-pledge'
import { planPledges } from './plan-pledges'
import { pledges } from './table'

const BATCH = 500
/** Written on when less than this is left, so that each pledge is touched once a month and not every night. */
const MONTHS_LEFT = 12

/** Writes the instalments of a workspace's pledges on; gifts with something left pay the new ones. Answers how many pledges. */
export async function extendPledges(ctx: Ctx): Promise<number> {
  const { today } = await readWorkspace(ctx)
  const short = lt(pledges.plannedUntil, addMonths(today, MONTHS_LEFT))
  for (let done = 0; ; ) {
    const rows = await ctx.db
      .select()
      .from(pledges)
      .where(and(short, isNull(pledges.cancelledOn), isNull(pledges.completedOn)))
      .orderBy(asc(pledges.contactId), asc(pledges.id))
      .limit(BATCH)
    if (rows.length === 0) return done
    const contactIds = [...new Set(rows.map((row) => row.contactId))]
    await lockKept(ctx, contactIds)
    await planPledges(ctx, await readAgain(ctx, rows), today)
    await settleContacts(ctx, { since: allGiftsOf(contactIds) })
    done += rows.length
  }
}

/** As they are once nobody changes them any more: one may have been cancelled before its lock was had. */
function readAgain(ctx: Ctx, rows: readonly PledgeRow[]): Promise<PledgeRow[]> {
  const ids = rows.map((row) => row.id)
  return ctx.db.select().from(pledges).where(inArray(pledges.id, ids))
}
