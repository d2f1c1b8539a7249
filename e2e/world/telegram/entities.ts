import { badRequest, type Entity } from './wire.ts'

/** HTML as Telegram reads it: a few tags, four named entities, and a refusal for everything else. */

export type Formatted = { readonly text: string; readonly entities: readonly Entity[] }

const TYPES: Readonly<Record<string, string>> = {
  b: 'bold',
  strong: 'bold',
  i: 'italic',
  em: 'italic',
  u: 'underline',
  ins: 'underline',
  s: 'strikethrough',
  strike: 'strikethrough',
  del: 'strikethrough',
  a: 'text_link',
  code: 'code',
  pre: 'pre',
  blockquote: 'blockquote',
  span: 'spoiler',
  'tg-spoiler': 'spoiler',
  'tg-emoji': 'custom_emoji',
}

type Open = { readonly tag: string; readonly offset: number; readonly url: string | undefined }

function readHtml(html: string): Formatted {
  const entities: Entity[] = []
  const open: Open[] = []
  let text = ''
  for (const part of html.matchAll(/<[^>]*>?|&[^\s;<&]*;?|[^<&]+/g)) {
    const piece = part[0]
    if (piece.startsWith('&')) text += decodeEntity(piece)
    else if (!piece.startsWith('<')) text += piece
    else if (piece.startsWith('</')) entities.push(...close(open, piece, text, offsetOf(html, part.index)))
    else open.push(begin(piece, text.length, offsetOf(html, part.index)))
  }
  const left = open.at(-1)
  if (left !== undefined) throw unparsed(`Can't find end tag corresponding to start tag "${left.tag}"`)
  return { text, entities: entities.sort((a, b) => a.offset - b.offset) }
}

/** Without a parse mode the text is what it is. */
export function readText(text: string, parseMode: unknown): Formatted {
  if (parseMode === undefined || parseMode === null || parseMode === '') return { text, entities: [] }
  if (String(parseMode).toLowerCase() === 'html') return readHtml(text)
  throw badRequest('unsupported parse_mode')
}

function unparsed(why: string) {
  return badRequest(`can't parse entities: ${why}`)
}

function offsetOf(html: string, index: number): number {
  return Buffer.byteLength(html.slice(0, index))
}

function decodeEntity(piece: string): string {
  const named: Record<string, string> = { '&lt;': '<', '&gt;': '>', '&amp;': '&', '&quot;': '"' }
  const numeric = /^&#(x[0-9a-f]+|\d+);$/i.exec(piece)?.[1]
  if (numeric === undefined) return named[piece] ?? piece
  return String.fromCodePoint(numeric.startsWith('x') ? Number.parseInt(numeric.slice(1), 16) : Number(numeric))
}

function begin(piece: string, offset: number, byte: number): Open {
  if (!piece.endsWith('>')) throw unparsed(`Unclosed start tag at byte offset ${byte}`)
  const tag = (/^<([^\s>]*)/.exec(piece)?.[1] ?? '').toLowerCase()
  if (TYPES[tag] === undefined) throw unparsed(`Unsupported start tag "${tag}" at byte offset ${byte}`)
  if (tag === 'span' && !/class\s*=\s*["']?tg-spoiler/.test(piece)) {
    throw unparsed(`Tag "span" must have class "tg-spoiler" at byte offset ${byte}`)
  }
  const href = /\shref\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+))/i.exec(piece)
  const url = href?.[1] ?? href?.[2] ?? href?.[3]
  return { tag, offset, url: url?.replace(/&[^\s;&]*;/g, decodeEntity) }
}

function close(open: Open[], piece: string, text: string, byte: number): readonly Entity[] {
  const found = piece.slice(2).replace('>', '').trim().toLowerCase()
  const last = open.pop()
  if (last === undefined) throw unparsed(`Unexpected end tag at byte offset ${byte}`)
  if (found !== '' && found !== last.tag) {
    throw unparsed(`Unmatched end tag at byte offset ${byte}, expected "</${last.tag}>", found "</${found}>"`)
  }
  const length = text.length - last.offset
  if (length === 0) return []
  const type = last.tag === 'a' && last.url === undefined ? 'url' : (TYPES[last.tag] ?? '')
  return [{ type, offset: last.offset, length, ...(last.url === undefined ? {} : { url: last.url }) }]
}
