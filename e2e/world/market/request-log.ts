/** What was asked of the marketplace, and how politely. */

type Asking = {
  readonly host: string
  /** With its query. */
  readonly path: string
  readonly method: string
  readonly at: Date
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly mode: string
  /** Seconds that it was asked to wait. */
  readonly retryAfter: number | null
}

export type RequestLog = {
  readonly requests: readonly Asking[]
  readonly add: (asking: Asking) => void
  readonly enter: (host: string) => () => void
  /** How often each search was asked: host and address, whatever the page number. */
  readonly countByKey: () => Record<string, number>
  /** The most requests within any 60 seconds of the world's clock. */
  readonly busiestMinute: (host: string) => number
  /** The most requests that were open at once. */
  readonly peakAtOnce: (host: string) => number
  readonly reset: () => void
}

export function makeRequestLog(): RequestLog {
  const requests: Asking[] = []
  const open = new Map<string, number>()
  const peak = new Map<string, number>()
  return {
    requests,
    add: (asking) => void requests.push(asking),
    enter: (host) => {
      const now = (open.get(host) ?? 0) + 1
      open.set(host, now)
      peak.set(host, Math.max(now, peak.get(host) ?? 0))
      return () => void open.set(host, (open.get(host) ?? 1) - 1)
    },
    countByKey: () => {
      const counts: Record<string, number> = {}
      for (const asking of requests) counts[keyOf(asking)] = (counts[keyOf(asking)] ?? 0) + 1
      return counts
    },
    busiestMinute: (host) => busiest(requests.filter((asking) => asking.host === host).map((a) => a.at.getTime())),
    peakAtOnce: (host) => peak.get(host) ?? 0,
    reset: () => {
      requests.length = 0
      peak.clear()
    },
  }
}

function keyOf(asking: Asking): string {
  const url = new URL(asking.path, 'http://world')
  url.searchParams.delete('page')
  return `${asking.host}${url.pathname}${url.search}`
}

function busiest(times: readonly number[]): number {
  const sorted = [...times].sort((a, b) => a - b)
  let from = 0
  let most = 0
  sorted.forEach((time, n) => {
    while (time - (sorted[from] ?? time) >= 60_000) from++
    most = Math.max(most, n - from + 1)
  })
  return most
}
