/** A moment in the future, told so that the database's clock decides: milliseconds from its now, or an ISO time. */
export type Due = { readonly afterMs: number } | { readonly at: string }

const UNITS: Readonly<Record<string, number>> = { w: 604_800_000, d: 86_400_000, h: 3_600_000, m: 60_000, s: 1000 }

/**
 * What the SDK writes for `step.sleep` (`1d2h30m`, empty for none) and `step.sleepUntil` (an ISO time). Throws for
 * anything else.
 */
export function parseSleep(text: string): Due {
  if (/^(\d+[wdhms])*$/.test(text)) return { afterMs: sumPeriods(text) }
  return { at: isoTime(text) }
}

/** A `retry-after` header: whole seconds, or an ISO time. Throws for anything else. */
export function parseRetryAfter(text: string): Due {
  if (/^\d+$/.test(text)) return { afterMs: Number(text) * 1000 }
  return { at: isoTime(text) }
}

function sumPeriods(text: string): number {
  const periods = text.match(/\d+[wdhms]/g) ?? []
  return periods.reduce((sum, period) => sum + Number(period.slice(0, -1)) * (UNITS[period.slice(-1)] ?? 0), 0)
}

function isoTime(text: string): string {
  const time = new Date(text)
  if (Number.isNaN(time.getTime())) throw new Error(`neither a duration nor a time: ${text}`)
  return time.toISOString()
}
