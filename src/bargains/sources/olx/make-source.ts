import type { Source } from '../source'
import { hostsOf, type OlxSite } from './olx-site'
import { parseOlxOf } from './parse-olx'
import { recogniseOlx } from './recognise-olx'

/** A country's OLX as a source. */
export function makeOlxSource(site: OlxSite): Source {
  return {
    id: site.id,
    name: site.name,
    hosts: hostsOf(site),
    example: site.example,
    recognise: (url) => recogniseOlx(url, site),
    parse: parseOlxOf(site),
  }
}
