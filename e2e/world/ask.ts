import { type IncomingHttpHeaders, request } from 'node:http'
import { gunzipSync } from 'node:zlib'

/** One request to the marketplace as the app makes it: to the world's origin, with the site's own name as Host. */

export type Answer = {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  /** Unpacked. */
  readonly bytes: Buffer
  readonly text: string
}

export function ask(origin: string, address: string, headers: Record<string, string> = {}): Promise<Answer> {
  const url = new URL(address)
  return new Promise((resolve, reject) => {
    const sent = request(
      `${origin}${url.pathname}${url.search}`,
      { headers: { host: url.host, ...headers } },
      (got) => {
        const chunks: Buffer[] = []
        got.on('data', (chunk: Buffer) => void chunks.push(chunk))
        got.on('error', reject)
        got.on('end', () => {
          const raw = Buffer.concat(chunks)
          const bytes = got.headers['content-encoding'] === 'gzip' ? gunzipSync(raw) : raw
          resolve({ status: got.statusCode ?? 0, headers: got.headers, bytes, text: bytes.toString() })
        })
      },
    )
    sent.on('error', reject)
    sent.end()
  })
}
