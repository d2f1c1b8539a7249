import type { Source } from '../source'
import { parseOtomoto } from './parse-otomoto'
import { HOSTS, recogniseOtomoto } from './recognise-otomoto'

export const otomoto: Source = {
  id: 'otomoto',
  name: 'Otomoto.pl',
  hosts: HOSTS,
  example: 'https://www.otomoto.pl/osobowe/skoda/fabia/od-2018',
  recognise: recogniseOtomoto,
  parse: parseOtomoto,
}
