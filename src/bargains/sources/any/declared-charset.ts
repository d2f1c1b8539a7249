import type { PageInput } from '../source'

/**
 * The page with the charset that it declares itself, for one whose server names none: `<meta charset>`, the same as
 * `http-equiv`, or the XML declaration. Bytes that are no UTF-8 and say nothing are what browsers take them for.
 */
export function withDeclaredCharset(page: PageInput): PageInput {
  if (/charset\s*=/i.test(page.headers['content-type'] ?? '')) return page
  const head = Buffer.from(page.bytes.buffer, page.bytes.byteOffset, Math.min(page.bytes.byteLength, 4096))
  const text = head.toString('latin1')
  const declared = META.exec(text)?.[1] ?? XML.exec(text)?.[1] ?? (isUtf8(page.bytes) ? null : 'windows-1252')
  return declared === null ? page : { ...page, headers: { ...page.headers, 'content-type': `charset=${declared}` } }
}

const META = /<meta\s[^<>]{0,300}?charset\s*=\s*["']?\s*([\w-]{2,40})/i
const XML = /^\s*(?:\u00ef\u00bb\u00bf)?<\?xml\s[^<>]{0,200}?encoding\s*=\s*["']([\w-]{2,40})/i

function isUtf8(bytes: Uint8Array): boolean {
  return !/\ufffd/.test(new TextDecoder('utf-8').decode(bytes.subarray(0, 256 * 1024 - 4)).slice(0, -2))
}
