import { isNumberedPlace } from '../olx/know-places'
import { makeOlxSource } from '../olx/make-source'

export const olxUz = makeOlxSource({
  id: 'olx-uz',
  name: 'OLX.uz',
  domain: 'olx.uz',
  currency: 'UZS',
  languages: ['oz', 'ru'],
  asked: null,
  example: 'https://www.olx.uz/elektronika/q-iphone/',
  isPlace: isNumberedPlace,
})
