import type { IncomingHttpHeaders } from 'node:http'
import type { Readable } from 'node:stream'
import { Agent, type Dispatcher } from 'undici'
import {
  type Connect,
  guardConnector,
  mappedConnector,
  plainConnect,
  RefusedAddress,
  type Resolve,
  resolveByDns,
} from './guarded-connector'
import { refusalOf } from './rules-address'

export type OpenerOptions = {
  /** Host → origin of its stand-in (`GLEANER_ORIGINS`). The request keeps its Host header. */
  readonly origins: Readonly<Record<string, string>>
  readonly resolve?: Resolve
  readonly connect?: Connect
}

export type Opening = {
  readonly method?: Dispatcher.HttpMethod
  readonly headers: Record<string, string> | IncomingHttpHeaders
  readonly body?: Readable
  readonly signal: AbortSignal
}

export type Answer = Awaited<ReturnType<Agent['request']>>

/** One request to a public address, or to the stand-in of a mapped host. Rejects with `RefusedAddress` for any other. */
export type Opener = (url: URL, opening: Opening) => Promise<Answer>

export function createOpener(options: OpenerOptions): Opener {
  const connect = options.connect ?? plainConnect
  const guarded = new Agent({ connect: guardConnector(options.resolve ?? resolveByDns, connect) })
  const origins = originsOf(options)
  const mapped = new Agent({ connect: mappedConnector(new Set(origins.values()), connect) })
  return (url, { method = 'GET', headers, ...rest }) => {
    const path = url.pathname + url.search
    const origin = origins.get(url.host)
    if (origin !== undefined) {
      return mapped.request({ origin, path, method, headers: { ...headers, host: url.host }, ...rest })
    }
    const refusal = refusalOf(url)
    if (refusal !== null) return Promise.reject(new RefusedAddress(refusal))
    return guarded.request({ origin: url.origin, path, method, headers, ...rest })
  }
}

/** Host → origin, as the requests name it. */
export function originsOf({ origins }: Pick<OpenerOptions, 'origins'>): ReadonlyMap<string, string> {
  return new Map(Object.entries(origins).map(([host, origin]) => [host, new URL(origin).origin]))
}
