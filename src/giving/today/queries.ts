import { and, eq, gte, isNull, lte, or, sql } from 'drizzle-orm'
import { type Ctx, requirePermission } from '@/accounts/context'
import { addDays, type PlainDate } from '@/kernel/dates'
import { listCare } from '../care/list-care'
import { readCareDay } from '../care/read-day'
import { contacts } from '../contacts/table'
import { ofVisibleContact, ownContacts, visibleContacts } from '../contacts/visible-contacts'
import { narrowWhose, ofWhose, type Whose } from '../contacts/whose-contacts'
import { contactRollups } from '../gifts/table'
import { instalments } from '../pledges/table'
import { listTasks } from '../tasks/queries'
import { listTasksSchema } from '../tasks/schema'
import { tasks } from '../tasks/table'
import { visibleTasks } from '../tasks/visible-tasks'
import { findFreshImports } from './find-imports'
import type { ShownToday, TodayInput } from './schema'
import { sumMonths } from './sum-months'
import { sumSupport } from './sum-support'

/** Rows of each list; the list itself is a link away. */
const SHOWN = 4
const EXPECTED_DAYS = 7

/** The morning's page: each figure is counted as the list that it opens counts. */
export async function readToday(ctx: Ctx, { whose }: TodayInput): Promise<ShownToday> {
  requirePermission(ctx, 'gifts.read')
  const { today, currency, monthlyGoal } = await readCareDay(ctx)
  const care = (show: 'late' | 'risk' | 'thanks') => listCare(ctx, { show, whose, offset: 0, limit: SHOWN })
  const narrowed = await narrowWhose(ctx, whose)
  const { inHand, promised } = await sumSupport(ctx, today, currency, narrowed)
  return {
    today,
    currency,
    goal: ownContacts(ctx) === undefined ? (monthlyGoal?.toString() ?? null) : null,
    inHand: inHand.toString(),
    promised: promised.toString(),
    late: await care('late'),
    risk: await care('risk'),
    thanks: await care('thanks'),
    tasks: await tasksDue(ctx, whose, today),
    months: await sumMonths(ctx, today, currency, narrowed),
    expected: await sumExpected(ctx, today, currency, narrowed),
    imports: await findFreshImports(ctx),
    begun: await readBegun(ctx),
  }
}

async function tasksDue(ctx: Ctx, whose: TodayInput['whose'], today: PlainDate): Promise<ShownToday['tasks']> {
  const { tasks: rows } = await listTasks(ctx, listTasksSchema.parse({ show: 'due', whose, limit: SHOWN }))
  const mine = ctx.actor.kind === 'job' ? undefined : eq(tasks.assigneeId, ctx.actor.memberId)
  const due = and(isNull(tasks.doneAt), lte(tasks.dueOn, today), visibleTasks(ctx))
  const [count] = await ctx.db
    .select({ total: sql<number>`count(*)::int` })
    .from(tasks)
    .where(and(due, whose === 'mine' ? or(mine, isNull(tasks.assigneeId)) : undefined))
  return { rows, total: count?.total ?? 0 }
}

async function sumExpected(
  ctx: Ctx,
  today: PlainDate,
  currency: string,
  whose: Whose,
): Promise<ShownToday['expected']> {
  const to = addDays(today, EXPECTED_DAYS - 1)
  const [row] = await ctx.db
    .select({
      count: sql<number>`count(*)::int`,
      total: sql<string>`coalesce(sum(amount - written_off - paid), 0)::text`,
    })
    .from(instalments)
    .where(
      and(
        gte(instalments.dueOn, today),
        lte(instalments.dueOn, to),
        eq(instalments.currency, currency),
        sql`not skipped and paid < amount - written_off`,
        ofWhose(ctx, whose, instalments.contactId),
      ),
    )
  return { from: today, to, count: row?.count ?? 0, total: row?.total ?? '0' }
}

async function readBegun(ctx: Ctx): Promise<ShownToday['begun']> {
  const some = await ctx.db.select({ id: contacts.id }).from(contacts).where(visibleContacts(ctx)).limit(1)
  const given = await ctx.db
    .select({ id: contactRollups.contactId })
    .from(contactRollups)
    .where(ofVisibleContact(ctx, contactRollups.contactId))
    .limit(1)
  return { contacts: some.length > 0, gifts: given.length > 0 }
}
