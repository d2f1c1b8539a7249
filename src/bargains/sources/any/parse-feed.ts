import { XMLParser } from 'fast-xml-parser'
import { sameSite } from '../page/clean-url'
import { judgeList } from '../page/judge-items'
import { makePage } from '../page/make-page'
import { asArray, asObject, type JsonObject } from '../page/read-json'
import { tellCut } from '../page/tell-cut'
import type { ParsedPage } from '../source'
import { mapEntry } from './map-entry'
import { attribute, linkTo, textOf } from './read-xml'

const LESS = 0x3c
const MOST_TAGS = 200_000
const HEAD = 4096

/** Whether bytes are a feed: RSS 2.0 or 0.9x, RSS 1.0 (RDF) or Atom. */
export function isFeed(bytes: Buffer): boolean {
  const head = bytes.toString('latin1', 0, HEAD).replace(/^(?:\u00ef\u00bb\u00bf)?\s*/, '')
  return head.startsWith('<') && /<(?:rss|feed|(?:rdf:)?RDF)[\s>]/.test(head) && !/<html[\s>]/i.test(head)
}

/** No entity is expanded, no DTD is read, and a feed has as many tags as a feed has. */
const parser = new XMLParser({
  ...{ ignoreAttributes: false, attributeNamePrefix: '@', removeNSPrefix: false, cdataPropName: '#cdata' },
  ...{ parseTagValue: false, parseAttributeValue: false, trimValues: true, processEntities: false, maxNestedTags: 60 },
  ...{ ignoreDeclaration: true, ignorePiTags: true },
  stopNodes: ['feed.entry.content', 'feed.entry.summary'],
})

/** A feed → a judged page. Its entries are its adverts; what names a price in its title has that price. */
export function parseFeed(bytes: Buffer, url: string): ParsedPage {
  const refused = whyRefused(bytes)
  if (refused !== null) return makePage('any', 'feed', 'changed', { variant: 'feed', reason: refused })
  const root = parseXml(bytes)
  if (root === null) return makePage('any', 'feed', 'changed', { variant: 'feed', reason: 'no well-formed XML' })
  const found = findEntries(root)
  if (!found) return makePage('any', 'feed', 'changed', { variant: 'feed', reason: 'XML without a channel or a feed' })
  const { variant, entries, holder, base } = found
  const where = base === null || !URL.canParse(base, url) ? url : new URL(base, url).href
  const next = sameSite(linkTo(holder, 'next'), url)
  if (entries.length === 0) return noEntries(bytes, variant)
  const judged = tellCut(
    judgeList(entries, (entry) => mapEntry(entry, where)),
    bytes,
  )
  return makePage('any', 'feed', judged.verdict, { ...judged, variant, next })
}

function whyRefused(bytes: Buffer): string | null {
  if (/<!(?:DOCTYPE|ENTITY)/i.test(bytes.toString('latin1', 0, 64 * 1024))) return 'a feed with a DTD'
  if (bytes.includes('<!DOCTYPE') || bytes.includes('<!ENTITY')) return 'a feed with a DTD'
  let tags = 0
  for (let i = bytes.indexOf(LESS); i >= 0; i = bytes.indexOf(LESS, i + 1)) {
    if (++tags > MOST_TAGS) return 'a feed of more tags than any feed has'
  }
  return null
}

function parseXml(bytes: Buffer): JsonObject | null {
  try {
    return asObject(parser.parse(bytes.toString('utf8').replace(/^\ufeff/, '')))
  } catch {
    // The parser tells a broken document by throwing; the page's verdict tells it to people.
    return null
  }
}

/** A feed that was cut before its first entry is not one without entries. */
function noEntries(bytes: Buffer, variant: string): ParsedPage {
  const whole = /<\/(?:rss|feed|(?:rdf:)?RDF)\s*>|<feed\s[^<>]*\/>/.test(
    bytes.toString('latin1', Math.max(0, bytes.length - HEAD)),
  )
  return makePage('any', 'feed', whole ? 'empty' : 'changed', {
    variant,
    reason: whole ? null : 'the feed is cut short',
  })
}

type Found = {
  readonly variant: string
  readonly entries: readonly unknown[]
  readonly holder: unknown
  readonly base: string | null
}

function findEntries(root: JsonObject): Found | null {
  const feed = root.feed
  if (feed !== undefined) return { variant: 'atom', entries: listOf(feed, 'entry'), holder: feed, base: baseOf(feed) }
  const channel = asObject(root.rss)?.channel
  if (channel !== undefined) {
    return {
      variant: 'rss-2',
      entries: listOf(channel, 'item'),
      holder: channel,
      base: textOf(asObject(channel)?.link),
    }
  }
  const rdf = root['rdf:RDF'] ?? root.RDF
  if (rdf === undefined) return null
  return { variant: 'rss-1', entries: listOf(rdf, 'item'), holder: rdf, base: null }
}

function listOf(holder: unknown, name: string): readonly unknown[] {
  const value = asObject(holder)?.[name]
  return value === undefined ? [] : (asArray(value) ?? [value])
}

function baseOf(feed: unknown): string | null {
  return attribute(feed, 'xml:base')
}
