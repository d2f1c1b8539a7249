import { type SQL, sql } from 'drizzle-orm'
import { type Ctx, requirePermission } from '@/accounts/context'
import { daysBetween } from '@/kernel/dates'
import { ownContacts } from '../contacts/visible-contacts'
import { findBirthdays } from './find-birthdays'
import { findLatePledges } from './find-late'
import { findAtRisk } from './find-risks'
import { countSilentContacts, findSilentContacts } from './find-silent'
import { type Deeds, loadDeeds } from './load-deeds'
import { loadLateDetails } from './load-late-facts'
import { loadPeople, type Person } from './load-people'
import { type CareDay, readCareDay } from './read-day'
import { mayTellOfRisk } from './rules-at-risk'
import { CARE_LISTS, type CareList } from './rules-lists'
import type { CarePage, CareRow, ListCare } from './schema'

type Found = Partial<CareRow> & { readonly contactId: string; readonly days: number }

const BIRTHDAY_DAYS = 14

/** One list of care, the most urgent first: the very rows that the daily check finds. */
export async function listCare(ctx: Ctx, { show, whose, offset, limit }: ListCare): Promise<CarePage> {
  requirePermission(ctx, 'gifts.read')
  const day = await readCareDay(ctx)
  const { rows: shown, total } = await pageOf(ctx, day, show, ofReader(ctx, whose), { offset, limit })
  const ids = shown.map(({ contactId }) => contactId)
  const [people, deeds] = [await loadPeople(ctx, ids), await loadDeeds(ctx, day, ids)]
  const detailed = show === 'late' ? await addDetails(ctx, day, shown) : shown
  return {
    rows: detailed.map((row) => toRow(row, people.get(row.contactId), deeds.get(row.contactId))),
    total,
  }
}

/** How many rows each list has: what its tab shows. */
export async function countCare(ctx: Ctx, whose: ListCare['whose']): Promise<Readonly<Record<CareList, number>>> {
  requirePermission(ctx, 'gifts.read')
  const day = await readCareDay(ctx)
  const counts = { late: 0, risk: 0, thanks: 0, birthdays: 0, silent: 0 }
  for (const show of CARE_LISTS) counts[show] = await countOf(ctx, day, show, ofReader(ctx, whose))
  return counts
}

type Page = Pick<ListCare, 'offset' | 'limit'>

/** Those that nobody was spoken to are half of all: only their page is read. The other lists are judged whole. */
async function pageOf(ctx: Ctx, day: CareDay, show: CareList, whose: SQL, { offset, limit }: Page) {
  if (show !== 'silent') {
    const found = await findCare(ctx, day, show, whose)
    return { rows: found.slice(offset, offset + limit), total: found.length }
  }
  const rows = await silent(ctx, day, whose, sql`limit ${limit} offset ${offset}`)
  return { rows, total: await countSilentContacts(ctx, day, whose) }
}

async function countOf(ctx: Ctx, day: CareDay, show: CareList, whose: SQL): Promise<number> {
  if (show === 'silent') return countSilentContacts(ctx, day, whose)
  return (await findCare(ctx, day, show, whose)).length
}

/** A condition on `contacts c`: those that the reader sees, and of these their own. */
function ofReader(ctx: Ctx, whose: ListCare['whose']): SQL {
  const own = ownContacts(ctx) !== undefined || whose === 'mine'
  if (!own || ctx.actor.kind === 'job') return sql`true`
  return sql`(c.owner_id = ${ctx.actor.memberId}${whose === 'mine' && ownContacts(ctx) === undefined ? sql` or c.owner_id is null` : sql``})`
}

function findCare(ctx: Ctx, day: CareDay, show: CareList, whose: SQL): Promise<readonly Found[]> {
  switch (show) {
    case 'late':
      return findLate(ctx, day, whose)
    case 'risk':
      return findRisk(ctx, day, whose)
    case 'thanks':
      return findThanks(ctx, day, whose)
    case 'birthdays':
      return birthdays(ctx, day, whose)
    case 'silent':
      return silent(ctx, day, whose, sql``)
  }
}

