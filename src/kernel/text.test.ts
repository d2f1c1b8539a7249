import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fold, inert, truncate } from './text'

/** Any string of UTF-16 units, halves of characters among them. */
const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.array(fc.nat(0xffff), { maxLength: 40 }).map((units) => String.fromCharCode(...units)),
)

describe('folding', () => {
  it.each([
    ['  ŁÓDŹ ', 'lodz'],
    ['Łódź', 'lodz'],
    ['Straße', 'strasse'],
    ['STRAẞE', 'strasse'],
    ['İstanbul', 'istanbul'],
    ['ısı', 'isi'],
    ['Zażółć\u00A0gęślą\t\njaźń', 'zazolc gesla jazn'],
    ['Øresund, Đuro, Æble, œuvre, Þór, Ísafjörður', 'oresund, duro, aeble, oeuvre, thor, isafjordur'],
    ['ﬁrma №5 ½', 'firma no5 1⁄2'],
    ['Rower 🚲 28"', 'rower 🚲 28"'],
    ['', ''],
  ])('%j is %j', (text, folded) => {
    expect(fold(text)).toBe(folded)
  })

  it('a letter in one piece and in two is the same letter', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(fold(text.normalize('NFD'))).toBe(fold(text.normalize('NFC')))
      }),
    )
  })

  it('folding twice is folding once, and leaves no mark and no blank at the ends', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const folded = fold(text)
        expect(fold(folded)).toBe(folded)
        expect(folded).not.toMatch(/\p{M}|^\s|\s$|\s\s/u)
      }),
    )
  })

  it('a long text of marks or blanks is folded in time with its length', () => {
    expect(fold('\u0301'.repeat(200_000))).toBe('')
    expect(fold(`a${' '.repeat(200_000)}b`)).toBe('a b')
  })
})

describe('cutting', () => {
  it('what fits stays, and what does not ends in an ellipsis within the limit', () => {
    expect([truncate('rower', 5), truncate('rowery', 5), truncate('', 0)]).toEqual(['rower', 'rowe…', ''])
    expect([truncate('rower', 1), truncate('rower', 0), truncate('rower', -1)]).toEqual(['…', '', ''])
  })

  it('a character of two units is left out whole rather than halved', () => {
    expect(truncate('ab🚲cd', 4)).toBe('ab…')
    expect(truncate('ab🚲cd', 5)).toBe('ab🚲…')
  })

  it('never exceeds its limit and never makes half a character', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), fc.integer({ min: -2, max: 70 }), (text, max) => {
        const cut = truncate(text, max)
        expect(cut.length).toBeLessThanOrEqual(Math.max(0, max))
        if (text.isWellFormed()) expect(cut.isWellFormed()).toBe(true)
        if (text.length > Math.max(0, max) && max > 0) expect(text.startsWith(cut.slice(0, -1))).toBe(true)
      }),
    )
  })
})

describe('making text inert', () => {
  it('controls and turners of direction go; letters, tabs, line ends and emoji stay', () => {
    expect(inert('a\u0000b\u0007c\u001B[31m\u007F\u0085')).toBe('abc[31m')
    expect(inert('cena \u202E001\u202C \u2066x\u2069\u200E\u200F\u061C')).toBe('cena 001 x')
    expect(inert('żółw\tna\r\nrowerze 👨‍👩‍👧 <b>&amp;')).toBe('żółw\tna\r\nrowerze 👨‍👩‍👧 <b>&amp;')
  })

  it('adds nothing, and a second time takes nothing more', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const once = inert(text)
        expect(inert(once)).toBe(once)
        expect(once.length).toBeLessThanOrEqual(text.length)
        expect(once).not.toMatch(/[\p{Bidi_Control}]|(?![\t\n\r])\p{Cc}/u)
      }),
    )
  })
})
