import { type CheerioAPI, load } from 'cheerio/slim'

/**
 * Real pages of adverts have at most ten thousand tags, and hardly thirty open at once. Four times as many are read in a
 * fifth of a second, in which nothing else of the process is done.
 */
const MOST_TAGS = 40_000
const MOST_OPEN = 5_000

const LESS = 0x3c
const SLASH = 0x2f

/**
 * A page as a DOM; null when it has more tags, or more of them open at once, than is worth the memory and the time. The
 * count is a rough one (tags that need no end count as open), so its bound lies far above any real page.
 */
export function readDom(bytes: Buffer): CheerioAPI | null {
  let open = 0
  let tags = 0
  for (let i = bytes.indexOf(LESS); i >= 0; i = bytes.indexOf(LESS, i + 1)) {
    const next = bytes[i + 1] ?? 0
    if (next === SLASH) open = Math.max(0, open - 1)
    else if ((next | 0x20) >= 0x61 && (next | 0x20) <= 0x7a && !isVoid(bytes, i + 1)) open += 1
    if (++tags > MOST_TAGS || open > MOST_OPEN) return null
  }
  return load(bytes.toString('utf8'))
}

/** From the tag that holds the first `mark` to behind the last `end`: only that stretch of a page need become a tree. */
export function stretchOf(bytes: Buffer, mark: string, end: string): Buffer {
  const [first, last] = [bytes.indexOf(mark), bytes.lastIndexOf(end)]
  const start = bytes.lastIndexOf('<', first)
  return start < 0 || last < start ? bytes : bytes.subarray(start, last + end.length)
}

/** A short piece of the page from the first `mark` on; empty when there is none. */
export function textAt(bytes: Buffer, mark: string): string {
  const start = bytes.indexOf(mark)
  return start < 0 ? '' : bytes.toString('utf8', start, start + 600)
}

const VOID = /^(?:area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr)\b/i

function isVoid(bytes: Buffer, start: number): boolean {
  return VOID.test(bytes.toString('latin1', start, start + 8))
}

/** The text of an element without the page's own line breaks and runs of blanks; null when there is none. */
export function tidy(text: string): string | null {
  const words = text.replace(/[\s\u00a0\u200b\u00ad]+/g, ' ').trim()
  return words === '' ? null : words
}
