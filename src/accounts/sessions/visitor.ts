import type { Visitor } from '@/accounts/sign-in'

/**
 * The address that attempts are counted by. `proxies`: how many of ours stand in front and append to X-Forwarded-For; the
 * entry that the outermost of them wrote is the client's. Without any, the web server has put the connection's address there.
 */
export function addressOf(headers: Headers, proxies: number): string {
  const chain = (headers.get('x-forwarded-for') ?? '').split(',').map((entry) => entry.trim())
  const address = chain.at(-Math.max(1, proxies)) || chain[0] || 'unknown'
  // An IPv4 client at a socket that speaks both.
  return address.replace(/^::ffff:(?=\d+\.)/i, '')
}

export function visitorOf(headers: Headers, proxies: number): Visitor {
  return { address: addressOf(headers, proxies), userAgent: headers.get('user-agent') }
}
