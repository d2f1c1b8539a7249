import type { Source } from '../source'
import { parseWillhaben } from './parse-willhaben'
import { HOSTS, recogniseWillhaben } from './recognise-willhaben'

export const willhaben: Source = {
  id: 'willhaben',
  name: 'willhaben',
  hosts: HOSTS,
  example: 'https://www.willhaben.at/iad/kaufen-und-verkaufen/marktplatz?keyword=fahrrad',
  recognise: recogniseWillhaben,
  parse: parseWillhaben,
}
