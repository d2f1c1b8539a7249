import { beforeRequests } from './before-requests'

/**
 * Next answers 500 to a path whose percent signs make no text. Each such part is read as the letters that it is, so that
 * the page, or the interface, says in its own words that there is no such thing.
 */
export function mendPath(): void {
  beforeRequests('mend-path', (request) => {
    if (request.url?.includes('%')) request.url = withTextOnly(request.url)
  })
}

/** What follows the question mark is read by URLSearchParams, which takes anything. */
function withTextOnly(url: string): string {
  const [path = '', ...query] = url.split('?')
  return [path.split('/').map(mendPart).join('/'), ...query].join('?')
}

function mendPart(part: string): string {
  try {
    decodeURIComponent(part)
    return part
  } catch {
    // URIError: no UTF-8, or a percent sign by itself.
    return part.replaceAll('%', '%25')
  }
}
