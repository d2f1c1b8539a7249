import { inert, truncate } from '@/kernel/text'
import type { Span } from '../../message'
import { webUrl } from '../rules-address'

/** Telegram's own limits, counted in UTF-16 units of what is seen. https://core.telegram.org/bots/api#sendmessage */
export const TEXT_MAX = 4096
export const CAPTION_MAX = 1024

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => ESCAPES[sign] ?? sign)
}

/** One line, without control characters: a title cannot pretend to be the next line. */
export function oneLine(text: string): string {
  return inert(text).replace(/\s+/g, ' ').trim()
}

export type Line = readonly Span[]

/**
 * Cuts lines to at most `max` seen characters, newlines counted, before any tag is written: so what comes out is whole
 * HTML wherever the cut falls.
 */
export function cutLines(lines: readonly Line[], max: number): readonly Line[] {
  const kept: Line[] = []
  let left = max
  for (const line of lines) {
    const room = kept.length === 0 ? left : left - 1
    if (room <= 0) break
    const cut = cutLine(line, room)
    kept.push(cut)
    left = room - lengthOf(cut)
    if (lengthOf(cut) < lengthOf(line)) break
  }
  return kept
}

export function lengthOf(line: Line): number {
  return line.reduce((sum, span) => sum + span.text.length, 0)
}

function cutLine(line: Line, max: number): Line {
  const kept: Span[] = []
  let left = max
  for (const span of line) {
    if (left <= 0) break
    const text = truncate(span.text, left)
    kept.push({ ...span, text })
    left -= text.length
  }
  return kept
}

/** Spans as the HTML that Telegram reads; a link that is no web address stays plain text. */
export function lineToHtml(line: Line): string {
  return line.map(spanToHtml).join('')
}

function spanToHtml({ text, bold, struck, url }: Span): string {
  const href = url ? webUrl(url)?.href : undefined
  const plain = struck ? `<s>${escapeHtml(text)}</s>` : escapeHtml(text)
  const marked = bold ? `<b>${plain}</b>` : plain
  return href ? `<a href="${escapeHtml(href)}">${marked}</a>` : marked
}
