import { and, inArray, isNull, type SQL, sql } from 'drizzle-orm'
import type { Ctx } from '@/accounts/context'
import type { PlainDate } from '@/kernel/dates'
import { endEpisodes } from './end-episodes'
import { findLatePledges } from './find-late'
import { findDonors } from './find-risks'
import { type CareDay, readCareDay } from './read-day'
import type { EpisodeKind } from './rules-episodes'
import { careEpisodes } from './table'
import { tellGifts } from './tell-gifts'

/**
 * What a change of the ledger means for these contacts (null: for all): episodes that a gift has ended end, with the gift
 * in their last words, and gifts that came are told. Done again it does nothing more.
 */
export async function noticeGifts(
  ctx: Ctx,
  contactIds: readonly string[] | null,
): Promise<{ ended: number; told: number }> {
  const day = await readCareDay(ctx)
  const episodes = await openEpisodes(ctx, contactIds)
  const ended = episodes.length === 0 ? 0 : await endOver(ctx, asChecked(day), episodes)
  return { ended, told: await tellGifts(ctx, day, contactIds) }
}

/** A check of a later day by hand found what is open: it is over when it is so on that day. */
function asChecked(day: CareDay): CareDay {
  const { today, checkedOn } = day
  return checkedOn !== null && checkedOn > today ? { ...day, today: checkedOn } : day
}

type Open = {
  readonly kind: EpisodeKind
  readonly subjectId: string
  readonly contactId: string
  readonly openedAt: Date
}

function openEpisodes(ctx: Ctx, contactIds: readonly string[] | null): Promise<readonly Open[]> {
  const { kind, subjectId, contactId, openedAt } = careEpisodes
  const whose = contactIds === null ? undefined : inArray(contactId, [...contactIds])
  return ctx.db
    .select({ kind, subjectId, contactId, openedAt })
    .from(careEpisodes)
    .where(and(isNull(careEpisodes.resolvedAt), inArray(kind, ['pledge.late', 'donor.at_risk']), whose))
}

async function endOver(ctx: Ctx, day: CareDay, episodes: readonly Open[]): Promise<number> {
  const whose = ofContacts([...new Set(episodes.map(({ contactId }) => contactId))])
  const late = new Set((await findLatePledges(ctx, day, whose)).map(({ pledgeId }) => pledgeId))
  const donors = await findDonors(ctx, day, whose)
  const silent = new Set(donors.filter(({ risk }) => risk.state !== 'fine').map(({ contactId }) => contactId))
  const over = episodes.filter((one) => !(one.kind === 'pledge.late' ? late : silent).has(one.subjectId))
  const gifts = await newestGifts(ctx, day, over)
  const part = (kind: EpisodeKind, paid: boolean) =>
    over.filter((one) => one.kind === kind && gifts.has(one.subjectId) === paid).map(({ subjectId }) => subjectId)
  let ended = 0
  for (const kind of ['pledge.late', 'donor.at_risk'] as const) {
    ended += await endEpisodes(ctx, kind, part(kind, true), 'gift', (id) => gifts.get(id) ?? {})
    // A risk without a gift since is over where the ledger was corrected; the daily check sees to it.
    if (kind === 'pledge.late') ended += await endEpisodes(ctx, kind, part(kind, false), 'ended')
  }
  return ended
}

function ofContacts(ids: readonly string[]): SQL {
  return sql`c.id = any(${sql.param([...ids])}::uuid[])`
}

type Newest = { readonly subjectId: string; readonly amount: string; readonly currency: string; readonly on: PlainDate }

/** The gift that was entered last since each episode began; none where the pledge was paused or cancelled instead. */
async function newestGifts(
  ctx: Ctx,
  { today }: CareDay,
  episodes: readonly Open[],
): Promise<ReadonlyMap<string, Newest>> {
  const rows = await ctx.db.execute<Newest>(sql`
    select e."subjectId", g.amount::text as amount, g.currency, g.given_on::text as on
    from json_to_recordset(${JSON.stringify(episodes)}::json) e ("subjectId" uuid, "contactId" uuid, "openedAt" timestamptz)
    join lateral (
      select amount, currency, given_on from gifts g
      where g.workspace_id = ${ctx.workspaceId} and g.contact_id = e."contactId" and g.created_at >= e."openedAt"
        and g.reverses_id is null and g.voided_at is null and g.refunded < g.amount
      order by g.created_at desc limit 1
    ) g on true
    where not exists (
      select from pledges p left join pledge_pauses s on s.workspace_id = p.workspace_id and s.pledge_id = p.id
        and s.from_on <= ${today}::date and (s.until_on is null or s.until_on > ${today}::date)
      where p.workspace_id = ${ctx.workspaceId} and p.id = e."subjectId" and (p.cancelled_on is not null or s.id is not null))`)
  return new Map(rows.map((row) => [row.subjectId, row]))
}
