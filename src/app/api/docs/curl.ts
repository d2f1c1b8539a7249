import type { Operation } from './document'
import { sampleOf } from './schema-rows'

/** A call that works once it has a key and ids of the reader's own: `GLEANER_KEY` holds the key. */
export function curlOf(base: string, { method, path, parameters, body }: Operation): string {
  const filled = parameters.reduce(
    (url, { name, in: where, schema }) =>
      where === 'path' ? url.replace(`{${name}}`, String(sampleOf(schema ?? {}, name))) : url,
    path,
  )
  const query = parameters
    .filter(({ in: where, required }) => where === 'query' && required)
    .map(({ name, schema }) => `${name}=${encodeURIComponent(String(sampleOf(schema ?? {}, name)))}`)
  const parts = [
    `curl${method === 'GET' ? '' : ` -X ${method}`} '${base}${filled}${query.length > 0 ? `?${query.join('&')}` : ''}'`,
    `-H "Authorization: Bearer $GLEANER_KEY"`,
  ]
  if (body) parts.push(`-H 'Content-Type: application/json'`, `-d '${JSON.stringify(sampleOf(body))}'`)
  return parts.join(' \\\n  ')
}
