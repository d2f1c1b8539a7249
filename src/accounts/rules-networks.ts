import ipaddr from 'ipaddr.js'

/**
 * Whose address it is: an IPv4 address itself, of IPv6 the first 64 bits, for whoever has one of them has all 2^64 and
 * would be somebody new at each try. RFC 6177: no site gets less. Any other text as it is.
 */
export function networkOf(address: string): string {
  if (!ipaddr.IPv6.isValid(address)) return address
  const parsed = ipaddr.IPv6.parse(address)
  if (parsed.isIPv4MappedAddress()) return parsed.toIPv4Address().toString()
  return `${ipaddr.IPv6.networkAddressFromCIDR(`${parsed.toNormalizedString()}/64`).toNormalizedString()}/64`
}
