export const ENCODINGS = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1250', 'windows-1252'] as const
export type Encoding = (typeof ENCODINGS)[number]

const SAMPLE = 65_536

/** In which encoding a file of text is written, by its mark, its zero bytes, and the letters that it would have; null: it is no text. */
export function sniffEncoding(bytes: Uint8Array): Encoding | null {
  const [first, second] = bytes
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  if (first === 0xfe && second === 0xff) return 'utf-16be'
  const head = bytes.subarray(0, SAMPLE)
  if (head.includes(0)) return wideEncoding(head)
  if (isBinary(head)) return null
  return isUtf8(bytes) ? 'utf-8' : westOrCentre(bytes)
}

/** The text without its byte order mark. Bytes that the encoding does not know become U+FFFD. */
export function decodeText(bytes: Uint8Array, encoding: Encoding): string {
  return new TextDecoder(encoding).decode(bytes)
}

/** Latin text in UTF-16 has a zero in every other byte, and all of them on one side. */
function wideEncoding(head: Uint8Array): Encoding | null {
  const zeros = [0, 0]
  for (const [at, byte] of head.entries()) if (byte === 0) zeros[at % 2] = (zeros[at % 2] ?? 0) + 1
  const [even = 0, odd = 0] = zeros
  const half = head.length / 2
  if (odd > half * 0.6 && even === 0) return 'utf-16le'
  return even > half * 0.6 && odd === 0 ? 'utf-16be' : null
}

/** Control characters that no text has. */
function isBinary(head: Uint8Array): boolean {
  return head.some((byte) => byte < 9 || (byte > 13 && byte < 32 && byte !== 0x1a && byte !== 0x1b))
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return true
  } catch {
    return false
  }
}

const POLISH = /[ąćęłńśźżĄĆĘŁŃŚŹŻ]/g
const WESTERN = /[àâãåæèêëìîïñõøùûœÀÂÃÅÆÈÊËÌÎÏÑÕØÙÛŒ]/g
/** What ą, ł, ż, Ą and Ł of windows-1250 look like in windows-1252: signs that stand within no word. */
const MISREAD = /(?<=\p{L})[¹³¿]|[¹³¿¥£Œ\u008f\u009f](?=\p{L})/gu

/** Nothing but letters tells the two apart; where they do not either, it is windows-1250: both read the rest the same. */
function westOrCentre(bytes: Uint8Array): Encoding {
  const western = decodeText(bytes, 'windows-1252')
  if (count(western, MISREAD) > 0) return 'windows-1250'
  return count(western, WESTERN) > count(decodeText(bytes, 'windows-1250'), POLISH) ? 'windows-1252' : 'windows-1250'
}

function count(text: string, what: RegExp): number {
  return text.match(what)?.length ?? 0
}
