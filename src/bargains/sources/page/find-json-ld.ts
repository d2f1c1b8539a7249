import { parseJson } from './read-json'
import { readContainer } from './read-member'

const MARK = 'application/ld+json'
/** A page has a handful; some list one for each advert. */
const MOST_BLOCKS = 500
const MOST_BYTES = 4 * 1024 * 1024

/** The JSON-LD of a page, block by block. A block that is no JSON, or nests deeper than any real one, is left out. */
export function findJsonLd(bytes: Buffer): readonly unknown[] {
  const blocks: unknown[] = []
  let left = MOST_BYTES
  let tried = 0
  for (let i = bytes.indexOf(MARK); i >= 0 && tried < MOST_BLOCKS && left > 0; i = bytes.indexOf(MARK, i + 1)) {
    tried += 1
    const body = bodyOf(bytes, i)
    if (!body) continue
    left -= body.length
    const value = left < 0 ? null : parseBlock(body)
    if (value !== null) blocks.push(value)
  }
  return blocks
}

/** Between the `>` of the tag that names the type and its `</script`; null where the type stands in no script's tag. */
function bodyOf(bytes: Buffer, mark: number): Buffer | null {
  const before = bytes.toString('latin1', Math.max(0, mark - 300), mark)
  if (!/<script\b[^<>]*$/i.test(before)) return null
  const open = bytes.indexOf('>', mark)
  const end = open < 0 ? -1 : bytes.indexOf('</script', open)
  return end < 0 ? null : bytes.subarray(open + 1, end)
}

/** Some sites wrap the block in a comment, and some write bare line breaks into its strings. */
function parseBlock(given: Buffer): unknown {
  const cdata = given.subarray(0, 200).indexOf('<![CDATA[')
  const body = cdata < 0 ? given : given.subarray(cdata + 9)
  const start = body.findIndex((byte) => byte === 0x7b || byte === 0x5b)
  const text = start < 0 ? null : readContainer(body, start, false)
  if (text === null) return null
  // biome-ignore lint/suspicious/noControlCharactersInRegex: those are what must go.
  return parseJson(text) ?? parseJson(text.replace(/[\u0000-\u001f]/g, ' '))
}
