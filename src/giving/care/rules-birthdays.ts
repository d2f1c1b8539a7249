import { addDays, addMonths, daysBetween, type PlainDate } from '@/kernel/dates'

/** The day of this or next year on which it is kept: 29 February is kept on the 28th where there is none. */
export function nextBirthday(birthday: PlainDate, today: PlainDate): PlainDate {
  const years = Number(today.slice(0, 4)) - Number(birthday.slice(0, 4))
  const thisYear = addMonths(birthday, 12 * years)
  return thisYear >= today ? thisYear : addMonths(birthday, 12 * (years + 1))
}

/** Days until it is kept; 0 today. */
export function daysToBirthday(birthday: PlainDate, today: PlainDate): number {
  return daysBetween(today, nextBirthday(birthday, today))
}

/** Month and day as "11-22", of the `days` days from today on: by them a query finds birthdays off an index. */
export function birthdaysWithin(today: PlainDate, days: number): readonly string[] {
  const span = Array.from({ length: days }, (_, at) => addDays(today, at))
  const kept = span.map((day) => day.slice(5))
  const leapDays = span.filter((day) => day.slice(5) === '02-28' && addDays(day, 1).slice(5) === '03-01')
  return leapDays.length > 0 ? [...kept, '02-29'] : kept
}
