import { asText } from './read-json'

/**
 * An address of a page made absolute against the page's own; null unless it is http or https, without a user name. Plain http and loopback are
 * taken as they come: what may be fetched is decided where it is fetched.
 */
export function absoluteUrl(value: unknown, base: string): URL | null {
  const text = asText(value)
  // An address that stands by itself needs no base, which would be parsed anew each time.
  const url = text === null ? null : /^https?:\/\//.test(text) ? URL.parse(text) : URL.parse(text, base)
  return url && /^https?:$/.test(url.protocol) && url.username === '' && url.password === '' ? url : null
}

/** An address that is asked in turn, so never another site's: null for that. */
export function sameSite(value: unknown, base: string): string | null {
  const url = absoluteUrl(value, base)
  return url && url.host === new URL(base).host ? url.href : null
}

/** An address that its URL would write as it stands, and behind it what an advert's address does not need. */
const SOUND = /^(https:\/\/(?:[a-z\d-]+\.)+[a-z]{2,}\/[\w/~.-]*)(?:[?#]\S*)?$/

/** The advert's own address: one advert has many links, told apart by query and fragment alone. */
export function canonicalUrl(value: unknown, base: string): string | null {
  const sound = typeof value === 'string' && !value.includes('/.') && !value.includes('xn--') ? SOUND.exec(value) : null
  if (sound) return sound[1] ?? null
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
