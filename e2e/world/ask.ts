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

/** An answer of the Bot API. */
export type BotAnswer = {
  readonly ok: boolean
  readonly result?: unknown
  readonly error_code?: number
  readonly description?: string
  readonly parameters?: { readonly retry_after?: number; readonly migrate_to_chat_id?: number }
}

/** One call as a bot makes it. */
export async function callBot(
  telegram: { readonly origin: string; readonly token: string },
  method: string,
  params: object = {},
): Promise<BotAnswer> {
  const response = await fetch(`${telegram.origin}/bot${telegram.token}/${method}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(params),
  })
  return (await response.json()) as BotAnswer // every answer of the Bot API has this shape
}
