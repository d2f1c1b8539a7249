import { isNumberedPlace } from '../olx/know-places'
import { makeOlxSource } from '../olx/make-source'

export const olxBg = makeOlxSource({
  id: 'olx-bg',
  name: 'OLX.bg',
  domain: 'olx.bg',
  currency: 'EUR',
  languages: [],
  asked: null,
  example: 'https://www.olx.bg/elektronika/q-iphone/',
  isPlace: isNumberedPlace,
})
