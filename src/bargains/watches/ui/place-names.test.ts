import { expect, test } from 'vitest'
import { placeName } from './place-names'
import { suggestName } from './use-search-words'

test.each([
  ['krakow', 'Kraków'],
  ['zielona-gora_111405', 'Zielona Góra'],
  ['bielsko-biala', 'Bielsko-Biała'],
  ['warszawa', 'Warszawa'],
  ['mala-wies', 'Mala Wies'],
])('the slug %s is shown as %s', (slug, name) => {
  expect(placeName(slug)).toBe(name)
})

test('a new watch is named after what is searched, and where', () => {
  const says = { distance: null, priceFrom: null, priceTo: null, currency: 'PLN', others: 0 }
  expect(suggestName({ ...says, category: ['rowery'], place: 'krakow', query: 'rower miejski' })).toBe(
    'Rower miejski Kraków',
  )
  expect(suggestName({ ...says, category: ['sport-hobby', 'rowery'], place: null, query: null })).toBe('Rowery')
  expect(suggestName({ ...says, category: [], place: null, query: null })).toBe('')
})
