import type { Source } from '../source'
import { parseVinted } from './parse-vinted'
import { HOSTS, recogniseVinted } from './recognise-vinted'

export const vinted: Source = {
  id: 'vinted',
  name: 'Vinted',
  hosts: HOSTS,
  example: 'https://www.vinted.pl/catalog?search_text=rower',
  recognise: recogniseVinted,
  parse: parseVinted,
}
