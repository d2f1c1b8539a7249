import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { diffWords, type Piece, saysSame } from './rules-snapshots'

const shown = (pieces: readonly Piece[]) =>
  pieces.map(({ kind, text }) => ({ same: text, gone: `[-${text}-]`, new: `{+${text}+}` })[kind]).join('')
const side = (pieces: readonly Piece[], other: Piece['kind']) =>
  pieces
    .filter(({ kind }) => kind !== other)
    .map(({ text }) => text)
    .join('')

describe('what a seller changed', () => {
  it('is shown word by word', () => {
    const pieces = diffWords('Rower bez wad, mało używany.', 'Rower mało używany, rysa na ramie.')
    expect(shown(pieces)).toBe('Rower [-bez wad, -]mało [-używany.-]{+używany, rysa na ramie.+}')
    expect(diffWords('same', 'same')).toEqual([{ kind: 'same', text: 'same' }])
    expect(diffWords('', 'new')).toEqual([{ kind: 'new', text: 'new' }])
  })

  it('can be read back to the letter, whatever the texts', () => {
    const text = fc.array(fc.constantFrom('a', 'b', 'c', ' ', '\n', 'ł'), { maxLength: 60 }).map((all) => all.join(''))
    fc.assert(
      fc.property(text, text, (before, after) => {
        const pieces = diffWords(before, after)
        expect(side(pieces, 'new')).toBe(before)
        expect(side(pieces, 'gone')).toBe(after)
        expect(before !== after || pieces.every(({ kind }) => kind === 'same')).toBe(true)
      }),
    )
  })

  it('of very long texts is told as a whole', () => {
    const words = (first: string) => Array.from({ length: 4000 }, (_, i) => `${first}${i}`).join(' ')
    expect(diffWords(words('a'), words('b')).filter(({ kind }) => kind !== 'same')).toHaveLength(2)
  })
})

describe('an advert says the same', () => {
  const said = {
    title: 'Rower',
    description: 'Stan  dobry\n',
    priceKind: 'fixed',
    amount: 100n,
    currency: 'PLN',
  } as const

  it('whatever the spaces between its words', () => {
    expect(saysSame(said, { ...said, description: 'Stan dobry' })).toBe(true)
  })

  it.each([
    { title: 'Rowery' },
    { description: null },
    { amount: 99n },
    { currency: 'EUR' },
    { priceKind: 'free' } as const,
  ])('not with %o', (change) => expect(saysSame(said, { ...said, ...change })).toBe(false))
})
