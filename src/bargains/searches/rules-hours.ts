import type { ReadVerdict } from './rules'

const HOUR = 3_600_000

/** Days that the history of a host is kept for. */
export const HISTORY_DAYS = 7

/** The beginning of an hour. */
export function hourOf(at: Date): Date {
  return new Date(Math.floor(at.getTime() / HOUR) * HOUR)
}

/** How a host's answers are summed up: read well, refused or unreadable, or no answer. */
export type AnswerKind = 'well' | 'refused' | 'unread' | 'failed'

export function kindOf(verdict: ReadVerdict): AnswerKind {
  switch (verdict) {
    case 'ok':
    case 'empty':
    case 'partial':
      return 'well'
    case 'blocked':
    case 'forbidden':
      return 'refused'
    case 'changed':
    case 'gone':
    case 'held':
      return 'unread'
    case 'failed':
      return 'failed'
  }
}

export type CountedHour = { readonly hour: string; readonly verdict: ReadVerdict; readonly count: number }
export type Counts = Readonly<Record<AnswerKind, number>>
/** One cell of a strip. `from` is epoch milliseconds. */
export type Cell = { readonly from: number; readonly counts: Counts }

/** `cells` stretches of `hours` each, oldest first; the last one holds `now`. */
export function cellsOf(counted: readonly CountedHour[], now: Date, cells: number, hours: number): readonly Cell[] {
  const end = hourOf(now).getTime() + HOUR
  const length = hours * HOUR
  const first = end - cells * length
  return Array.from({ length: cells }, (_, place) => {
    const from = first + place * length
    const within = counted.filter(({ hour }) => Date.parse(hour) >= from && Date.parse(hour) < from + length)
    return { from, counts: countsOf(within) }
  })
}

export function countsOf(counted: readonly CountedHour[]): Counts {
  const sum = (kind: AnswerKind) =>
    counted.reduce((total, { verdict, count }) => (kindOf(verdict) === kind ? total + count : total), 0)
  return { well: sum('well'), refused: sum('refused'), unread: sum('unread'), failed: sum('failed') }
}

export function totalOf(counts: Counts): number {
  return counts.well + counts.refused + counts.unread + counts.failed
}
