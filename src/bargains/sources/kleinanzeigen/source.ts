import type { Source } from '../source'
import { parseKleinanzeigen } from './parse-kleinanzeigen'
import { HOSTS, recogniseKleinanzeigen } from './recognise-kleinanzeigen'

export const kleinanzeigen: Source = {
  id: 'kleinanzeigen',
  name: 'Kleinanzeigen',
  hosts: HOSTS,
  example: 'https://www.kleinanzeigen.de/s-fahrrad/k0',
  recognise: recogniseKleinanzeigen,
  parse: parseKleinanzeigen,
}
