import { inArray, sql } from 'drizzle-orm'
import type { Ctx, Deps } from '@/accounts/context'
import { runAsJob } from '@/accounts/gate'
import { members } from '@/accounts/table'
import { findDonors } from '@/giving/care/find-risks'
import { readCareDay } from '@/giving/care/read-day'
import { statusByRisk } from '@/giving/care/rules-status'
import { writeStatus } from '@/giving/contacts/set-contact-status'
import { contacts } from '@/giving/contacts/table'
import { createFund } from '@/giving/funds/keep-funds'
import { listFunds } from '@/giving/funds/queries'
import { readWorkspace } from '@/giving/gifts/read-workspace'
import { settleContacts } from '@/giving/gifts/settle-contacts'
import { allGiftsOf } from '@/giving/pledges/allocate-contacts'
import { planPledges } from '@/giving/pledges/plan-pledges'
import { pledges } from '@/giving/pledges/table'
import { AppError } from '@/kernel/app-error'
import { addDays, type PlainDate } from '@/kernel/dates'
import { newId } from '@/kernel/ids'
import { writeGroups, writePeople, writeTasks } from './generate-contacts'
import { giftRows, writeGifts } from './generate-gifts'
import { type Habit, type Ledger, planGiving, type Size } from './generate-giving'
import { personOf } from './generate-people'
import { type Cancelled, cancelPledges, writePledges } from './generate-pledges'

/** Where it is: of which work so much is done. */
export type Progress = (work: string, done: number, all: number) => void

type Run = {
  readonly deps: Deps
  readonly size: Size
  readonly today: PlainDate
  readonly memberIds: readonly string[]
  readonly fundIds: readonly string[]
  readonly contactIds: readonly string[]
  readonly ledger: Ledger
  /** In one transaction, telling nobody: what is made up is no news. */
  readonly step: <T>(work: (ctx: Ctx) => Promise<T>) => Promise<T>
  readonly say: Progress
}

/** After so many PostgreSQL is told what allocations look like; as long as it thinks that there are none, it reads all for each. */
const FIRST = 10
const FUNDS = ['Missions', 'Roof', 'Children', 'Winter aid', 'Office']
const [PEOPLE_BATCH, GIFT_BATCH, SETTLED_BATCH, STATUS_BATCH] = [5000, 10_000, 2000, 2000]

/**
 * Fills a workspace with made-up contacts, gifts and pledges, as many as asked for and the same for the same seed. Rollups,
 * instalments, allocations, thanks and statuses are made by the rooms that keep them. Throws `conflict` for a workspace
 * that has contacts, unless `add` says that they may stay.
 */
export async function generateWorkspace(
  deps: Deps,
  workspaceId: string,
  { size, add = false, say = () => undefined }: { size: Size; add?: boolean; say?: Progress },
): Promise<void> {
  const step: Run['step'] = (work) =>
    runAsJob(deps, workspaceId, 'generate', (ctx) => work({ ...ctx, emit: () => undefined }))
  const desk = await step((ctx) => openDesk(ctx, add))
  const contactIds = Array.from({ length: size.contacts }, newId)
  const run: Run = { deps, size, ...desk, contactIds, ledger: planGiving(size, desk.today), step, say }
  await makePeople(run)
  await makeGifts(run)
  await analyse(run)
  await settle(run, 0, FIRST)
  await analyse(run)
  await settle(run, FIRST, size.contacts)
  await judge(run)
  await analyse(run)
}

async function openDesk(ctx: Ctx, add: boolean): Promise<Pick<Run, 'today' | 'memberIds' | 'fundIds'>> {
  const [some] = await ctx.db.select({ id: contacts.id }).from(contacts).limit(1)
  if (some && !add)
    throw new AppError('conflict', 'This workspace has contacts. With --add they stay, and others come.')
  const { today } = await readWorkspace(ctx)
  const known = new Set((await listFunds(ctx)).map(({ name }) => name))
  for (const name of FUNDS) if (!known.has(name)) await createFund(ctx, { name })
  const funds = await listFunds(ctx)
  const people = await ctx.db.select({ id: members.id }).from(members).orderBy(members.createdAt, members.id)
  return {
    today,
    memberIds: people.map(({ id }) => id),
    fundIds: funds.filter((one) => !one.archived).map(({ id }) => id),
  }
}

function fundOf({ fundIds }: Run, { fund }: Habit): string | null {
  return fund === null ? null : (fundIds[fund % fundIds.length] ?? null)
}

/** Batch after batch of `start` … all, each in a transaction of its own. */
async function inBatches(
  { step, say }: Run,
  [work, all, size]: readonly [string, number, number],
  write: (ctx: Ctx, from: number, to: number) => Promise<void>,
  start = 0,
): Promise<void> {
  for (let from = start; from < all; from += size) {
    const to = Math.min(from + size, all)
    await step((ctx) => write(ctx, from, to))
    say(work, to, all)
  }
}

