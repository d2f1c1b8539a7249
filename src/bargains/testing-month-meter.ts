import type { Fetched } from '@/http/transport'
import { sources } from './sources/registry'

/** What a simulated month costs, by host. */
export type HostCost = {
  requests: number
  scans: number
  /** Bytes as they came over the line: of all, and of scans alone. */
  bytes: number
  scanBytes: number
}

/** Pages that a source read, and the milliseconds of this thread's processor time that it took. */
export type ParseCost = { pages: number; cpu: number }

export type Meter = {
  readonly hosts: ReadonlyMap<string, HostCost>
  readonly parsers: ReadonlyMap<string, ParseCost>
  readonly fetched: (host: string, fetched: Fetched, isScan: boolean) => Fetched
  readonly scanned: (host: string, count: number) => void
  readonly offered: (count: number) => void
  readonly words: () => string
}

export function createMeter(): Meter {
  const hosts = new Map<string, HostCost>()
  const begun = performance.now()
  let offers = 0
  const costOf = (host: string) => {
    const cost = hosts.get(host) ?? { requests: 0, scans: 0, bytes: 0, scanBytes: 0 }
    hosts.set(host, cost)
    return cost
  }
  return {
    hosts,
    parsers: watchParsers(),
    fetched: (host, fetched, isScan) => {
      const cost = costOf(host)
      cost.requests++
      if (fetched.kind !== 'answered') return fetched
      const came = Number(fetched.headers['content-length'] ?? fetched.bytes.length)
      cost.bytes += came
      if (isScan) cost.scanBytes += came
      return fetched
    },
    scanned: (host, scans) => {
      costOf(host).scans += scans
    },
    offered: (count) => {
      offers += count
    },
    words: () => {
      const scans = [...hosts.values()].reduce((sum, host) => sum + host.scans, 0)
      return `${scans} scans, ${offers} offers asked, ${((performance.now() - begun) / 1000).toFixed(0)} s`
    },
  }
}

/** From now on every parser says what it takes. Parsing is in one go, so that nothing else is counted. */
function watchParsers(): ReadonlyMap<string, ParseCost> {
  const costs = new Map<string, ParseCost>()
  for (const source of sources) {
    const { parse } = source
    const cost = { pages: 0, cpu: 0 }
    costs.set(source.id, cost)
    Object.assign(source, {
      parse: (page: Parameters<typeof parse>[0]) => {
        const before = process.threadCpuUsage()
        const parsed = parse(page)
        const { user, system } = process.threadCpuUsage(before)
        cost.pages++
        cost.cpu += (user + system) / 1000
        return parsed
      },
    })
  }
  return costs
}
