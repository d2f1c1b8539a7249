import { and, asc, desc, eq, gte, inArray, lte, type SQL, sql } from 'drizzle-orm'
import { type Ctx, requirePermission } from '@/accounts/context'
import { AppError } from '@/kernel/app-error'
import { contacts } from '../contacts/table'
import { findContact, ofVisibleContact } from '../contacts/visible-contacts'
import { ofWhose } from '../contacts/whose-contacts'
import { funds } from '../funds/table'
import { readWorkspace } from '../gifts/read-workspace'
import { gifts } from '../gifts/table'
import { type Day, describeInstalment, describePledge, graceOf, type InstalmentRow, sum } from './describe-pledge'
import { noPledge, readParts } from './find-pledge'
import { isOpen } from './list-paid'
import type { InstalmentPage, ListInstalments, ListPledges, PledgePage, ShownPledge } from './schema'
import { allocations, instalments, pledges } from './table'

function selectPledges(ctx: Ctx) {
  return ctx.db
    .select({ pledge: pledges, contactName: contacts.displayName, fundName: funds.name })
    .from(pledges)
    .innerJoin(contacts, and(eq(contacts.workspaceId, pledges.workspaceId), eq(contacts.id, pledges.contactId)))
    .leftJoin(funds, and(eq(funds.workspaceId, pledges.workspaceId), eq(funds.id, pledges.fundId)))
    .$dynamic()
}

/** Pledges of the contacts that the actor sees, newest first, a page at a time. */
export async function listPledges(ctx: Ctx, input: ListPledges): Promise<PledgePage> {
  requirePermission(ctx, 'pledges.read')
  if (input.contactId) await findContact(ctx, input.contactId)
  const day = await readWorkspace(ctx)
  const rows = await selectPledges(ctx)
    .where(and(...conditions(ctx, input, day), afterCreated(input.cursor)))
    .orderBy(desc(pledges.createdAt), desc(pledges.id))
    .limit(input.limit + 1)
  const page = rows.slice(0, input.limit)
  const ids = page.map((row) => row.pledge.id)
  const [parts, owed] = [await readParts(ctx, ids), await readOwed(ctx, ids)]
  const last = rows.length > input.limit ? page.at(-1)?.pledge : undefined
  return {
    pledges: page.map((row) => {
      const { id } = row.pledge
      return describePledge(row, parts.get(id) ?? { terms: [], pauses: [] }, owed.get(id) ?? [], day)
    }),
    nextCursor: last ? `${last.createdAt.toISOString()}_${last.id}` : null,
  }
}

const CREATED = /^(\d{4}-[\dT:.-]+Z)_([\da-f-]{36})$/
const DUE = /^(\d{4}-\d{2}-\d{2})_([\da-f-]{36})$/

function afterCreated(cursor: string | null | undefined): SQL | undefined {
  const [at, id] = readCursor(CREATED, cursor)
  return at
    ? sql`(date_trunc('milliseconds', ${pledges.createdAt}), ${pledges.id}) < (${at}::timestamptz, ${id}::uuid)`
    : undefined
}

function readCursor(form: RegExp, cursor: string | null | undefined): readonly [string?, string?] {
  if (!cursor) return []
  const [, at, id] = form.exec(cursor) ?? []
  if (!at || !id) throw new AppError('bad_input', 'a cursor of another list', { reason: 'pledge.badCursor' })
  return [at, id]
}

function conditions(
  ctx: Ctx,
  { contactId, fundId, state, currency, whose }: ListPledges,
  day: Day,
): (SQL | undefined)[] {
  return [
    contactId ? eq(pledges.contactId, contactId) : undefined,
    fundId ? eq(pledges.fundId, fundId) : undefined,
    state ? inState(state, day) : undefined,
    currency ? eq(pledges.currency, currency) : undefined,
    ofWhose(ctx, whose ?? 'all', pledges.contactId),
  ]
}

/** The rule of `stateOn`, as the database asks it; `late` is that an instalment is. */
function inState(state: NonNullable<ListPledges['state']>, { today, graceDays }: Day): SQL {
  const ended = sql`(${pledges.completedOn} is not null or coalesce(${pledges.endOn} < ${today}, false))`
  const paused = sql`exists (select from pledge_pauses z where z.workspace_id = ${pledges.workspaceId}
    and z.pledge_id = ${pledges.id} and z.from_on <= ${today} and (z.until_on is null or ${today} < z.until_on))`
  const running = sql`${pledges.cancelledOn} is null and not ${ended}`
  const active = sql`${running} and not ${paused} and ${pledges.startOn} <= ${today}`
  const paid = sql`exists (select from instalments y where y.workspace_id = ${pledges.workspaceId}
    and y.pledge_id = ${pledges.id} and y.paid > 0)`
  switch (state) {
    case 'cancelled':
      return sql`${pledges.cancelledOn} is not null`
    case 'completed':
      return sql`${pledges.cancelledOn} is null and ${ended}`
    case 'paused':
      return sql`${running} and ${paused}`
    case 'upcoming':
      return sql`${running} and not ${paused} and ${pledges.startOn} > ${today}`
    case 'active':
      return active
    case 'in_hand':
      return sql`${active} and ${paid}`
    case 'promised':
      return sql`${active} and not ${paid}`
    case 'late':
      return sql`${pledges.id} in (select i.pledge_id from instalments i where not i.skipped
        and i.paid < i.amount - i.written_off and i.due_on < ${today}::date - coalesce(${pledges.graceDays}, ${graceDays}))`
  }
}