async function findLate(ctx: Ctx, day: CareDay, whose: SQL): Promise<readonly Found[]> {
  const late = await findLatePledges(ctx, day, whose)
  return late.map(({ contactId, pledgeId, dueOn, daysLate }) => ({ contactId, pledgeId, days: daysLate, on: dueOn }))
}

async function addDetails(ctx: Ctx, day: CareDay, rows: readonly Found[]): Promise<readonly Found[]> {
  const asked = rows.flatMap(({ pledgeId, on }) => (pledgeId && on ? [{ pledgeId, dueOn: on }] : []))
  const details = await loadLateDetails(ctx, day, asked)
  return rows.map((row) => {
    const detail = details.get(row.pledgeId ?? '')
    return detail ? { ...row, amount: detail.open, currency: detail.currency, frequency: detail.frequency } : row
  })
}

async function findRisk(ctx: Ctx, day: CareDay, whose: SQL): Promise<readonly Found[]> {
  const late = new Set((await findLatePledges(ctx, day, whose)).map(({ contactId }) => contactId))
  const donors = (await findAtRisk(ctx, day, whose)).filter((donor) =>
    mayTellOfRisk({ ...donor, pledgeLate: late.has(donor.contactId) }),
  )
  const rows = donors.map(({ contactId, risk: { silentDays: days, lastGift: on, gapDays, basis } }) => ({
    ...{ contactId, days, on, gapDays, basis },
  }))
  return rows.toSorted((a, b) => b.days - a.days)
}

type Waiting = { readonly contactId: string; readonly since: string; readonly gifts: CareRow['gifts'] }

/** Contacts with gifts that wait for thanks, the longest first. */
async function findThanks(ctx: Ctx, { today }: CareDay, whose: SQL): Promise<readonly Found[]> {
  const rows = await ctx.db.execute<Waiting>(sql`
    select g.contact_id as "contactId", min(g.given_on)::text as since,
      jsonb_agg(jsonb_build_object('id', g.id, 'amount', (g.amount - g.refunded)::text, 'currency', g.currency,
        'givenOn', g.given_on) order by g.given_on) as gifts
    from gifts g join contacts c on c.workspace_id = g.workspace_id and c.id = g.contact_id
    where g.workspace_id = ${ctx.workspaceId} and g.thanks_due and g.thanked_at is null and g.reverses_id is null
      and g.voided_at is null and g.refunded < g.amount and c.deleted_at is null and ${whose}
    group by g.contact_id order by min(g.given_on), g.contact_id`)
  return rows.map(({ contactId, since, gifts }) => ({ contactId, days: daysBetween(since, today), on: since, gifts }))
}

async function birthdays(ctx: Ctx, { today }: CareDay, whose: SQL): Promise<readonly Found[]> {
  const found = await findBirthdays(ctx, { today, days: BIRTHDAY_DAYS }, whose)
  return found.map(({ contactId, on }) => ({ contactId, on, days: daysBetween(today, on) }))
}

async function silent(ctx: Ctx, day: CareDay, whose: SQL, page: SQL): Promise<readonly Found[]> {
  const found = await findSilentContacts(ctx, day, whose, page)
  return found.map(({ contactId, sinceOn, days }) => ({ contactId, on: sinceOn, days }))
}

function toRow(row: Found, person: Person | undefined, deeds: Deeds | undefined): CareRow {
  const nothing = {
    pledgeId: null,
    on: null,
    gapDays: null,
    basis: null,
    amount: null,
    currency: null,
    frequency: null,
  }
  const { spokenOn = null, taskOn = null } = deeds ?? {}
  return { ...nothing, gifts: [], ...row, spokenOn, taskOn, name: person?.name ?? '', phone: person?.phone ?? null }
}
