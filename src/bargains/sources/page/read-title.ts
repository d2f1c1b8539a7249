/** The text of the page's `<title>`; empty where there is none. */
export function titleOf(bytes: Buffer): string {
  const start = bytes.indexOf('<title')
  const title = start < 0 ? null : /^<title[^<>]*>\s*([^<]*)/.exec(bytes.toString('utf8', start, start + 2048))
  return title?.[1]?.trim() ?? ''
}

const NOT_FOUND = /^(404\b|strona nie została znaleziona|nie znaleziono strony|page not found|not found)/i

/** A page that calls itself not found: a saved page, or one sent on by a proxy, has lost its status. */
export function saysNotFound(bytes: Buffer): boolean {
  return NOT_FOUND.test(titleOf(bytes))
}
