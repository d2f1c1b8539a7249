import { type SQL, sql } from 'drizzle-orm'
import type { Ctx } from '@/accounts/context'
import { addDays, type PlainDate } from '@/kernel/dates'
import type { ContactStatus } from '../contacts/rules'
import { type Frequency, periodDays } from '../pledges/rules'
import type { CareDay } from './read-day'
import { type Risk, riskOf } from './rules-at-risk'
import type { Pause } from './rules-rhythm'

/** A donor and where the rule sees them. */
export type Donor = {
  readonly contactId: string
  readonly ownerId: string | null
  readonly status: ContactStatus
  readonly deceased: boolean
  readonly doNotContact: boolean
  readonly risk: Risk
}

type Row = Omit<Donor, 'risk'> & {
  readonly giftDays: number
  readonly lastGift: PlainDate
  readonly medianGap: string | null
  readonly promised: readonly Promised[] | null
  readonly pauses: readonly Pause[] | null
}

/** How often a living pledge is paid, and since when by these terms. */
type Promised = { readonly frequency: Frequency; readonly since: PlainDate }

/** Nobody is at risk before that many days, whatever their rhythm; the lapsed come back within these. */
const [QUIET_DAYS, BACK_DAYS] = [45, 731]

/**
 * Donors who may be at risk or lapsed, and lapsed ones who may have come back, each with the rule's word. The rollup tells
 * nearly everything, so that two million gifts are not read. `whose`: a condition on `contacts c`.
 */
export async function findDonors(
  ctx: Pick<Ctx, 'db' | 'workspaceId'>,
  { today, riskRule }: Pick<CareDay, 'today' | 'riskRule'>,
  whose: SQL = sql`true`,
): Promise<readonly Donor[]> {
  const rows = await ctx.db.execute<Row>(sql`
    with promised as materialized (${promises(ctx.workspaceId, today)})
    select ${COLUMNS} from contact_rollups r
    join contacts c on c.workspace_id = r.workspace_id and c.id = r.contact_id
    left join promised p on p.contact_id = c.id
    where r.workspace_id = ${ctx.workspaceId} and r.gift_days > 0 and c.deleted_at is null and ${whose}
      and ((c.status = 'donor' and r.last_gift_on <= ${addDays(today, -QUIET_DAYS)})
        or (c.status = 'lapsed' and r.last_gift_on > ${addDays(today, -BACK_DAYS)}))`)
  return rows.map((row) => toDonor(row, today, riskRule))
}

const COLUMNS = sql`c.id as "contactId", c.owner_id as "ownerId", c.status, c.deceased_on is not null as deceased,
  c.do_not_contact as "doNotContact", r.gift_days as "giftDays", r.last_gift_on::text as "lastGift",
  r.median_gap as "medianGap", p.promised, p.pauses`

/** The plain rule's silence. */
const PLAIN_DAYS = 60

/**
 * Of the same donors those who are at risk. Whom their own rhythm calls silent an index knows (`quiet_on`, `lapse_on`);
 * a pledge or an agreed pause may say otherwise, so that those who have one are looked at as well. The rule decides.
 */
export async function findAtRisk(
  ctx: Pick<Ctx, 'db' | 'workspaceId'>,
  { today, riskRule }: Pick<CareDay, 'today' | 'riskRule'>,
  whose: SQL = sql`true`,
): Promise<readonly Donor[]> {
  const silent = riskRule === 'plain' ? sql`last_gift_on <= ${addDays(today, -PLAIN_DAYS)}` : sql`quiet_on <= ${today}`
  const rows = await ctx.db.execute<Row>(sql`
    with found as materialized (
      select contact_id from contact_rollups
      where workspace_id = ${ctx.workspaceId} and lapse_on > ${today} and ${silent}
      union
      select r.contact_id from pledges p
      join contact_rollups r on r.workspace_id = p.workspace_id and r.contact_id = p.contact_id
      where p.workspace_id = ${ctx.workspaceId} and r.gift_days >= 2 and r.last_gift_on <= ${addDays(today, -QUIET_DAYS)}
        and ((p.cancelled_on is null and p.completed_on is null and (p.end_on is null or p.end_on >= ${today}))
          or exists (select from pledge_pauses s where s.workspace_id = p.workspace_id and s.pledge_id = p.id))),
    promised as materialized (${promises(ctx.workspaceId, today, sql`p.contact_id in (select contact_id from found)`)})
    select ${COLUMNS} from found f
    join contact_rollups r on r.workspace_id = ${ctx.workspaceId} and r.contact_id = f.contact_id
    join contacts c on c.workspace_id = r.workspace_id and c.id = r.contact_id
    left join promised p on p.contact_id = c.id
    where c.deleted_at is null and ${whose}
      and (c.status = 'donor' or (c.status = 'lapsed' and r.last_gift_on > ${addDays(today, -BACK_DAYS)}))`)
  return rows.map((row) => toDonor(row, today, riskRule)).filter(({ risk }) => risk.state === 'at_risk')
}

/**
 * For each contact with pledges: how often those that have begun and live are paid, and the pauses that were agreed on any.
 * A pause that nobody ended is over with its pledge.
 */
function promises(workspaceId: string, today: PlainDate, whose: SQL = sql`true`): SQL {
  return sql`
    select p.contact_id,
      jsonb_agg(distinct jsonb_build_object('frequency', t.frequency, 'since', t.from_on)) filter (
        where p.cancelled_on is null and p.completed_on is null and t.from_on <= ${today}::date
          and (p.end_on is null or p.end_on >= ${today}::date)) as promised,
      jsonb_agg(distinct jsonb_build_object('from', s.from_on,
        'to', least(s.until_on, p.cancelled_on, p.completed_on, p.end_on + 1))) filter (where s.id is not null) as pauses
    from pledges p
    join lateral (
      select frequency, from_on from pledge_terms t where t.workspace_id = p.workspace_id and t.pledge_id = p.id
      order by t.from_on <= ${today}::date desc, abs(t.from_on - ${today}::date) limit 1
    ) t on true
    left join pledge_pauses s on s.workspace_id = p.workspace_id and s.pledge_id = p.id
    where p.workspace_id = ${workspaceId} and ${whose} group by p.contact_id`
}

function toDonor(
  { giftDays, lastGift, medianGap, promised, pauses, ...donor }: Row,
  today: PlainDate,
  rule: CareDay['riskRule'],
): Donor {
  const rhythm = shortestPeriod(promised ?? [])
  const history = {
    ...{ giftDays, lastGift, pauses: pauses ?? [] },
    medianGap: medianGap === null ? null : Number(medianGap),
    pledgeDays: rhythm?.days ?? null,
    // Who lapsed comes back with a gift, not with a promise.
    pledgeSince: donor.status === 'lapsed' ? null : (rhythm?.since ?? null),
  }
  return { ...donor, risk: riskOf(history, today, rule) }
}

function shortestPeriod(promised: readonly Promised[]): { days: number; since: PlainDate } | null {
  const rhythms = promised.flatMap(({ frequency, since }) => {
    const days = periodDays(frequency)
    return days === null ? [] : [{ days, since }]
  })
  return rhythms.toSorted((a, b) => a.days - b.days || (a.since < b.since ? -1 : 1))[0] ?? null
}
