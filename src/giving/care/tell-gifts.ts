import { sql } from 'drizzle-orm'
import type { Ctx } from '@/accounts/context'
import { addDays, type PlainDate } from '@/kernel/dates'
import { loadPeople } from './load-people'
import type { CareDay } from './read-day'
import { riskOf } from './rules-at-risk'
import { type GiftNews, newsOfGift } from './rules-gift-news'
import { tellMembers } from './tell-members'

type Row = {
  readonly giftId: string
  readonly contactId: string
  readonly ownerId: string | null
  readonly amount: string
  readonly currency: string
  readonly givenOn: PlainDate
  readonly thanksDue: boolean
  readonly createdBy: string
  readonly medianGap: string | null
  readonly earlierDays: number
  readonly previousOn: PlainDate | null
  readonly earlier: readonly { readonly amount: string; readonly currency: string }[]
}

/** Beyond that a gift is no news, and an event that was lost is not made good. */
const FRESH_MS = 26 * 3_600_000

/** `gift.received` for gifts that came since yesterday, not for those of an import nor of long ago. */
export async function tellGifts(ctx: Ctx, day: CareDay, contactIds: readonly string[] | null): Promise<number> {
  const rows = await freshGifts(ctx, day, contactIds)
  const known = new Map(rows.map((row) => [row.giftId, { ...row, news: newsOf(row) }]))
  const news = [...known.values()]
    .filter((row) => !(row.news === null && isTypedByReader(row)))
    .map(({ giftId, contactId, ownerId }) => ({
      ...{ subjectId: giftId, contactId, ownerId, days: 0 },
      key: `gift.received:${giftId}`,
    }))
  return tellMembers(ctx, 'gift.received', news, async (shown) => {
    const people = await loadPeople(
      ctx,
      shown.map(({ contactId }) => contactId),
    )
    return new Map(
      shown.map(({ subjectId, contactId }) => [subjectId, { ...people.get(contactId), ...known.get(subjectId) }]),
    )
  })
}

/** Who looks after the contact and typed the gift knows of it, unless there is something to say of it. */
function isTypedByReader({ ownerId, createdBy }: Row): boolean {
  return ownerId !== null && createdBy.endsWith(`:${ownerId}`)
}

function newsOf(row: Row): GiftNews | null {
  const { earlierDays, previousOn, medianGap, givenOn } = row
  const history = {
    giftDays: earlierDays,
    lastGift: previousOn,
    medianGap: medianGap === null ? null : Number(medianGap),
  }
  const before = riskOf({ ...history, pledgeDays: null, pauses: [] }, addDays(givenOn, -1)).state
  const earlier = row.earlier.map(({ amount, currency }) => ({ amount: BigInt(amount), currency }))
  return newsOfGift({ amount: BigInt(row.amount), currency: row.currency }, { earlier, before })
}

const LOOKED_AT = 12
const MOST = 1000

function freshGifts(ctx: Ctx, { today }: CareDay, contactIds: readonly string[] | null): Promise<readonly Row[]> {
  const whose = contactIds === null ? sql`true` : sql`g.contact_id = any(${sql.param([...contactIds])}::uuid[])`
  const since = new Date(ctx.now.getTime() - FRESH_MS).toISOString()
  return ctx.db.execute<Row>(sql`
    select g.id as "giftId", g.contact_id as "contactId", c.owner_id as "ownerId", g.amount::text as amount, g.currency,
      g.given_on::text as "givenOn", g.thanks_due and g.thanked_at is null as "thanksDue", g.created_by as "createdBy",
      r.median_gap as "medianGap", e.days as "earlierDays", e.last::text as "previousOn", e.gifts as earlier
    from gifts g
    join contacts c on c.workspace_id = g.workspace_id and c.id = g.contact_id and c.deleted_at is null
    left join contact_rollups r on r.workspace_id = g.workspace_id and r.contact_id = g.contact_id
    cross join lateral (
      select count(distinct b.given_on)::int as days, max(b.given_on) as last,
        coalesce(jsonb_agg(jsonb_build_object('amount', b.amount::text, 'currency', b.currency)), '[]') as gifts
      from (
        select amount, currency, given_on from gifts b
        where b.workspace_id = g.workspace_id and b.contact_id = g.contact_id and b.id <> g.id and b.given_on <= g.given_on
          and (b.given_on, b.id) < (g.given_on, g.id)
          and b.reverses_id is null and b.voided_at is null and b.refunded < b.amount and b.method <> 'in_kind'
        order by b.given_on desc, b.id desc limit ${LOOKED_AT}
      ) b
    ) e
    where g.workspace_id = ${ctx.workspaceId} and ${whose} and g.created_at >= ${since} and g.import_id is null
      and g.given_on >= ${addDays(today, -31)} and g.reverses_id is null and g.voided_at is null and g.refunded < g.amount
    order by g.created_at limit ${MOST}`)
}
