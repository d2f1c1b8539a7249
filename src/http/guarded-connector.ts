import { lookup } from 'node:dns/promises'
import { buildConnector } from 'undici'
import { isPublicAddress } from './rules-address'

/** All addresses of a name. A parameter, so that a test can record what would have been asked. */
export type Resolve = (hostname: string) => Promise<readonly string[]>
export type Connect = buildConnector.connector

/** Nothing was opened: the address is none that strangers may send us to. */
export class RefusedAddress extends Error {
  override readonly name = 'RefusedAddress'
}

export const resolveByDns: Resolve = async (hostname) => {
  const found = await lookup(hostname, { all: true, verbatim: true })
  return found.map((entry) => entry.address)
}

/** Opens sockets. HTTP/1.1 alone: one request at a time per host leaves nothing to multiplex. */
export const plainConnect: Connect = buildConnector({ allowH2: false, timeout: 10_000 })

/**
 * A connector that looks the name up itself, refuses unless every address is public, and connects to the address it has
 * checked. So a name that answers differently the second time (rebinding) gains nothing, and literals are checked too.
 */
export function guardConnector(resolve: Resolve, connect: Connect): Connect {
  return (options, callback) => {
    checkedAddresses(options.hostname, resolve).then(
      (addresses) => connectToFirst(addresses, options, connect, callback),
      (error: Error) => callback(error, null),
    )
  }
}

async function checkedAddresses(hostname: string, resolve: Resolve): Promise<readonly string[]> {
  const addresses = await resolve(hostname)
  const bad = addresses.find((address) => !isPublicAddress(address))
  if (bad !== undefined) throw new RefusedAddress(`${hostname} leads to ${bad}`)
  if (addresses.length === 0) throw new Error(`${hostname} has no address`)
  // IPv4 first: a server without IPv6 would wait for a timeout otherwise.
  return [...addresses].sort((a, b) => Number(a.includes(':')) - Number(b.includes(':')))
}

function connectToFirst(
  [address, ...others]: readonly string[],
  options: buildConnector.Options,
  connect: Connect,
  callback: buildConnector.Callback,
): void {
  if (address === undefined) return
  const servername = options.servername || options.hostname
  connect({ ...options, hostname: address, servername }, (...answer: Parameters<buildConnector.Callback>) => {
    if (answer[0] !== null && others.length > 0) return connectToFirst(others, options, connect, callback)
    callback(...answer)
  })
}

/** For addresses that the operator mapped to a stand-in: nothing but exactly those origins is opened. */
export function mappedConnector(origins: ReadonlySet<string>, connect: Connect): Connect {
  return (options, callback) => {
    const { origin } = new URL(`${options.protocol}//${options.host ?? options.hostname}`)
    if (origins.has(origin)) return connect(options, callback)
    callback(new RefusedAddress(`${origin} is not mapped`), null)
  }
}
