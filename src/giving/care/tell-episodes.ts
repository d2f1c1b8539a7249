import { sql } from 'drizzle-orm'
import type { Ctx } from '@/accounts/context'
import { daysBetween } from '@/kernel/dates'
import { loadLateDetails } from './load-late-facts'
import { loadPeople } from './load-people'
import type { CareDay } from './read-day'
import type { Risk } from './rules-at-risk'
import type { EpisodeKind } from './rules-episodes'
import type { Telling } from './run-episodes'
import { type News, tellMembers } from './tell-members'

function toNews(kind: EpisodeKind, days: (telling: Telling) => number) {
  return (telling: Telling): News & { readonly about: string; readonly since: string } => ({
    subjectId: telling.episodeId,
    key: `${kind}:${telling.episodeId}:${telling.told}`,
    ownerId: telling.ownerId,
    contactId: telling.contactId,
    days: days(telling),
    about: telling.subjectId,
    since: telling.sinceOn,
  })
}

type Facts = Readonly<Record<string, unknown>>

/** A signal for each pledge that is late, or later. */
export async function tellLate(ctx: Ctx, day: CareDay, tellings: readonly Telling[]): Promise<number> {
  const news = tellings.map(toNews('pledge.late', ({ sinceOn }) => daysBetween(sinceOn, day.today)))
  const known = new Map(news.map((item) => [item.subjectId, item]))
  return tellMembers(ctx, 'pledge.late', news, async (shown) => {
    const people = await loadPeople(
      ctx,
      shown.map(({ contactId }) => contactId),
    )
    const late = shown.flatMap(({ subjectId }) => known.get(subjectId) ?? [])
    const details = await loadLateDetails(
      ctx,
      day,
      late.map(({ about, since }) => ({ pledgeId: about, dueOn: since })),
    )
    return new Map(
      late.map(({ subjectId, contactId, about, since, days }): [string, Facts] => [
        subjectId,
        { ...people.get(contactId), ...details.get(about), dueOn: since, daysLate: days },
      ]),
    )
  })
}

/** A signal for each donor at risk. */
export async function tellRisks(
  ctx: Ctx,
  tellings: readonly Telling[],
  risks: ReadonlyMap<string, Risk>,
): Promise<number> {
  const news = tellings.map(toNews('donor.at_risk', ({ subjectId }) => risks.get(subjectId)?.silentDays ?? 0))
  return tellMembers(ctx, 'donor.at_risk', news, async (shown) => {
    const ids = shown.map(({ contactId }) => contactId)
    const people = await loadPeople(ctx, ids)
    const last = await loadLastGifts(ctx, ids)
    return new Map(
      shown.map(({ subjectId, contactId }): [string, Facts] => [
        subjectId,
        { ...people.get(contactId), ...risks.get(contactId), ...last.get(contactId) },
      ]),
    )
  })
}

type LastGift = { readonly contactId: string; readonly amount: string; readonly currency: string }

async function loadLastGifts(ctx: Ctx, contactIds: readonly string[]): Promise<ReadonlyMap<string, LastGift>> {
  const rows = await ctx.db.execute<LastGift>(sql`
    select r.contact_id as "contactId", g.amount::text as amount, g.currency
    from contact_rollups r join gifts g on g.workspace_id = r.workspace_id and g.id = r.last_gift_id
    where r.workspace_id = ${ctx.workspaceId} and r.contact_id = any(${sql.param([...contactIds])}::uuid[])`)
  return new Map(rows.map((row) => [row.contactId, row]))
}

/** A signal for each donor to whom nobody has spoken for 60 days. */
export async function tellSilent(ctx: Ctx, day: CareDay, tellings: readonly Telling[]): Promise<number> {
  const news = tellings.map(toNews('contact.silent', ({ sinceOn }) => daysBetween(sinceOn, day.today)))
  return tellMembers(ctx, 'contact.silent', news, async (shown) => {
    const people = await loadPeople(
      ctx,
      shown.map(({ contactId }) => contactId),
    )
    return new Map(
      shown.map(({ subjectId, contactId, days }): [string, Facts] => [subjectId, { ...people.get(contactId), days }]),
    )
  })
}
