import { isNumberedPlace } from '../olx/know-places'
import { makeOlxSource } from '../olx/make-source'

export const olxUa = makeOlxSource({
  id: 'olx-ua',
  name: 'OLX.ua',
  domain: 'olx.ua',
  currency: 'UAH',
  languages: ['uk', 'ru'],
  asked: 'uk',
  example: 'https://www.olx.ua/uk/elektronika/telefony-i-aksesuary/q-iphone/',
  isPlace: isNumberedPlace,
})
