import { fold } from '@/kernel/text'
import type { PointKind } from './rules'
import { cut } from './rules-names'
import { digitsOf, nationalOf } from './rules-phones'

/** More are not kept of one contact: nobody has so many names. */
const MOST_WORDS = 80

type Searchable = {
  readonly names: readonly string[]
  readonly points: readonly { readonly kind: PointKind; readonly value: string; readonly folded: string }[]
}

/** The words by whose beginnings a contact is found: of names, e-mail addresses and phones. */
export function wordsOf({ names, points }: Searchable): readonly string[] {
  const words = [...names.flatMap(wordsOfText), ...points.flatMap(wordsOfPoint)]
  return [...new Set(words)].filter(Boolean).slice(0, MOST_WORDS)
}

function wordsOfPoint({ kind, value, folded }: Searchable['points'][number]): readonly string[] {
  if (kind === 'address') return []
  if (kind === 'email') return wordsOfText(folded)
  return [digitsOf(value), digitsOf(folded), nationalOf(folded) ?? '']
}

/** "O'Neil-Łuk" → "o'neil-luk", "o", "neil", "luk". */
function wordsOfText(text: string): readonly string[] {
  const whole = fold(text).split(' ')
  return [...whole, ...whole.flatMap(partsOf)].map(cut)
}

function partsOf(word: string): readonly string[] {
  return word.split(/[^\p{L}\p{N}]+/u).filter(Boolean)
}

const PHONE = /^[+\d\s().-]{3,}$/
const MOST_ASKED = 6

/** What was typed in a search box → the beginnings that a contact's words must have, each of them. */
export function wordsAsked(typed: string): readonly string[] {
  if (PHONE.test(typed) && /\d{2}/.test(typed)) return [digitsOf(typed).replace(/^00/, '')]
  const asked = fold(typed).split(' ').flatMap(wordAsked)
  return [...new Set(asked.map(cut))].filter(Boolean).slice(0, MOST_ASKED)
}

/** An e-mail address is asked for as it is, and so are signs alone; other words by their letters and digits. */
function wordAsked(word: string): readonly string[] {
  const parts = word.includes('@') ? [] : partsOf(word)
  return parts.length === 0 ? [word] : parts
}
