import { addDays, addMonths, daysBetween, type PlainDate } from '@/kernel/dates'
import { type Draws, drawsOf } from './generate-draws'

/** How much is made, and from which row of chance. */
export type Size = {
  readonly contacts: number
  readonly gifts: number
  /** At most one a contact. */
  readonly pledges: number
  readonly seed: number
}

/** What a contact promised. */
export type Promised = {
  readonly frequency: 'monthly' | 'quarterly' | 'annual'
  readonly startOn: PlainDate
  readonly endOn: PlainDate | null
  readonly cancelledOn: PlainDate | null
  readonly pause: { readonly fromOn: PlainDate; readonly untilOn: PlainDate | null } | null
}

/** How a contact gives. */
export type Habit = {
  /** The first gift; null for who never gave. */
  readonly since: PlainDate | null
  /** Minor units of the usual gift. */
  readonly amount: number
  readonly currency: 'PLN' | 'EUR'
  /** Which of the funds; null: unrestricted. */
  readonly fund: number | null
  readonly promised: Promised | null
}

const SALT = 23
const MONTHS = { monthly: 1, quarterly: 3, annual: 12 } as const

/** All that is given, in arrays that hold millions: the nth gift's day and whose it is, the oldest first. */
export type Ledger = {
  readonly habits: readonly Habit[]
  /** Days before today. */
  readonly ago: Uint16Array
  /** By their place among all contacts. */
  readonly whose: Uint32Array
}

/** How everybody gives: as many gifts in all as were asked for, shared by what each one would like to give. */
export function planGiving(size: Size, today: PlainDate): Ledger {
  const wished = new Float64Array(size.contacts + 1)
  for (let at = 0; at < size.contacts; at++) wished[at + 1] = (wished[at] ?? 0) + wishOf(size, at).gifts
  const share = size.gifts / Math.max(1, wished[size.contacts] ?? 1)
  const until = (at: number) => Math.round((wished[at] ?? 0) * share)
  const [ago, whose] = [new Uint16Array(size.gifts), new Uint32Array(size.gifts)]
  let count = 0
  const habits = Array.from({ length: size.contacts }, (_, at) => {
    const { days, ...habit } = givingOf(wishOf(size, at), until(at + 1) - until(at), today)
    for (const day of days) {
      ago[count] = daysBetween(day, today)
      whose[count++] = at
    }
    return { ...habit, since: days[0] ?? null }
  })
  return { habits, ...inOrder(ago, whose) }
}

function inOrder(ago: Uint16Array, whose: Uint32Array): Pick<Ledger, 'ago' | 'whose'> {
  const order = Uint32Array.from(ago, (_, n) => n).sort((a, b) => (ago[b] ?? 0) - (ago[a] ?? 0) || a - b)
  return { ago: Uint16Array.from(order, (n) => ago[n] ?? 0), whose: order.map((n) => whose[n] ?? 0) }
}

type Giving = Omit<Habit, 'since'> & { readonly days: readonly PlainDate[] }

type Wish = {
  readonly gifts: number
  readonly draws: Draws
  /** The pledge's. */
  readonly frequency: Promised['frequency'] | null
}

function wishOf(size: Size, at: number): Wish {
  const draws = drawsOf(size.seed, at, SALT)
  const upTo = (n: number) => Math.floor((n * size.pledges) / size.contacts)
  if (upTo(at + 1) > upTo(at)) {
    const frequency = draws.pick<Promised['frequency']>([...MONTHLY_MOSTLY, 'quarterly', 'annual'])
    return { draws, frequency, gifts: draws.whole(1, Math.ceil(72 / MONTHS[frequency])) }
  }
  const kind = draws.next()
  if (kind < 0.28) return { draws, frequency: null, gifts: 0 }
  return { draws, frequency: null, gifts: kind < 0.45 ? 1 : draws.whole(2, 50) }
}

const MONTHLY_MOSTLY = Array.from({ length: 8 }, () => 'monthly' as const)

function givingOf({ draws, frequency }: Wish, gifts: number, today: PlainDate): Giving {
  const means = {
    amount: draws.pick([2000, 3000, 5000, 5000, 10_000, 10_000, 15_000, 20_000, 50_000]),
    currency: draws.chance(0.97) ? ('PLN' as const) : ('EUR' as const),
    fund: draws.chance(0.6) ? null : draws.whole(0, 4),
  }
  return { ...means, ...(frequency ? giveAsPromised(draws, frequency, gifts, today) : giveFreely(draws, gifts, today)) }
}

/** Most go on; some slow down, some stopped long ago. */
function giveFreely(draws: Draws, gifts: number, today: PlainDate): Pick<Giving, 'days' | 'promised'> {
  const gap = Math.min(draws.pick([14, 30, 30, 61, 91, 182, 365]), 5000 / Math.max(1, gifts))
  const kind = draws.next()
  const since = kind < 0.7 ? draws.next() * gap : kind < 0.78 ? gap * 1.6 + 45 : 400 + draws.next() * 1500
  const days = Array.from({ length: gifts }, (_, n) => since + (gifts - 1 - n) * gap + draws.next() * gap * 0.2)
  return { days: days.map((ago) => addDays(today, -Math.round(ago))), promised: null }
}

/** On time or a few days later, until today or until they stopped. */
function giveAsPromised(
  draws: Draws,
  frequency: Promised['frequency'],
  gifts: number,
  today: PlainDate,
): Pick<Giving, 'days' | 'promised'> {
  const months = MONTHS[frequency]
  const fate = draws.next()
  const until = addDays(today, -daysAgo(draws, fate) - draws.whole(0, 29))
  const missing = fate < LATE ? draws.whole(1, 4) : 0
  const startOn = addMonths(until, -(gifts + missing - 1) * months)
  const days = Array.from({ length: gifts }, (_, n) => addDays(addMonths(startOn, n * months), draws.whole(0, 5)))
  return {
    days: days.map((day) => (daysBetween(day, today) < 0 ? today : day)),
    promised: { frequency, startOn, ...endOf(draws, fate, addDays(until, 6), today) },
  }
}

/** Shares of pledges: late up to here, then paused, cancelled, ended; the rest goes on. */
const [LATE, PAUSED, CANCELLED, ENDED] = [0.05, 0.08, 0.12, 0.14]

function daysAgo(draws: Draws, fate: number): number {
  if (fate < LATE || fate >= ENDED) return 0
  return fate < PAUSED ? draws.whole(30, 90) : draws.whole(60, 700)
}

type End = Pick<Promised, 'endOn' | 'cancelledOn' | 'pause'>

function endOf(draws: Draws, fate: number, last: PlainDate, today: PlainDate): End {
  const none = { endOn: null, cancelledOn: null, pause: null }
  if (fate < LATE || fate >= ENDED) return none
  if (fate >= CANCELLED) return { ...none, endOn: last }
  if (fate >= PAUSED) return { ...none, cancelledOn: last }
  return { ...none, pause: { fromOn: last, untilOn: draws.chance(0.5) ? null : addDays(today, draws.whole(5, 90)) } }
}
