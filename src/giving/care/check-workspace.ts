import { and, eq, isNull, sql } from 'drizzle-orm'
import type { Ctx } from '@/accounts/context'
import { notifyPages } from '@/db/notify-pages'
import { writeStatus } from '../contacts/set-contact-status'
import { contacts } from '../contacts/table'
import { findLatePledges, type LatePledge } from './find-late'
import { type Donor, findDonors } from './find-risks'
import { findSilentContacts } from './find-silent'
import { type CareDay, readCareDay } from './read-day'
import { mayTellOfRisk } from './rules-at-risk'
import { lateLevel } from './rules-episodes'
import { statusByRisk } from './rules-status'
import { runEpisodes } from './run-episodes'
import { careEpisodes, givingSettings } from './table'
import { tellBirthdays } from './tell-birthdays'
import { tellLate, tellRisks, tellSilent } from './tell-episodes'

/** What a check did, for the run's log. */
export type Checked = {
  readonly late: number
  readonly atRisk: number
  readonly statuses: number
  readonly signals: number
}

/** The daily check of one workspace as of `at`, whole in one transaction. Null: that day was checked already. */
export async function checkWorkspace(ctx: Ctx, at = ctx.now): Promise<Checked | null> {
  const day = await readCareDay(ctx, at)
  if (!(await takeDay(ctx, day))) return null
  const late = await findLatePledges(ctx, day)
  const donors = await findDonors(ctx, day)
  const statuses = await writeStatuses(ctx, donors)
  const signals = [
    await checkLate(ctx, day, late),
    await checkRisks(ctx, day, donors, late),
    await checkSilent(ctx, day),
    await tellBirthdays(ctx, day),
  ]
  await notifyPages(ctx.db, ctx.workspaceId, 'care')
  const atRisk = donors.filter(({ risk }) => risk.state === 'at_risk').length
  return { late: late.length, atRisk, statuses, signals: signals.reduce((sum, count) => sum + count, 0) }
}

/** Of two runs at once the second finds the day taken. A day before the last one checked is no day to check. */
async function takeDay(ctx: Ctx, { today }: CareDay): Promise<boolean> {
  const mark = { checkedOn: today, checkedAt: ctx.now }
  const rows = await ctx.db
    .insert(givingSettings)
    .values({ workspaceId: ctx.workspaceId, ...mark })
    .onConflictDoUpdate({
      target: givingSettings.workspaceId,
      set: mark,
      setWhere: sql`${givingSettings.checkedOn} is null or ${givingSettings.checkedOn} < ${today}`,
    })
    .returning({ workspaceId: givingSettings.workspaceId })
  return rows.length > 0
}

const CHUNK = 2000

async function writeStatuses(ctx: Ctx, donors: readonly Donor[]): Promise<number> {
  let changed = 0
  for (const status of ['lapsed', 'donor'] as const) {
    const ids = donors.filter((donor) => statusByRisk(donor.status, donor.risk.state) === status)
    const why = status === 'lapsed' ? 'lapsed' : 'recovered'
    for (let at = 0; at < ids.length; at += CHUNK) {
      const part = ids.slice(at, at + CHUNK).map(({ contactId }) => contactId)
      changed += (await writeStatus(ctx, part, status, why)).length
    }
  }
  return changed
}

async function checkLate(ctx: Ctx, day: CareDay, late: readonly LatePledge[]): Promise<number> {
  const findings = late.map(({ pledgeId, contactId, ownerId, dueOn, daysLate }) => ({
    ...{ subjectId: pledgeId, contactId, ownerId, sinceOn: dueOn },
    bucket: lateLevel(daysLate),
  }))
  const told = await runEpisodes(ctx, day, { kind: 'pledge.late', rule: { againAfterDays: null } }, findings)
  return tellLate(ctx, day, told)
}

/** RULES: the plain rule tells again after 30 days. */
const PLAIN_AGAIN_DAYS = 30

async function checkRisks(
  ctx: Ctx,
  day: CareDay,
  donors: readonly Donor[],
  late: readonly LatePledge[],
): Promise<number> {
  const lateContacts = new Set(late.map(({ contactId }) => contactId))
  const silent = donors.filter(({ risk }) => risk.state === 'at_risk')
  const findings = silent
    .filter((donor) => mayTellOfRisk({ ...donor, pledgeLate: lateContacts.has(donor.contactId) }))
    .map(({ contactId, ownerId, risk }) => ({
      subjectId: contactId,
      contactId,
      ownerId,
      bucket: 1,
      sinceOn: risk.lastGift ?? day.today,
    }))
  const rule = { againAfterDays: day.riskRule === 'plain' ? PLAIN_AGAIN_DAYS : null }
  const told = await runEpisodes(
    ctx,
    day,
    { kind: 'donor.at_risk', rule, kept: await stillSilent(ctx, lateContacts) },
    findings,
  )
  const risks = new Map(silent.map(({ contactId, risk }) => [contactId, risk]))
  return tellRisks(ctx, told, risks)
}

/** Whose episode goes on though nothing is told of it: only a gift ends it. They lapsed, or a late pledge speaks for them. */
async function stillSilent(ctx: Ctx, lateContacts: ReadonlySet<string>): Promise<ReadonlySet<string>> {
  const rows = await ctx.db
    .select({ id: contacts.id })
    .from(careEpisodes)
    .innerJoin(contacts, eq(contacts.id, careEpisodes.contactId))
    .where(and(eq(careEpisodes.kind, 'donor.at_risk'), isNull(careEpisodes.resolvedAt), eq(contacts.status, 'lapsed')))
  return new Set([...lateContacts, ...rows.map(({ id }) => id)])
}

async function checkSilent(ctx: Ctx, day: CareDay): Promise<number> {
  const silent = await findSilentContacts(ctx, day)
  const findings = silent.map(({ contactId, ownerId, sinceOn }) => ({
    subjectId: contactId,
    contactId,
    ownerId,
    bucket: 1,
    sinceOn,
  }))
  const told = await runEpisodes(ctx, day, { kind: 'contact.silent', rule: { againAfterDays: null } }, findings)
  return tellSilent(ctx, day, told)
}
