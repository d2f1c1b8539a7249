import type { Source } from '../source'
import { parseOlx } from './parse-olx'
import { HOSTS, recogniseOlx } from './recognise-olx'

export const olx: Source = {
  id: 'olx',
  name: 'OLX.pl',
  hosts: HOSTS,
  example: 'https://www.olx.pl/elektronika/telefony/krakow/q-iphone/',
  recognise: recogniseOlx,
  parse: parseOlx,
}
