import { asUtc } from '../page/read-time'

const RFC_822 =
  /^(?:[A-Za-z]{3},\s*)?(\d{1,2})\s+([A-Za-z]{3})\s+(\d{4})\s+(\d{2}):(\d{2})(?::(\d{2}))?\s+(GMT|UTC?|Z|[+-]\d{4}|E[SD]T|C[SD]T|M[SD]T|P[SD]T)$/

/** A time of a feed in UTC: RFC 822 as RSS has it, or ISO 8601; null where it says no zone. */
export function readFeedTime(value: string | null): string | null {
  const text = value?.trim() ?? ''
  if (!RFC_822.test(text)) return asUtc(text)
  const time = Date.parse(text.replace(/\bUT$/, 'UTC').replace(/\bZ$/, 'UTC'))
  return Number.isNaN(time) ? null : asUtc(new Date(time).toISOString())
}
