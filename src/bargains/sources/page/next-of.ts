import { sameSite } from './clean-url'

/** `<link rel="next">` or `<a rel="next">`, of the same site. */
export function nextOf(bytes: Buffer, url: string): string | null {
  let tried = 0
  for (let i = bytes.indexOf('rel="next"'); i >= 0 && tried < 5; i = bytes.indexOf('rel="next"', i + 1)) {
    tried += 1
    const around = bytes.toString('utf8', Math.max(0, i - 1000), i + 1000)
    const start = around.lastIndexOf('<', Math.min(i, 1000))
    const tag = /^<(?:a|link)\s[^<>]{0,1800}>/i.exec(around.slice(start))?.[0]
    const href = /\shref\s*=\s*["']([^"']{1,1500})["']/i.exec(tag ?? '')?.[1]?.replaceAll('&amp;', '&')
    const next = href === undefined ? null : sameSite(href, url)
    if (next !== null) return next
  }
  return null
}
