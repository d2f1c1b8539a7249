import { isPlace } from './know-places'
import { makeOlxSource } from './make-source'

export const olx = makeOlxSource({
  id: 'olx',
  name: 'OLX.pl',
  domain: 'olx.pl',
  currency: 'PLN',
  languages: [],
  asked: null,
  example: 'https://www.olx.pl/elektronika/telefony/krakow/q-iphone/',
  isPlace,
})
