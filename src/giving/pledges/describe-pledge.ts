import type { PlainDate } from '@/kernel/dates'
import type { Parts, PledgeRow } from './find-pledge'
import { stateOn } from './rules'
import { daysLate, instalmentState, isLate, openAmount } from './rules-late'
import type { ListedPledge, ShownInstalment } from './schema'
import type { instalments } from './table'

export type InstalmentRow = typeof instalments.$inferSelect
export type Day = { readonly today: PlainDate; readonly graceDays: number }

export type NamedPledge = {
  readonly pledge: PledgeRow
  readonly contactName: string
  readonly fundName: string | null
}

const [SQUARES_BEFORE, SQUARES_IN_ALL] = [6, 12]

/** A pledge as lists show it on a day; `owed` are its instalments, oldest first. */
export function describePledge(
  named: NamedPledge,
  parts: Parts,
  owed: readonly InstalmentRow[],
  day: Day,
): ListedPledge {
  const { pledge, contactName, fundName } = named
  const { id, contactId, currency, fundId, startOn, endOn, version } = pledge
  const terms = parts.terms.findLast((one) => one.fromOn <= day.today) ?? parts.terms[0]
  const late = owed.filter((one) => isLate(one, day.today, graceOf(pledge, day)))
  const pause = parts.pauses.find((one) => one.fromOn <= day.today && one.untilOn !== null && day.today < one.untilOn)
  return {
    ...{ id, contactId, contactName, currency, fundId, fundName, startOn, endOn, version },
    amount: String(terms?.amount ?? 0n),
    frequency: terms?.frequency ?? 'irregular',
    state: stateOn({ ...pledge, pauses: parts.pauses }, day.today),
    pausedUntil: pause?.untilOn ?? null,
    lateSince: late[0]?.dueOn ?? null,
    lateCount: late.length,
    lateAmount: sum(late.map(openAmount)),
    nextDueOn: owed.find((one) => one.dueOn >= day.today && openAmount(one) > 0n)?.dueOn ?? null,
    squares: squaresOf(pledge, owed, day),
    createdAt: pledge.createdAt.toISOString(),
  }
}

export function graceOf({ graceDays }: Pick<PledgeRow, 'graceDays'>, day: Day): number {
  return graceDays ?? day.graceDays
}

function squaresOf(pledge: PledgeRow, owed: readonly InstalmentRow[], day: Day): ListedPledge['squares'] {
  const passed = owed.filter((one) => one.dueOn < day.today).length
  const from = Math.max(0, Math.min(passed - SQUARES_BEFORE, owed.length - SQUARES_IN_ALL))
  return owed
    .slice(from, from + SQUARES_IN_ALL)
    .map((one) => ({ dueOn: one.dueOn, state: instalmentState(one, day.today, graceOf(pledge, day)) }))
}

export function describeInstalment(row: InstalmentRow, graceDays: number, today: PlainDate) {
  return {
    id: row.id,
    dueOn: row.dueOn,
    amount: row.amount.toString(),
    paid: row.paid.toString(),
    open: openAmount(row).toString(),
    writtenOff: row.writtenOff.toString(),
    state: instalmentState(row, today, graceDays),
    daysLate: isLate(row, today, graceDays) ? daysLate(row.dueOn, today) : 0,
  } satisfies Omit<ShownInstalment, 'paidBy'>
}

export function sum(amounts: readonly bigint[]): string {
  return amounts.reduce((total, amount) => total + amount, 0n).toString()
}
