import type { JudgedItems } from './judge-items'

const END = /<\/(?:html|rss|feed|(?:rdf:)?RDF)\s*>/i

/**
 * A page whose adverts stand side by side reads well when half of it is lost. One that never closes is `partial`, whatever
 * else is right with it.
 */
export function tellCut(judged: JudgedItems, bytes: Buffer): JudgedItems {
  if (judged.verdict !== 'ok' || END.test(bytes.toString('latin1', Math.max(0, bytes.length - 16_384)))) return judged
  return { ...judged, verdict: 'partial', reason: 'the page is cut short' }
}
