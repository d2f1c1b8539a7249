import { isPlainDate, type PlainDate } from '@/kernel/dates'

export const DATE_ORDERS = ['dmy', 'mdy'] as const
export type DateOrder = (typeof DATE_ORDERS)[number]

/** Nothing longer is a date, however many times of day stand in it. */
const LONGEST = 60
/** A time of day behind the date says nothing here. */
const TIME = /[T ]\d{1,2}:\d{2}.*$/
const YEAR_FIRST = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/
const YEAR_LAST = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})$/

function withoutTime(text: string): string {
  return text.length > LONGEST ? '' : text.replace(TIME, '').trim()
}

/** Told a column's texts one after the other, it says at last what stands in it. */
export type Sniffer<Found> = { readonly see: (text: string) => void; readonly tell: () => Found | 'undecided' | null }

/**
 * In which order a column writes day and month: told by whichever number is above 12. Null where it need not be known,
 * `undecided` where every date can be read both ways, or some say one and some the other: a person is asked.
 */
export function sniffDateOrder(): Sniffer<DateOrder> {
  let [any, dayFirst, monthFirst] = [false, false, false]
  return {
    see: (text) => {
      const [, first, second] = YEAR_LAST.exec(withoutTime(text)) ?? []
      if (first === undefined) return
      any ||= first !== second
      dayFirst ||= Number(first) > 12
      monthFirst ||= Number(second) > 12
    },
    tell: () => {
      if (dayFirst !== monthFirst) return dayFirst ? 'dmy' : 'mdy'
      return any ? 'undecided' : null
    },
  }
}

/** The day that a text names: "2026-11-22", "22.11.2026", "11/22/2026 10:15"; null where it is none. */
export function readDate(text: string, order: DateOrder | null): PlainDate | null {
  const bare = withoutTime(text)
  const [, year, month = '', day = ''] = YEAR_FIRST.exec(bare) ?? []
  if (year !== undefined) return dateOf(year, month, day)
  const [, first = '', second = '', last] = YEAR_LAST.exec(bare) ?? []
  if (last === undefined) return null
  return order === 'mdy' ? dateOf(last, first, second) : dateOf(last, second, first)
}

function dateOf(year: string, month: string, day: string): PlainDate | null {
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  return isPlainDate(date) ? date : null
}
