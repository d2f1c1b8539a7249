import type { PlainDate } from '@/kernel/dates'

/** Stands for a year that nobody knows: a leap year, so that 29 February is a day of it, in which nobody alive was born. */
const UNKNOWN_YEAR = '1904'

export function isYearKnown(birthday: PlainDate): boolean {
  return !birthday.startsWith(UNKNOWN_YEAR)
}

/** The same day without its year. */
export function withoutYear(birthday: PlainDate): PlainDate {
  return `${UNKNOWN_YEAR}${birthday.slice(4)}`
}

/** A day and a month, from 1; "" for one that no calendar has. */
export function birthdayOf(month: number, day: number): PlainDate | '' {
  const date = new Date(Date.UTC(Number(UNKNOWN_YEAR), month - 1, day))
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? date.toISOString().slice(0, 10) : ''
}
