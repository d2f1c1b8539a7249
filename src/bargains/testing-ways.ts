import type { BrowserWay } from '@/http/browser-way'
import type { Fetched, Transport } from '@/http/transport'
import { scanAll, type TestMarket } from './testing-market'

const BLOCK: Fetched = { kind: 'answered', status: 403, url: '', headers: {}, bytes: Buffer.from('no') }

type Asked = { way: string; path: string }

/** The market, where it refuses some of our ways. `refused` (`plain`, `api`, `browser`) may be changed while it runs. */
export function guardedSite(market: TestMarket, refused: Set<string>, browserThere = true) {
  const asked: Asked[] = []
  const through =
    (way: (path: string) => string): Transport['fetch'] =>
    async (request) => {
      const { pathname } = new URL(request.url)
      if (pathname === '/robots.txt') return market.deps.transport.fetch(request)
      const name = way(pathname)
      asked.push({ way: name, path: pathname })
      return refused.has(name) ? { ...BLOCK, url: request.url } : market.deps.transport.fetch(request)
    }
  const browser: BrowserWay = { fetch: through(() => 'browser'), isThere: () => browserThere, close: async () => {} }
  const transport = { fetch: through((path) => (path.startsWith('/api/') ? 'api' : 'plain')) }
  const deps = { ...market.deps, transport, browser }
  const pass = async (minutes: number) => {
    market.world.clock.advance(minutes * 60_000)
    await scanAll(deps)
  }
  return { asked, deps, pass, names: () => asked.map(({ way }) => way) }
}
