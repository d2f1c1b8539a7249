import { isNumberedPlace } from '../olx/know-places'
import { makeOlxSource } from '../olx/make-source'

export const olxPt = makeOlxSource({
  id: 'olx-pt',
  name: 'OLX.pt',
  domain: 'olx.pt',
  currency: 'EUR',
  languages: [],
  asked: null,
  example: 'https://www.olx.pt/tecnologia-e-informatica/q-iphone/',
  isPlace: isNumberedPlace,
})