async function makePeople(run: Run): Promise<void> {
  const { size, today, contactIds, ledger } = run
  await inBatches(run, ['contacts', size.contacts, PEOPLE_BATCH], async (ctx, from, to) => {
    const some = ledger.habits
      .slice(from, to)
      .map((habit, n) => ({ id: contactIds[from + n] ?? '', at: from + n, habit }))
    const people = some.map(({ id, at, habit: { since } }) => ({ id, person: personOf(size.seed, at, today), since }))
    await writePeople(ctx, run, people)
    const promises = some.flatMap(({ id: contactId, habit }) =>
      habit.promised ? [{ contactId, promised: habit.promised, habit, fundId: fundOf(run, habit) }] : [],
    )
    await writePledges(ctx, today, promises)
  })
  await run.step(async (ctx) => {
    await writeGroups(ctx)
    await writeTasks(ctx, run)
  })
}

/** In the order of their days, as they would have come. */
async function makeGifts(run: Run): Promise<void> {
  const { size, today, contactIds } = run
  const chance = { seed: size.seed, today, now: run.deps.clock(), run: newId().slice(0, 13), contactIds }
  await inBatches(run, ['gifts', size.gifts, GIFT_BATCH], async (ctx, from, to) => {
    const rows = Array.from({ length: to - from }, (_, n) => giftRows(chance, giftAt(run, from + n)))
    await writeGifts(ctx, rows.flat())
  })
}

function giftAt(run: Run, nth: number) {
  const { habits, ago, whose } = run.ledger
  const at = whose[nth] ?? 0
  const [contactId, habit] = [run.contactIds[at], habits[at]]
  if (contactId === undefined || habit === undefined) throw new AppError('internal', `gift ${nth} is nobody's`)
  return { nth, contactId, habit, givenOn: addDays(run.today, -(ago[nth] ?? 0)), fundId: fundOf(run, habit) }
}

/** What every change of the ledger ends with, for all of them: instalments, allocations, thanks, rollups. */
async function settle(run: Run, start: number, end: number): Promise<void> {
  const all = Math.min(end, run.size.contacts)
  await inBatches(run, ['settled', all, SETTLED_BATCH], (ctx, from, to) => settleSome(ctx, run, from, to), start)
}

async function settleSome(ctx: Ctx, run: Run, from: number, to: number): Promise<void> {
  const ids = run.contactIds.slice(from, to)
  const promised = await ctx.db.select().from(pledges).where(inArray(pledges.contactId, ids))
  await planPledges(ctx, promised, run.today)
  const fresh = await ctx.db.execute<{ id: string }>(sql`
    select id from gifts where contact_id = any(${sql.param(ids)}::uuid[]) and thanks_due`)
  await settleContacts(ctx, { since: allGiftsOf(ids), fresh: fresh.map(({ id }) => id) })
  await cancel(ctx, cancelledOf(run, from, to))
}

function cancelledOf({ contactIds, ledger }: Run, from: number, to: number): readonly Cancelled[] {
  return contactIds.slice(from, to).flatMap((contactId, n) => {
    const on = ledger.habits[from + n]?.promised?.cancelledOn
    return on ? [{ contactId, on }] : []
  })
}

async function cancel(ctx: Ctx, cancelled: readonly Cancelled[]): Promise<void> {
  await cancelPledges(ctx, cancelled)
  await settleContacts(ctx, { since: allGiftsOf(cancelled.map(({ contactId }) => contactId)) })
}

/** Who lapsed, as the daily check would have seen it. */
async function judge(run: Run): Promise<void> {
  const lapsed = await run.step(async (ctx) => {
    const donors = await findDonors(ctx, await readCareDay(ctx))
    const found = donors.filter(({ status, risk }) => statusByRisk(status, risk.state) === 'lapsed')
    return found.map(({ contactId }) => contactId)
  })
  await inBatches(run, ['statuses', lapsed.length, STATUS_BATCH], async (ctx, from, to) => {
    await writeStatus(ctx, lapsed.slice(from, to), 'lapsed', 'lapsed')
  })
}

const TABLES =
  sql.raw(`contacts, contact_points, contact_words, touches, tasks, groups, group_members, pledges, pledge_terms,
  pledge_pauses, instalments, allocations, gifts, soft_credits, contact_rollups, contact_sums, audit_entries`)

/** PostgreSQL would come to it by itself, but not before it was first asked. */
async function analyse({ deps, say }: Run): Promise<void> {
  await deps.db.execute(sql`vacuum (analyze) ${TABLES}`)
  say('analysed', 1, 1)
}
