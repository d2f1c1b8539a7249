import { useFormatter, useNow, useTimeZone } from 'next-intl'
import type { Moment } from './watch-view'

const HALF_MINUTE_MS = 30_000

/** Moments within a sentence, kept true while the page is open. */
export function useMomentWords() {
  const format = useFormatter()
  const now = useNow({ updateInterval: HALF_MINUTE_MS })
  const timeZone = useTimeZone()
  const dayOf = (date: Date) => date.toLocaleDateString('sv', { timeZone })
  return {
    now,
    /** "14:02" today, "21 Nov, 14:02" on another day. */
    at(moment: Moment): string {
      const date = new Date(moment)
      if (dayOf(date) === dayOf(now)) return format.dateTime(date, { timeStyle: 'short' })
      return format.dateTime(date, { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' })
    },
    /** "2 minutes ago", narrow "2m ago"; never in the future, though clocks may differ by some seconds. */
    ago(moment: Moment, style: 'long' | 'narrow' = 'long'): string {
      const date = new Date(moment)
      return format.relativeTime(date, { now: date > now ? date : now, style })
    },
    /** "in 8 minutes"; "now" once it is due. */
    until(moment: Moment): string {
      const date = new Date(moment)
      return format.relativeTime(date, date < now ? date : now)
    },
  }
}
