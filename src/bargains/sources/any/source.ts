import type { Source } from '../source'
import { parseAny } from './parse-any'
import { recogniseAny } from './recognise-any'

/** Every page that says in a public format what it offers. It has no hosts of its own: it is asked after all others. */
export const anyPage: Source = {
  id: 'any',
  name: 'any page',
  hosts: [],
  example: 'https://example.org/shop?q=bike',
  recognise: recogniseAny,
  parse: parseAny,
}
