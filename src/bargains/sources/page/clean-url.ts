import { asText } from './read-json'

/**
 * An address of a page made absolute against the page's own; null unless it is http or https, without a user name. Plain http and loopback are
 * taken as they come: what may be fetched is decided where it is fetched.
 */
export function absoluteUrl(value: unknown, base: string): URL | null {
  const text = asText(value)
  const url = text !== null && URL.canParse(text, base) ? new URL(text, base) : null
  return url && /^https?:$/.test(url.protocol) && url.username === '' && url.password === '' ? url : null
}

/** An address that is asked in turn, so never another site's: null for that. */
export function sameSite(value: unknown, base: string): string | null {
  const url = absoluteUrl(value, base)
  return url && url.host === new URL(base).host ? url.href : null
}

/** The advert's own address: one advert has many links, told apart by query and fragment alone. */
export function canonicalUrl(value: unknown, base: string): string | null {
  const url = absoluteUrl(value, base)
  if (!url) return null
  url.search = ''
  url.hash = ''
  return url.href
}

/** Sound as it stands: a page names hundreds of pictures, and parsing each address costs more than all the rest. */
const PLAIN = /^https?:\/\/[a-z\d.-]+(:\d+)?\/[\w/.;=,~@+-]*$/

/** OLX's picture server fits a picture into the box that its address names; 1000 × 700 is the page's own largest. */
function photoUrl(value: unknown, base: string): string | null {
  const text = asText(value)
    ?.replace('{width}x{height}', '1000x700')
    .replace(/;s=\d+x\d+$/, ';s=1000x700')
  return text !== undefined && PLAIN.test(text) ? text : (absoluteUrl(text, base)?.href ?? null)
}

/** All photos that can be read, in their order, each once. */
export function photoUrls(values: readonly unknown[], base: string): readonly string[] {
  return [...new Set(values.map((value) => photoUrl(value, base)).filter((url) => url !== null))]
}
