import { olx } from './olx/source'
import { olxBg } from './olx-bg/source'
import { olxBr } from './olx-br/source'
import { olxKz } from './olx-kz/source'
import { olxPt } from './olx-pt/source'
import { olxRo } from './olx-ro/source'
import { olxUa } from './olx-ua/source'
import { olxUz } from './olx-uz/source'
import { otodom } from './otodom/source'
import { otomoto } from './otomoto/source'
import type { Recognised, Source } from './source'

/** Every marketplace that Gleaner can read. */
export const sources: readonly Source[] = [olx, olxBg, olxBr, olxKz, olxPt, olxRo, olxUa, olxUz, otodom, otomoto]

export function sourceById(id: string): Source | null {
  return sources.find((source) => source.id === id) ?? null
}

/** By host name alone: an address with a port or a user name is not the site's own. */
export function sourceFor(url: URL): Source | null {
  const plain = /^https?:$/.test(url.protocol) && url.port === '' && url.username === '' && url.password === ''
  return plain ? (sources.find((source) => source.hosts.includes(url.hostname)) ?? null) : null
}

/** A whole link with its scheme, or a bare host with what follows it; a user name stays in it, and is refused later. */
const LINK = /[a-z][a-z\d+.-]{0,20}:\/\/[^\s<>"']{1,2000}|[\w.@-]{1,300}\.[a-z]{2,12}(?:[:/?#@][^\s<>"']{0,2000})?/gi

/**
 * The first link in `text` that a source knows, with what it is. Takes what people paste: without its scheme, with blanks
 * or words around it. Null when no link is of a marketplace that Gleaner reads.
 */
export function recogniseUrl(text: string): { source: Source; recognised: Recognised } | null {
  for (const [link] of text.slice(0, 10_000).matchAll(LINK)) {
    const found = recogniseLink(link.replace(/[.,;:!?)}\u2026]+$/, ''))
    if (found) return found
  }
  return null
}

function recogniseLink(link: string): { source: Source; recognised: Recognised } | null {
  const address = /^[a-z][a-z\d+.-]*:\/\//i.test(link) ? link : `https://${link}`
  if (!URL.canParse(address)) return null
  const url = new URL(address)
  const source = sourceFor(url)
  const recognised = source?.recognise(url) ?? null
  return source && recognised ? { source, recognised } : null
}
