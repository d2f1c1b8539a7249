/** A day of the calendar, "2026-11-22": it has no hour and no zone, and sorts as text. */
export type PlainDate = string

const DAY_MS = 86_400_000
const FORM = /^(\d{4})-(\d{2})-(\d{2})$/

/** Whether the text is a day that exists, of the years 1900 to 2199: "2026-02-30" and "20255-01-01" are none. */
export function isPlainDate(text: string): boolean {
  const year = Number(FORM.exec(text)?.[1] ?? 0)
  if (year < 1900 || year > 2199) return false
  const at = Date.parse(`${text}T00:00:00Z`)
  return !Number.isNaN(at) && dateOf(at) === text
}

/** The day that it is at `now` in an IANA zone. */
export function todayIn(timeZone: string, now: Date): PlainDate {
  const { year, month, day } = wallClock(timeZone, now)
  return `${year}-${month}-${day}`
}

/** Whole days from `from` to `to`; negative where `to` comes first. */
export function daysBetween(from: PlainDate, to: PlainDate): number {
  return Math.round((msOf(to) - msOf(from)) / DAY_MS)
}

export function addDays(date: PlainDate, days: number): PlainDate {
  return dateOf(msOf(date) + days * DAY_MS)
}

/**
 * Months later, on the anchor day or on the month's last where it has none: 31 Jan + 1 → 28/29 Feb, + 2 → 31 Mar.
 * `anchorDay` (1–31) is the date's own unless given: whoever adds month by month passes the first date's.
 */
export function addMonths(date: PlainDate, months: number, anchorDay = Number(date.slice(8))): PlainDate {
  const [year, month] = [Number(date.slice(0, 4)), Number(date.slice(5, 7))]
  const first = new Date(Date.UTC(year, month - 1 + months, 1))
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate()
  return dateOf(first.getTime() + (Math.min(anchorDay, last) - 1) * DAY_MS)
}

/** 1 = Monday … 7 = Sunday. Source: ISO 8601. */
export function weekdayOf(date: PlainDate): number {
  return new Date(msOf(date)).getUTCDay() || 7
}

/** The Monday of the date's week. */
export function mondayOf(date: PlainDate): PlainDate {
  return addDays(date, 1 - weekdayOf(date))
}

/**
 * The moment at which clocks in the zone show that hour of that day. An hour that daylight saving leaves out is the one
 * an hour later; of one that comes twice, the first.
 */
export function momentOf(date: PlainDate, hour: number, timeZone: string): Date {
  const wanted = msOf(date) + hour * 3_600_000
  const guesses = [wanted - offsetAt(timeZone, wanted - DAY_MS), wanted - offsetAt(timeZone, wanted + DAY_MS)]
  const right = guesses.filter((at) => at + offsetAt(timeZone, at) === wanted)
  return new Date(right.length > 0 ? Math.min(...right) : Math.max(...guesses))
}

/** The hour (0–23) that clocks in the zone show. */
export function hourIn(timeZone: string, now: Date): number {
  return Number(wallClock(timeZone, now).hour)
}

function offsetAt(timeZone: string, at: number): number {
  const { year, month, day, hour, minute, second } = wallClock(timeZone, new Date(at))
  return (
    Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second)) -
    at +
    (at % 1000)
  )
}

const formats = new Map<string, Intl.DateTimeFormat>()

function wallClock(timeZone: string, now: Date): Record<string, string> {
  const format = formats.get(timeZone) ?? newFormat(timeZone)
  formats.set(timeZone, format)
  return Object.fromEntries(format.formatToParts(now).map(({ type, value }) => [type, value]))
}

function newFormat(timeZone: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  })
}

function msOf(date: PlainDate): number {
  return Date.parse(`${date}T00:00:00Z`)
}

function dateOf(ms: number): PlainDate {
  return new Date(ms).toISOString().slice(0, 10)
}
