import ipaddr from 'ipaddr.js'

/** Public by range, but answered by a cloud's own metadata service (Azure's wire server, Oracle's). */
const REFUSED = new Set(['168.63.129.16', '192.0.0.192'])

/** Names that lead inside: RFC 6761, 6762, 8375 and what clouds use for metadata. */
const INNER_SUFFIXES = ['localhost', 'local', 'internal', 'home.arpa', 'lan', 'intranet', 'localdomain', 'onion']

/** All that IANA has given out of IPv6; ipaddr.js calls what it has no name for unicast too, `::127.0.0.1` among it. */
const GLOBAL_IPV6 = ipaddr.IPv6.parseCIDR('2000::/3')

/**
 * Whether an address is one that anybody may reach: global unicast by the IANA registries, as ipaddr.js has them. IPv4
 * inside IPv6 (mapped, 6to4, NAT64, Teredo) is refused whatever it holds, for a router may unpack it.
 */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address) || REFUSED.has(address)) return false
  const parsed = ipaddr.parse(address)
  if (parsed instanceof ipaddr.IPv6 && !parsed.match(GLOBAL_IPV6)) return false
  return parsed.range() === 'unicast'
}

/** Whether `hostname` (of a URL, so already normalised) is a literal address: IPv6 comes in brackets. */
export function literalAddress(hostname: string): string | null {
  const bare = hostname.startsWith('[') ? hostname.slice(1, -1) : hostname
  return ipaddr.isValid(bare) ? bare : null
}

/** Why an address may not even be looked up, or null: scheme, credentials, port, and names that lead inside. */
export function refusalOf(url: URL): string | null {
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return `scheme ${url.protocol}`
  if (url.username || url.password) return 'credentials in the address'
  if (url.port) return `port ${url.port}`
  return refusalOfName(url.hostname)
}

function refusalOfName(hostname: string): string | null {
  const literal = literalAddress(hostname)
  if (literal !== null) return isPublicAddress(literal) ? null : `address ${literal}`
  const name = hostname.toLowerCase().replace(/\.$/, '')
  const inner = !name.includes('.') || INNER_SUFFIXES.some((suffix) => name.endsWith(`.${suffix}`))
  return inner ? `name ${name}` : null
}
