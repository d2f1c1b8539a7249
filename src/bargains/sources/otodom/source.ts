import type { Source } from '../source'
import { parseOtodom } from './parse-otodom'
import { HOSTS, recogniseOtodom } from './recognise-otodom'

export const otodom: Source = {
  id: 'otodom',
  name: 'Otodom.pl',
  hosts: HOSTS,
  example: 'https://www.otodom.pl/pl/wyniki/wynajem/mieszkanie/malopolskie/krakow/krakow/krakow',
  recognise: recogniseOtodom,
  parse: parseOtodom,
}
