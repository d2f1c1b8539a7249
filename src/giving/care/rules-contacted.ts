import { daysBetween, type PlainDate } from '@/kernel/dates'

/** Who was not called, visited or written to for so long is worth a word. */
export const NOT_CONTACTED_DAYS = 60

type Contacted = {
  readonly status: string
  readonly deceased: boolean
  readonly doNotContact: boolean
  /** The last touch; null for none. */
  readonly lastTouch: PlainDate | null
  /** When they came to the desk: nobody is missed on the first day. */
  readonly knownSince: PlainDate
}

/** Days without a word for a donor who may be contacted, null where that is no news. */
export function daysNotContacted(contact: Contacted, today: PlainDate): number | null {
  const { status, deceased, doNotContact, lastTouch, knownSince } = contact
  if (status !== 'donor' || deceased || doNotContact) return null
  const days = daysBetween(lastTouch ?? knownSince, today)
  return days >= NOT_CONTACTED_DAYS ? days : null
}