async function readOwed(ctx: Ctx, ids: string[]): Promise<ReadonlyMap<string, InstalmentRow[]>> {
  const rows = await ctx.db
    .select()
    .from(instalments)
    .where(inArray(instalments.pledgeId, ids))
    .orderBy(asc(instalments.dueOn))
  return Map.groupBy(rows, (row) => row.pledgeId)
}

/** A pledge with its terms, its pauses, every instalment and the gifts that paid it. */
export async function getPledge(ctx: Ctx, id: string): Promise<ShownPledge> {
  requirePermission(ctx, 'pledges.read')
  const day = await readWorkspace(ctx)
  const [row] = await selectPledges(ctx).where(and(eq(pledges.id, id), ofVisibleContact(ctx, pledges.contactId)))
  if (!row) throw noPledge()
  const parts = (await readParts(ctx, [id])).get(id) ?? { terms: [], pauses: [] }
  const owed = (await readOwed(ctx, [id])).get(id) ?? []
  const paidBy = await readPaidBy(ctx, id)
  const passed = owed.filter((one) => one.dueOn <= day.today && !one.skipped)
  return {
    ...describePledge(row, parts, owed, day),
    ...{ note: row.pledge.note, graceDays: row.pledge.graceDays },
    ...{ cancelledOn: row.pledge.cancelledOn, completedOn: row.pledge.completedOn },
    terms: parts.terms.map((one) => ({ ...one, amount: one.amount.toString() })),
    pauses: parts.pauses.map(({ fromOn, untilOn, reason }) => ({ fromOn, untilOn, reason })),
    instalments: owed.map((one) => ({
      ...describeInstalment(one, graceOf(row.pledge, day), day.today),
      paidBy: paidBy.get(one.id) ?? [],
    })),
    promised: sum(passed.map((one) => one.amount - one.writtenOff)),
    received: sum(passed.map((one) => one.paid)),
  }
}

async function readPaidBy(ctx: Ctx, pledgeId: string) {
  const rows = await ctx.db
    .select({
      instalmentId: allocations.instalmentId,
      giftId: gifts.id,
      givenOn: gifts.givenOn,
      amount: sql<string>`${allocations.amount}::text`,
      madeBy: allocations.madeBy,
    })
    .from(instalments)
    .innerJoin(
      allocations,
      and(eq(allocations.workspaceId, instalments.workspaceId), eq(allocations.instalmentId, instalments.id)),
    )
    .innerJoin(gifts, and(eq(gifts.workspaceId, allocations.workspaceId), eq(gifts.id, allocations.giftId)))
    .where(eq(instalments.pledgeId, pledgeId))
    .orderBy(asc(gifts.givenOn), asc(gifts.id))
  return Map.groupBy(rows, (row) => row.instalmentId)
}

/** Instalments of the contacts that the actor sees, by due date, a page at a time. */
export async function listInstalments(ctx: Ctx, input: ListInstalments): Promise<InstalmentPage> {
  requirePermission(ctx, 'pledges.read')
  if (input.contactId) await findContact(ctx, input.contactId)
  const day = await readWorkspace(ctx)
  const [dueOn, id] = readCursor(DUE, input.cursor)
  const rows = await ctx.db
    .select({ instalment: instalments, contactName: contacts.displayName, graceDays: pledges.graceDays })
    .from(instalments)
    .innerJoin(pledges, and(eq(pledges.workspaceId, instalments.workspaceId), eq(pledges.id, instalments.pledgeId)))
    .innerJoin(contacts, and(eq(contacts.workspaceId, instalments.workspaceId), eq(contacts.id, instalments.contactId)))
    .where(
      and(
        input.pledgeId ? eq(instalments.pledgeId, input.pledgeId) : undefined,
        input.contactId ? eq(instalments.contactId, input.contactId) : undefined,
        input.from ? gte(instalments.dueOn, input.from) : undefined,
        input.to ? lte(instalments.dueOn, input.to) : undefined,
        ...shown(input.show, day),
        input.currency ? eq(instalments.currency, input.currency) : undefined,
        ofWhose(ctx, input.whose ?? 'all', instalments.contactId),
        dueOn ? sql`(${instalments.dueOn}, ${instalments.id}) > (${dueOn}::date, ${id}::uuid)` : undefined,
      ),
    )
    .orderBy(asc(instalments.dueOn), asc(instalments.id))
    .limit(input.limit + 1)
  const page = rows.slice(0, input.limit)
  const last = rows.length > input.limit ? page.at(-1)?.instalment : undefined
  return {
    instalments: page.map(({ instalment, contactName, graceDays }) => ({
      ...describeInstalment(instalment, graceOf({ graceDays }, day), day.today),
      ...{ pledgeId: instalment.pledgeId, contactId: instalment.contactId, contactName, currency: instalment.currency },
    })),
    nextCursor: last ? `${last.dueOn}_${last.id}` : null,
  }
}

function shown(show: ListInstalments['show'], { today, graceDays }: Day): (SQL | undefined)[] {
  if (show === 'all') return []
  const late = sql`${instalments.dueOn} < ${today}::date - coalesce(${pledges.graceDays}, ${graceDays})`
  return [isOpen, show === 'late' ? late : undefined]
}
