import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonicalUrl } from './clean-url'

const BASE = 'https://shop.example.org/list?page=2'

/** By the platform's own parser alone. */
function slowly(text: string): string | null {
  const url = URL.parse(text.trim(), BASE)
  if (!url || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '') return null
  url.search = ''
  url.hash = ''
  return url.href
}

describe('the address of an advert', () => {
  it.each([
    ['https://www.olx.pl/d/oferta/rower-ID1abcD.html?reason=x#top', 'https://www.olx.pl/d/oferta/rower-ID1abcD.html'],
    ['/pl/oferta/dom-1', 'https://shop.example.org/pl/oferta/dom-1'],
    ['https://a.example.org/x/../y', 'https://a.example.org/y'],
    ['//b.example.org/x', 'https://b.example.org/x'],
    ['https://user@a.example.org/', null],
    ['javascript:alert(1)', null],
  ])('%s', (text, address) => {
    expect(canonicalUrl(text, BASE)).toBe(address)
  })

  it('is the one that the platform would write, whichever way it was read', () => {
    const part = fc.constantFrom(
      'https://',
      'a',
      'example',
      '.',
      '..',
      '/',
      'org',
      '?',
      '#',
      'q=1',
      '%20',
      'ł',
      ' ',
      '~',
      '-',
      ':',
    )
    const sound = fc.webUrl({ validSchemes: ['http', 'https'], withQueryParameters: true, withFragments: true })
    const patched = fc.array(part, { maxLength: 12 }).map((parts) => `https://a.example.org/${parts.join('')}`)
    fc.assert(
      fc.property(
        fc.oneof(
          sound,
          patched,
          fc.array(part, { maxLength: 12 }).map((parts) => parts.join('')),
        ),
        (text) => {
          fc.pre(text.trim() !== '')
          expect(canonicalUrl(text, BASE)).toBe(slowly(text))
        },
      ),
      { numRuns: 2_000 },
    )
  })
})
