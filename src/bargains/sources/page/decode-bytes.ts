import type { PageInput } from '../source'

/**
 * The page as UTF-8. Without a copy where it already is: markers are searched in the bytes, and only the member that is
 * needed ever becomes a string. Another charset is believed when a byte order mark or the content type names it.
 */
export function toUtf8({ bytes, headers }: Pick<PageInput, 'bytes' | 'headers'>): Buffer {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const charset = markedCharset(view) ?? /charset\s*=\s*"?([\w-]+)/i.exec(headers['content-type'] ?? '')?.[1]
  if (!charset || /^utf-?8$/i.test(charset)) return view
  return transcode(view, charset) ?? view
}

function markedCharset(view: Buffer): string | undefined {
  const mark = view.subarray(0, 2).toString('hex')
  return mark === 'fffe' ? 'utf-16le' : mark === 'feff' ? 'utf-16be' : undefined
}

function transcode(view: Buffer, charset: string): Buffer | null {
  try {
    return Buffer.from(new TextDecoder(charset).decode(view), 'utf8')
  } catch {
    // A charset that nobody knows says nothing: the bytes are read as they are.
    return null
  }
}

/** The first byte that is neither white space nor a byte order mark: `{` and `[` begin a JSON answer. */
export function beginsLikeJson(view: Buffer): boolean {
  return /^\uFEFF?\s*[[{]/.test(view.subarray(0, 256).toString('utf8'))
}
