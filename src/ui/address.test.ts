import fc from 'fast-check'
import { expect, it } from 'vitest'
import { changeAddress, oneOf, readAddress, text } from './address'

const params = { q: text(''), source: text(null), show: oneOf(['all', 'new', 'gone'], 'all') }

it('what was written into an address is read from it', () => {
  const values = fc.record({
    q: fc.string(),
    source: fc.option(fc.string()),
    show: fc.constantFrom('all' as const, 'new' as const, 'gone' as const),
  })
  fc.assert(
    fc.property(values, values, (before, after) => {
      const search = changeAddress(params, changeAddress(params, 'match=7', before), after)
      expect(readAddress(params, new URLSearchParams(search))).toEqual(after)
      expect(new URLSearchParams(search).get('match')).toBe('7')
    }),
  )
})

it('what an address says by itself is left out', () => {
  expect(changeAddress(params, 'q=a&show=new', { q: '', show: 'all' })).toBe('')
  expect(changeAddress(params, '?q=a&match=7&source=olx', null)).toBe('match=7')
})

it('only what is named changes, and a name with nothing is taken out', () => {
  expect(changeAddress(params, 'q=a&source=olx', { show: 'new' })).toBe('q=a&source=olx&show=new')
  expect(changeAddress(params, 'q=a&source=olx', { source: null })).toBe('q=a')
})

it('what nobody could have chosen is as if it were not there', () => {
  expect(readAddress(params, new URLSearchParams('show=everything'))).toEqual({ q: '', source: null, show: 'all' })
  expect(readAddress(params, { show: ['new', 'gone'], source: 'olx' })).toEqual({
    q: '',
    source: 'olx',
    show: 'new',
  })
})
