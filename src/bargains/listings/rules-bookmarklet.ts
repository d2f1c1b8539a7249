/** What a bookmarklet and the page that it opens say to each other. */
export const READY = 'gleaner:ready'
const PAGE = 'gleaner:page'

/** UTF-16 units; a page that is longer than a fetch may bring is not read. */
export const MOST_LETTERS = 8 * 1024 * 1024

export type HandedPage = { readonly url: string; readonly html: string }

/**
 * The bookmark: opens Gleaner at `origin` and, once that window says from that origin that it is ready, hands it the address
 * and the text of the page that it was clicked on. It holds no key; `origin` alone is told.
 */
export function bookmarkletFor(origin: string): string {
  const [own, ready, page] = [origin, READY, PAGE].map((text) => JSON.stringify(text))
  const code = `(()=>{const o=${own},w=open(o+'/push','gleaner-push');if(!w)return;
addEventListener('message',function f(e){if(e.origin!==o||e.source!==w||e.data!==${ready})return;
removeEventListener('message',f);w.postMessage({type:${page},url:location.href,html:document.documentElement.outerHTML},o)})})()`
  return `javascript:${encodeURIComponent(code.replaceAll('\n', ''))}`
}

/**
 * The page in a message, or null where it is none of ours: it must be of the very site that sent it, so that no page hands
 * over another's.
 */
export function readHanded(data: unknown, origin: string): HandedPage | null {
  if (data === null || typeof data !== 'object' || !('type' in data) || data.type !== PAGE) return null
  // Anything may be in it: both are looked at next.
  const { url, html } = data as { readonly url?: unknown; readonly html?: unknown }
  if (typeof url !== 'string' || typeof html !== 'string' || html.length > MOST_LETTERS) return null
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) return null
  return new URL(url).origin === origin ? { url, html } : null
}
