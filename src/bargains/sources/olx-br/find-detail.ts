import { at, parseJson } from '../page/read-json'
import { readContainer } from '../page/read-member'

const MARKER = 'id="initial-data"'
const ATTRIBUTE = 'data-json="'

/** Far more than an advert takes: some 20 kB. */
const MOST_BYTES = 2 * 1024 * 1024

export function mentionsDetail(bytes: Buffer): boolean {
  return bytes.includes(MARKER)
}

/** The advert in the attribute `data-json` of its page's `#initial-data`: JSON with its quotes as entities. */
export function findDetail(bytes: Buffer): unknown {
  const script = bytes.indexOf(MARKER)
  const start = script < 0 ? -1 : bytes.indexOf(ATTRIBUTE, script)
  const end = start < 0 ? -1 : bytes.indexOf('"', start + ATTRIBUTE.length)
  if (end < 0 || end - start > MOST_BYTES) return null
  const json = bytes.toString('utf8', start + ATTRIBUTE.length, end).replace(/&(quot|lt|gt|#39|#x27|amp);/g, decode)
  // Through the reader that knows how deep a real state is.
  const whole = readContainer(Buffer.from(json), 0, false)
  return (whole === null ? null : at(parseJson(whole), 'ad')) ?? null
}

const ENTITIES: Readonly<Record<string, string>> = { quot: '"', lt: '<', gt: '>', '#39': "'", '#x27': "'", amp: '&' }

function decode(whole: string, name: string): string {
  return ENTITIES[name] ?? whole
}
