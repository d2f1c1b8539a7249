import { isNumberedPlace } from '../olx/know-places'
import { makeOlxSource } from '../olx/make-source'

export const olxRo = makeOlxSource({
  id: 'olx-ro',
  name: 'OLX.ro',
  domain: 'olx.ro',
  currency: 'RON',
  languages: [],
  asked: null,
  example: 'https://www.olx.ro/electronice-si-electrocasnice/q-iphone/',
  isPlace: isNumberedPlace,
})
