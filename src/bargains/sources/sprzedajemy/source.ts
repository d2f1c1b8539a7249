import type { Source } from '../source'
import { parseSprzedajemy } from './parse-sprzedajemy'
import { HOSTS, recogniseSprzedajemy } from './recognise-sprzedajemy'

export const sprzedajemy: Source = {
  id: 'sprzedajemy',
  name: 'Sprzedajemy.pl',
  hosts: HOSTS,
  example: 'https://sprzedajemy.pl/sport-i-wypoczynek?inp_text[v]=rower',
  recognise: recogniseSprzedajemy,
  parse: parseSprzedajemy,
}
