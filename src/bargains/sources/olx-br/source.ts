import type { Source } from '../source'
import { parseOlxBr } from './parse-olx-br'
import { HOSTS, recogniseOlxBr } from './recognise-olx-br'

export const olxBr: Source = {
  id: 'olx-br',
  name: 'OLX.com.br',
  hosts: HOSTS,
  example: 'https://www.olx.com.br/celulares?q=iphone',
  recognise: recogniseOlxBr,
  parse: parseOlxBr,
}
