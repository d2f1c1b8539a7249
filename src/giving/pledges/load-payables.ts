import { sql } from 'drizzle-orm'
import type { Ctx } from '@/accounts/context'
import type { PlainDate } from '@/kernel/dates'
import { counted, inMoney, net } from '../gifts/count-gifts'
import type { Payable, Payment } from './rules-allocate'

/** From which day on a contact's gifts are allocated anew; earlier ones keep what they pay. Null: all of them. */
export type Since = ReadonlyMap<string, PlainDate | null>

/** A share as it stands in `allocations`. */
export type KeptShare = {
  readonly giftId: string
  readonly instalmentId: string
  readonly madeBy: 'hand' | 'machine'
  readonly amount: bigint
  /** Grows with time; 0 of the machine's. */
  readonly order: number
}

/** `outside` is what gifts before `since` pay of it; `paid` is as it is stored. */
export type LoadedInstalment = Payable & {
  readonly contactId: string
  readonly outside: bigint
  readonly paid: bigint
}
export type LoadedGift = Payment & { readonly contactId: string }

export type Loaded = {
  readonly gifts: readonly LoadedGift[]
  readonly instalments: readonly LoadedInstalment[]
  readonly shares: readonly KeptShare[]
}

const EVER = '0001-01-01'

/** What the rule needs to allocate these contacts' gifts anew: of those without a pledge, nothing. */
export async function loadPayables(ctx: Ctx, since: Since): Promise<Loaded> {
  const pledged = await findPledged(ctx, since)
  if (pledged.length === 0) return { gifts: [], instalments: [], shares: [] }
  const ids = pledged.map((one) => one.contactId)
  const window = sql`unnest(${sql.param(ids)}::uuid[], ${sql.param(pledged.map((one) => one.since))}::date[]) w (contact_id, since)`
  return {
    gifts: await loadGifts(ctx, window),
    instalments: await loadInstalments(ctx, window),
    shares: await loadShares(ctx, window),
  }
}

async function findPledged(ctx: Ctx, since: Since): Promise<{ contactId: string; since: PlainDate }[]> {
  const rows = await ctx.db.execute<{ contact_id: string }>(sql`
    select distinct contact_id from pledges where contact_id = any(${sql.param([...since.keys()])}::uuid[])`)
  return rows.map(({ contact_id }) => ({ contactId: contact_id, since: since.get(contact_id) ?? EVER }))
}

type Fragment = ReturnType<typeof sql>

async function loadGifts(ctx: Ctx, window: Fragment): Promise<LoadedGift[]> {
  const rows = await ctx.db.execute<GiftRow>(sql`
    select gifts.id, gifts.contact_id, gifts.given_on::text, gifts.currency, gifts.fund_id, gifts.extra, ${net}::text as net
    from ${window} join gifts on gifts.contact_id = w.contact_id and gifts.given_on >= w.since
    where ${counted} and ${inMoney}`)
  return rows.map((row) => ({
    id: row.id,
    contactId: row.contact_id,
    givenOn: row.given_on,
    currency: row.currency,
    fundId: row.fund_id,
    net: BigInt(row.net),
    extra: row.extra,
  }))
}

type GiftRow = {
  id: string
  contact_id: string
  given_on: string
  currency: string
  fund_id: string | null
  net: string
  extra: boolean
}

const SHARES = (window: Fragment) => sql`
  select a.* from ${window} join gifts on gifts.contact_id = w.contact_id and gifts.given_on >= w.since
  join allocations a on a.workspace_id = gifts.workspace_id and a.gift_id = gifts.id`

async function loadShares(ctx: Ctx, window: Fragment): Promise<KeptShare[]> {
  const rows = await ctx.db.execute<ShareRow>(sql`
    select gift_id, instalment_id, made_by, amount::text, coalesce(extract(epoch from hand_at), 0)::float8 as seconds
    from (${SHARES(window)}) a`)
  return rows.map((row) => ({
    giftId: row.gift_id,
    instalmentId: row.instalment_id,
    madeBy: row.made_by,
    amount: BigInt(row.amount),
    order: row.seconds,
  }))
}

type ShareRow = {
  gift_id: string
  instalment_id: string
  made_by: 'hand' | 'machine'
  amount: string
  seconds: number
}

/** What an instalment can take beside the gifts before the window. */
const ROOM = sql.raw('(i.amount - i.written_off - greatest(i.paid - coalesce(s.amount, 0), 0))')

/**
 * Those that are paid by the window's gifts, and of the open ones as many, oldest first, as all the contact's money in the
 * window could pay: a pledge of years has hundreds that no gift of today will reach.
 */
async function loadInstalments(ctx: Ctx, window: Fragment): Promise<LoadedInstalment[]> {
  const rows = await ctx.db.execute<InstalmentRow>(sql`
    with shares as materialized (select instalment_id, sum(amount) as amount from (${SHARES(window)}) a group by 1),
    money as materialized (
      select gifts.contact_id, sum(${net}) as amount
      from ${window} join gifts on gifts.contact_id = w.contact_id and gifts.given_on >= w.since
      where ${counted} and ${inMoney} group by 1),
    near as (
      select i.id from money join lateral (
        select i.id, sum(${ROOM}) over (partition by i.pledge_id order by i.due_on) - ${ROOM} as before
        from instalments i left join shares s on s.instalment_id = i.id
        where i.contact_id = money.contact_id and not i.skipped and (i.paid < i.amount - i.written_off or s.amount > 0)) i
      on i.before < money.amount)
    select i.id, i.pledge_id, i.contact_id, i.due_on::text, i.currency, p.fund_id, p.pays_from::text, i.paid::text,
      (case when i.skipped then 0 else i.amount - i.written_off end)::text as capacity,
      greatest(i.paid - coalesce(s.amount, 0), 0)::text as outside
    from instalments i join pledges p on p.workspace_id = i.workspace_id and p.id = i.pledge_id
    left join shares s on s.instalment_id = i.id
    where i.id in (select id from near union select instalment_id from shares)`)
  return rows.map(toInstalment)
}

type InstalmentRow = {
  id: string
  pledge_id: string
  contact_id: string
  due_on: string
  currency: string
  fund_id: string | null
  pays_from: string
  paid: string
  capacity: string
  outside: string
}

function toInstalment(row: InstalmentRow): LoadedInstalment {
  const [capacity, outside] = [BigInt(row.capacity), BigInt(row.outside)]
  return {
    id: row.id,
    pledgeId: row.pledge_id,
    contactId: row.contact_id,
    dueOn: row.due_on,
    currency: row.currency,
    fundId: row.fund_id,
    paysFrom: row.pays_from,
    room: capacity > outside ? capacity - outside : 0n,
    outside,
    paid: BigInt(row.paid),
  }
}
