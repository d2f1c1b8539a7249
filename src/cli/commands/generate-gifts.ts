import { sql } from 'drizzle-orm'
import type { Ctx } from '@/accounts/context'
import type { GiftType, Method } from '@/giving/gifts/rules'
import { addDays, daysBetween, type PlainDate } from '@/kernel/dates'
import { newId } from '@/kernel/ids'
import { type Draws, drawsOf } from './generate-draws'
import type { Habit } from './generate-giving'

const SALT = 37
/** Older ones came with an import, which asks for no thanks. */
const THANKS_DAYS = 60

/** A gift to be written: the nth of all, for chance. */
export type NewGift = {
  readonly nth: number
  readonly contactId: string
  readonly givenOn: PlainDate
  readonly habit: Habit
  readonly fundId: string | null
}

type Row = {
  readonly id: string
  readonly contactId: string
  readonly givenOn: PlainDate
  readonly amount: number
  readonly refunded: number
  readonly currency: string
  readonly fundId: string | null
  readonly method: Method
  readonly type: GiftType
  readonly externalId: string | null
  readonly reversesId: string | null
  readonly voided: string | null
  readonly thanksDue: boolean
  readonly thanked: string | null
  readonly created: string
  /** Who brought it about. */
  readonly credit: string | null
}

export type Chance = {
  readonly seed: number
  readonly today: PlainDate
  readonly now: Date
  /** Of this run, so that no number is taken twice. */
  readonly run: string
  readonly contactIds: readonly string[]
}

/** The rows of one gift: itself, and what was given back of it. */
export function giftRows(chance: Chance, gift: NewGift): readonly Row[] {
  const draws = drawsOf(chance.seed, gift.nth, SALT)
  const regular = gift.habit.promised !== null
  const method = regular ? 'transfer' : draws.pick<Method>(METHODS)
  const amount = regular ? gift.habit.amount : gift.habit.amount * draws.pick([1, 1, 1, 2, 3])
  const fate = draws.next()
  const back = fate < 0.002 && gift.givenOn < chance.today ? amount / draws.pick([1, 2]) : 0
  const own: Row = {
    ...{ id: newId(), contactId: gift.contactId, givenOn: gift.givenOn, amount, refunded: back, method },
    ...{ currency: gift.habit.currency, fundId: gift.fundId, type: regular ? 'recurring' : 'one_off' },
    externalId: draws.chance(0.3) ? `${chance.run}-${gift.nth}` : null,
    ...{ reversesId: null, voided: fate > 0.998 ? noonOf(chance, gift.givenOn) : null },
    ...thanksOf(chance, draws, gift.givenOn),
    created: noonOf(chance, gift.givenOn),
    credit: draws.chance(0.003) ? draws.pick(chance.contactIds) : null,
  }
  return back > 0 ? [own, refundOf(chance, own)] : [own]
}

const METHODS: readonly Method[] = [
  ...(['transfer', 'transfer', 'transfer', 'transfer', 'transfer', 'transfer', 'online', 'online', 'online'] as const),
  ...(['card', 'card', 'cash', 'cash', 'cash', 'transfer', 'transfer', 'transfer', 'cheque', 'in_kind'] as const),
]

function thanksOf({ today }: Chance, draws: Draws, givenOn: PlainDate) {
  const thanksDue = daysBetween(givenOn, today) <= THANKS_DAYS
  const day = addDays(givenOn, 2)
  return { thanksDue, thanked: thanksDue && day < today && draws.chance(0.85) ? `${day}T15:00:00Z` : null }
}

function noonOf({ today, now }: Chance, day: PlainDate): string {
  return day < today ? `${day}T12:00:00Z` : now.toISOString()
}

function refundOf(chance: Chance, gift: Row): Row {
  const day = addDays(gift.givenOn, 3)
  const givenOn = earlier(day, chance.today)
  return {
    ...gift,
    ...{
      id: newId(),
      givenOn,
      amount: gift.refunded,
      refunded: 0,
      reversesId: gift.id,
      externalId: null,
      credit: null,
    },
    ...{ voided: null, thanksDue: false, thanked: null, created: noonOf(chance, givenOn) },
  }
}

function earlier(a: PlainDate, b: PlainDate): PlainDate {
  return a < b ? a : b
}

/** Their allocations and rollups come with `settle`. */
export async function writeGifts(ctx: Ctx, rows: readonly Row[]): Promise<void> {
  await ctx.db.execute(sql`
    insert into gifts (id, workspace_id, contact_id, given_on, amount, refunded, currency, fund_id, method, type, external_id,
      reverses_id, voided_at, voided_by, thanks_due, thanked_at, created_at, created_by)
    select id, ${ctx.workspaceId}, "contactId", "givenOn", amount, refunded, currency, "fundId", method, type, "externalId",
      "reversesId", voided, case when voided is not null then 'job:generate' end, "thanksDue", thanked, created, 'job:generate'
    from json_to_recordset(${JSON.stringify(rows)}::json) r (id uuid, "contactId" uuid, "givenOn" date, amount bigint,
      refunded bigint, currency char(3), "fundId" uuid, method text, type text, "externalId" text, "reversesId" uuid,
      voided timestamptz, "thanksDue" boolean, thanked timestamptz, created timestamptz)`)
  const credited = rows.filter(({ credit, contactId }) => credit !== null && credit !== contactId)
  if (credited.length > 0) {
    await ctx.db.execute(sql`
      insert into soft_credits (workspace_id, gift_id, contact_id, amount)
      select ${ctx.workspaceId}, id, credit, amount
      from json_to_recordset(${JSON.stringify(credited)}::json) r (id uuid, credit uuid, amount bigint)`)
  }
}
