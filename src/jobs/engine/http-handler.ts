import { createHmac, timingSafeEqual } from 'node:crypto'
import { isRecord } from '../json'
import type { Handler, Reply } from './handler'

type HttpOptions = {
  /** Where the SDK's own handler is served. */
  readonly url: string
  /** Signs each call and checks each answer; without it neither is signed, as beside a dev server. */
  readonly signingKey?: string
  /** Milliseconds since 1970. */
  readonly clock?: () => number
}

const SIGNATURE = 'x-inngest-signature'
type Headers = Readonly<Record<string, string>>

/**
 * The SDK's request handler at an address, called as an Inngest server calls it (docs/SDK_SPEC.md of inngest/inngest,
 * "Signing"). A call throws where the handler refuses the signature, or its answer is not signed with the same key.
 */
export function createHttpHandler(options: HttpOptions): Handler {
  const { url } = options
  return {
    configs: () => call(options, 'PUT', new URL(url), JSON.stringify({ url }), { 'x-inngest-sync-kind': 'in_band' }),
    call: (functionId, stepId, body, trace) => {
      const address = new URL(url)
      address.search = new URLSearchParams({ fnId: functionId, stepId }).toString()
      return call(options, 'POST', address, body, { tracestate: trace })
    },
  }
}

async function call(options: HttpOptions, method: string, url: URL, body: string, more: Headers): Promise<Reply> {
  const { signingKey, clock = Date.now } = options
  const signature = signingKey && { [SIGNATURE]: sign(signingKey, canonical(JSON.parse(body)), clock()) }
  const headers = { 'content-type': 'application/json', ...more, ...signature }
  const response = await fetch(url, { method, body, headers }).catch((cause: unknown) => {
    throw new Error(`${url.origin} does not answer`, { cause })
  })
  const reply = {
    status: response.status,
    headers: Object.fromEntries(response.headers),
    body: await response.text(),
  }
  if (reply.status === 401) throw new Error(`${url.origin} refuses the call: its signature is wrong or too old`)
  if (signingKey && !isSigned(reply, signingKey))
    throw new Error(`the answer of ${url.origin} is not signed by our key`)
  return reply
}

function sign(key: string, text: string, now: number): string {
  const at = Math.floor(now / 1000)
  return `t=${at}&s=${digest(key, text, `${at}`)}`
}

function digest(key: string, text: string, at: string): string {
  return createHmac('sha256', key.replace(/^signkey-\w+-/, ''))
    .update(text + at)
    .digest('hex')
}

function isSigned({ headers, body }: Reply, key: string): boolean {
  const told = new URLSearchParams(headers[SIGNATURE] ?? '')
  const [given, own] = [Buffer.from(told.get('s') ?? ''), Buffer.from(digest(key, body, told.get('t') ?? ''))]
  return given.length === own.length && timingSafeEqual(given, own)
}

/** JSON with its keys in order (JCS, RFC 8785): over it the SDK reckons a call's signature. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (!isRecord(value)) return JSON.stringify(value)
  const keys = Object.keys(value).sort()
  return `{${keys.map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`).join(',')}}`
}
