import { isNumberedPlace } from '../olx/know-places'
import { makeOlxSource } from '../olx/make-source'

export const olxKz = makeOlxSource({
  id: 'olx-kz',
  name: 'OLX.kz',
  domain: 'olx.kz',
  currency: 'KZT',
  languages: ['kk', 'ru'],
  asked: null,
  example: 'https://www.olx.kz/elektronika/q-iphone/',
  isPlace: isNumberedPlace,
})
