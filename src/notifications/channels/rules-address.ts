import ipaddr from 'ipaddr.js'

/** An http(s) address, or null for anything else (`javascript:`, `tg:`, no address at all). */
export function webUrl(text: string): URL | null {
  if (!URL.canParse(text)) return null
  const url = new URL(text)
  return url.protocol === 'https:' || url.protocol === 'http:' ? url : null
}

/** Names that lead nowhere outside of a house. RFC 6761, RFC 6762, RFC 8375. */
const AT_HOME = /(^|\.)(localhost|local|internal|lan|home|home\.arpa|test|invalid|example)$/

/** Whether somebody elsewhere could open it: Telegram refuses buttons that lead to localhost. */
export function isPublicUrl(text: string): boolean {
  const url = webUrl(text)
  if (!url) return false
  const host = url.hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '')
  if (ipaddr.isValid(host)) return ipaddr.process(host).range() === 'unicast'
  return host.includes('.') && !AT_HOME.test(host)
}
