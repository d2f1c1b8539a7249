import type { Source } from '../source'
import { parseMarktplaats } from './parse-marktplaats'
import { HOSTS, recogniseMarktplaats } from './recognise-marktplaats'

export const marktplaats: Source = {
  id: 'marktplaats',
  name: 'Marktplaats',
  hosts: HOSTS,
  example: 'https://www.marktplaats.nl/q/fiets/',
  recognise: recogniseMarktplaats,
  parse: parseMarktplaats,
}
