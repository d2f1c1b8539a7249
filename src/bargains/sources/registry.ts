import { hostName } from './any/read-query'
import { anyPage } from './any/source'
import { kleinanzeigen } from './kleinanzeigen/source'
import { marktplaats } from './marktplaats/source'
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
import { sprzedajemy } from './sprzedajemy/source'
import { vinted } from './vinted/source'
import { willhaben } from './willhaben/source'

/** Every marketplace that Gleaner knows by its hosts. */
export const marketplaces: readonly Source[] = [
  olx,
  olxBg,
  olxBr,
  olxKz,
  olxPt,
  olxRo,
  olxUa,
  olxUz,
  otodom,
  otomoto,
  kleinanzeigen,
  marktplaats,
  sprzedajemy,
  vinted,
  willhaben,
]

/** Everything that Gleaner can read; any page comes last, for what no marketplace claims. */
export const sources: readonly Source[] = [...marketplaces, anyPage]

export function sourceById(id: string): Source | null {
  return sources.find((source) => source.id === id) ?? null
}

/**
 * By host name alone: an address with a port or a user name is not the site's own. A public address of no marketplace is
 * any page.
 */
export function sourceFor(url: URL): Source | null {
  const plain = /^https?:$/.test(url.protocol) && url.port === '' && url.username === '' && url.password === ''
  if (!plain) return null
  const named = marketplaces.find((source) => source.hosts.includes(url.hostname))
  return named ?? (anyPage.recognise(url) ? anyPage : null)
}

/** What people call the site that an address is of: its marketplace's name, else its host. */
export function siteNameOf(sourceId: string, url: string): string {
  if (sourceId === anyPage.id && URL.canParse(url)) return hostName(new URL(url))
  return sourceById(sourceId)?.name ?? sourceId
}

/** A whole link with its scheme, or a bare host with what follows it; a user name stays in it, and is refused later. */
const LINK = /[a-z][a-z\d+.-]{0,20}:\/\/[^\s<>"']{1,2000}|[\w.@-]{1,300}\.[a-z]{2,12}(?:[:/?#@][^\s<>"']{0,2000})?/gi

type Found = { readonly source: Source; readonly recognised: Recognised }

/**
 * The first link in `text` that a marketplace knows, else the first that is any page, with what it is. Takes what people
 * paste: without its scheme, with blanks or words around it. Null when there is no link that Gleaner opens.
 */
export function recogniseUrl(text: string): Found | null {
  let page: Found | null = null
  for (const [link] of text.slice(0, 10_000).matchAll(LINK)) {
    const found = recogniseLink(link.replace(/[.,;:!?)}\u2026]+$/, ''))
    if (found && found.source !== anyPage) return found
    if (found && (link === text.trim() || SURELY_A_LINK.test(link))) page ??= found
  }
  return page
}

/** In a sentence a dot between two words makes no link. */
const SURELY_A_LINK = /^(https?:\/\/|www\.)/i

function recogniseLink(link: string): Found | null {
  const address = /^[a-z][a-z\d+.-]*:\/\//i.test(link) ? link : `https://${link}`
  if (!URL.canParse(address)) return null
  const url = new URL(address)
  const source = sourceFor(url)
  const recognised = source?.recognise(url) ?? null
  return source && recognised ? { source, recognised } : null
}
