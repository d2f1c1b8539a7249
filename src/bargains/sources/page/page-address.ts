import { absoluteUrl } from './clean-url'

/** What says where a visitor came from, and nothing of the page. A page number or a view may be the page. */
const TRACKING =
  /^(utm_[^=]*|gclid|gbraid|wbraid|dclid|fbclid|msclkid|yclid|twclid|ttclid|srsltid|mc_[ce]id|igsh(id)?|_g[al])(=|$)/i

/**
 * An address with its query, which on a site that nobody knows may be all that tells its pages apart; without tracking
 * and fragment. Null for what is no http or https address.
 */
export function pageAddress(value: unknown, base: string): string | null {
  const url = absoluteUrl(value, base)
  if (!url) return null
  url.hash = ''
  const parts = url.search.slice(1).split('&')
  const kept = parts.filter((part) => part !== '' && !TRACKING.test(part))
  if (kept.length < parts.length) url.search = kept.join('&')
  return url.href
}

/** What the addresses of a page are relative to: its `<base href>`, where it has one. */
export function baseOf(bytes: Buffer, url: string): string {
  const head = bytes.toString('latin1', 0, 64 * 1024)
  const href = /<base\s[^<>]{0,500}?href\s*=\s*["']?([^"'\s<>]{1,2000})/i.exec(head)?.[1]
  return (href !== undefined && absoluteUrl(href, url)?.href) || url
}
