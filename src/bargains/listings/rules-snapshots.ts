import type { PriceKind } from '../sources/source'

/** What an advert said of itself at a moment. */
export type Said = {
  readonly title: string
  readonly description: string | null
  readonly priceKind: PriceKind
  /** Minor units. */
  readonly amount: bigint | null
  readonly currency: string | null
}

/** Whether two pages of an advert say the same; how their words are spaced is the page's, not the seller's. */
export function saysSame(a: Said, b: Said): boolean {
  const plain = (text: string | null) => (text ?? '').replace(/\s+/g, ' ').trim()
  const samePrice = a.priceKind === b.priceKind && a.amount === b.amount && a.currency === b.currency
  return samePrice && plain(a.title) === plain(b.title) && plain(a.description) === plain(b.description)
}

/** A piece of a text as it was and as it is. */
export type Piece = { readonly kind: 'same' | 'gone' | 'new'; readonly text: string }

/** Words beyond which a text is compared as a whole: the table of a comparison grows with their product. */
const MOST_WORDS = 1500

/**
 * What changed from `before` to `after`, word by word (longest common subsequence): the pieces that are `same` or `gone` are
 * `before`, those that are `same` or `new` are `after`, each to the letter.
 */
export function diffWords(before: string, after: string): readonly Piece[] {
  const [a, b] = [wordsOf(before), wordsOf(after)]
  const start = countSame(a, b)
  const end = countSame(a.slice(start).reverse(), b.slice(start).reverse())
  const [mine, theirs] = [a.slice(start, a.length - end), b.slice(start, b.length - end)]
  const tooLong = mine.length > MOST_WORDS || theirs.length > MOST_WORDS
  const middle = tooLong ? [...piecesOf('gone', mine), ...piecesOf('new', theirs)] : compare(mine, theirs)
  return joined([...piecesOf('same', a.slice(0, start)), ...middle, ...piecesOf('same', a.slice(a.length - end))])
}

function wordsOf(text: string): readonly string[] {
  return text.match(/\s+|[^\s]+/g) ?? []
}

function countSame(a: readonly string[], b: readonly string[]): number {
  let count = 0
  while (count < a.length && count < b.length && a[count] === b[count]) count++
  return count
}

function piecesOf(kind: Piece['kind'], words: readonly string[]): readonly Piece[] {
  return words.map((text) => ({ kind, text }))
}

function compare(a: readonly string[], b: readonly string[]): readonly Piece[] {
  const lengths = commonLengths(a, b)
  const width = b.length + 1
  const longest = (i: number, j: number) => lengths[i * width + j] ?? 0
  const pieces: Piece[] = []
  for (let [i, j] = [0, 0]; i < a.length || j < b.length; ) {
    const [mine, theirs] = [a[i], b[j]]
    if (mine !== undefined && mine === theirs) {
      pieces.push({ kind: 'same', text: mine })
      i++
      j++
    } else if (mine !== undefined && (theirs === undefined || longest(i + 1, j) >= longest(i, j + 1))) {
      pieces.push({ kind: 'gone', text: mine })
      i++
    } else {
      pieces.push({ kind: 'new', text: theirs ?? '' })
      j++
    }
  }
  return pieces
}

/** For each pair of beginnings how many words the rest has in common, row by row. */
function commonLengths(a: readonly string[], b: readonly string[]): Uint16Array {
  const width = b.length + 1
  const lengths = new Uint16Array((a.length + 1) * width)
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      const [down, right] = [lengths[(i + 1) * width + j] ?? 0, lengths[i * width + j + 1] ?? 0]
      const both = (lengths[(i + 1) * width + j + 1] ?? 0) + weightOf(a[i])
      lengths[i * width + j] = a[i] === b[j] ? both : Math.max(down, right)
    }
  }
  return lengths
}

/** Spaces alone are nothing in common: words that moved apart are not threaded on them. */
function weightOf(word: string | undefined): number {
  return word?.trim() ? 1 : 0
}

function joined(pieces: readonly Piece[]): readonly Piece[] {
  const whole: Piece[] = []
  for (const piece of pieces) {
    const last = whole.at(-1)
    if (last?.kind === piece.kind) whole[whole.length - 1] = { kind: piece.kind, text: last.text + piece.text }
    else whole.push(piece)
  }
  return whole
}
