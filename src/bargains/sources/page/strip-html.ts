import { asSound } from './read-json'

const NAMED: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  ndash: '–',
  mdash: '—',
  hellip: '…',
  bull: '•',
  euro: '€',
  deg: '°',
  oacute: 'ó',
  Oacute: 'Ó',
}

/** The site's HTML of a description → plain text with its line breaks; null when nothing is left. */
export function stripHtml(value: unknown): string | null {
  if (typeof value !== 'string') return null
  const text = asSound(withoutTags(value))
    .split('\n')
    .map(trimEnd)
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
  return text === '' ? null : text
}

/** `[^<>]` and not `[^>]`: a text of opening brackets alone must not cost the square of its length. */
function withoutTags(html: string): string {
  const text = html
    .replace(/\r\n?|\n/g, '\n')
    .replace(/<br\s*\/?>\n?|<\/(?:p|li|ul|ol|div|h\d|tr)>/gi, '\n')
    .replace(/<li[^<>]*>/gi, '• ')
    .replace(/<\/?[a-z][^<>]*>|<!--[^<>]*-->/gi, '')
  return text.includes('&') ? text.replace(/&(#x?[0-9a-f]{1,6}|[a-z]{2,8});/gi, decodeEntity) : text
}

function trimEnd(line: string): string {
  return line.trimEnd()
}

function decodeEntity(whole: string, name: string): string {
  if (!name.startsWith('#')) return Object.hasOwn(NAMED, name) ? (NAMED[name] ?? whole) : whole
  const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number.parseInt(name.slice(1), 10)
  return code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff) ? String.fromCodePoint(code) : whole
}
