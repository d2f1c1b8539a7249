import { RefusedAddress } from './guarded-connector'
import { type Answer, createOpener, type OpenerOptions } from './open-address'
import { readBody, TooLarge } from './read-body'
import type { Fetched, FetchRequest, Transport } from './transport'

const TOTAL_MS = 15_000
const MOST_BYTES = 8 * 1024 * 1024
const MOST_REDIRECTS = 5
const REDIRECTS = new Set([301, 302, 303, 307, 308])

export type TransportOptions = OpenerOptions & {
  readonly userAgent: string
  /** For tests: milliseconds for everything, instead of 15 s. */
  readonly totalMs?: number
}

type Asked = Pick<FetchRequest, 'mayFollow'> & {
  readonly headers: Record<string, string>
  readonly signal: AbortSignal
}
type Hop = { readonly url: URL; readonly answer: Answer; readonly hops: number }

/** A redirect led where the site's robots.txt lets nobody go. */
class ForbiddenByRobots extends Error {
  override readonly name = 'ForbiddenByRobots'
}

/**
 * The plain way to a page: HTTP(S) to public addresses only, every redirect checked anew (at most 5), 15 s in all, at
 * most 8 MiB after decompression. Never throws for what the network or the address does.
 */
export function createTransport(options: TransportOptions): Transport {
  const open = createOpener(options)

  const follow = async (url: URL, asked: Asked, hops = 0): Promise<Hop> => {
    const { headers, signal, mayFollow } = asked
    const answer = await open(url, { headers, signal })
    const location = REDIRECTS.has(answer.statusCode) ? firstOf(answer.headers.location) : undefined
    if (location === undefined) return { url, answer, hops }
    await answer.body.dump({ limit: 65_536, signal })
    if (hops >= MOST_REDIRECTS) throw new Error(`more than ${MOST_REDIRECTS} redirects`)
    const next = new URL(location, url)
    if (mayFollow && !(await mayFollow(next))) throw new ForbiddenByRobots(next.href)
    return follow(next, asked, hops + 1)
  }

  return {
    fetch: async (request) => {
      const signal = AbortSignal.timeout(options.totalMs ?? TOTAL_MS)
      try {
        const headers = headersOf(request, options.userAgent)
        return await answered(await follow(new URL(request.url), { ...request, headers, signal }))
      } catch (error) {
        return failed(error, signal)
      }
    },
  }
}

function headersOf(request: FetchRequest, userAgent: string): Record<string, string> {
  return {
    'user-agent': userAgent,
    accept: 'text/html,application/xhtml+xml,application/json;q=0.9,*/*;q=0.8',
    'accept-language': 'pl,en;q=0.7',
    'accept-encoding': 'gzip, br',
    ...(request.etag ? { 'if-none-match': request.etag } : {}),
    ...(request.lastModified ? { 'if-modified-since': request.lastModified } : {}),
  }
}

async function answered({ url, answer, hops }: Hop): Promise<Fetched> {
  const bytes = await readBody(answer.body, firstOf(answer.headers['content-encoding']), MOST_BYTES)
  const headers = Object.fromEntries(
    Object.entries(answer.headers).map(([name, value]) => [name, [value ?? ''].flat().join(', ')]),
  )
  return { kind: 'answered', status: answer.statusCode, url: url.href, headers, bytes, requests: hops }
}

function failed(error: unknown, signal: AbortSignal): Fetched {
  const detail = detailOf(error)
  if (error instanceof RefusedAddress) return { kind: 'failed', reason: 'refused_address', detail }
  if (error instanceof ForbiddenByRobots) return { kind: 'failed', reason: 'robots', detail: `redirected to ${detail}` }
  if (error instanceof TooLarge) return { kind: 'failed', reason: 'too_large', detail }
  return { kind: 'failed', reason: signal.aborted ? 'timeout' : 'network', detail }
}

function detailOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const code = 'code' in error && typeof error.code === 'string' ? `${error.code} ` : ''
  return `${code}${error.message}`.slice(0, 300)
}

function firstOf(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value
}
