import type { IncomingMessage, ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import type { Clock } from '../clock.ts'
import { plainHeaders, urlOf } from '../http.ts'
import { hash } from '../random.ts'
import { brokenPage, captchaPage, refusedPage } from './blocked-pages.ts'
import { answerWithSpite } from './hostile-answers.ts'
import { type HostKey, hostKey, type Mode, type Modes } from './modes.ts'
import { mutate } from './mutate.ts'
import type { Look, Page, Render } from './render.ts'
import type { RequestLog } from './request-log.ts'
import type { RobotsFiles } from './robots.ts'

/** The marketplace's one HTTP server: hosts are told apart by their Host header. */

export type Serving = {
  readonly clock: Clock
  readonly modes: Modes
  readonly robots: RobotsFiles
  readonly log: RequestLog
  readonly render: Render
  /** Changes whenever a page may. */
  readonly version: () => number
}

type Made = Page & { readonly etag: string; zipped?: Buffer }
type Headers = Record<string, string>

export function makeMarketHandler(serving: Serving) {
  const made = makeCache(serving)
  return async (request: IncomingMessage, response: ServerResponse) => {
    const url = urlOf(request)
    const host = siteOf(request.headers.host ?? '', url)
    const mode = serving.modes.take(host, url.pathname)
    const leave = serving.log.enter(host)
    response.once('close', () => leave())
    const status = await answer({ request, response, host, url, mode, robots: serving.robots, made })
    serving.log.add({
      host,
      path: url.pathname + url.search,
      method: request.method ?? 'GET',
      at: serving.clock.now(),
      status,
      headers: plainHeaders(request),
      mode: typeof mode === 'string' ? mode : mode.kind,
      retryAfter: typeof mode === 'object' && mode.kind === 'rate' ? mode.retryAfter : null,
    })
  }
}

/** A person who opens the world in a browser sends its own address as the host: then the path tells the site. */
function siteOf(header: string, url: URL): HostKey {
  const named = hostKey(header)
  if (named !== 'photos' || url.pathname.startsWith('/photo/')) return named
  return /^\/(osobowe|motocykle-i-quady|dostawcze|ciezarowe)(\/|$)/.test(url.pathname) ? 'otomoto.pl' : 'olx.pl'
}

type Exchange = {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly host: HostKey
  readonly url: URL
  readonly mode: Mode
  readonly robots: RobotsFiles
  readonly made: (host: HostKey, url: URL, look: Look, browser: boolean) => Made
}

/** Gives the status that was sent; 0 where there was none. */
async function answer(exchange: Exchange): Promise<number> {
  const { response, mode } = exchange
  if (mode === 'hang') return 0
  if (mode === 'blocked') return plain(response, 403, refusedPage(), { server: 'CloudFront' })
  if (mode === 'captcha200') return plain(response, 200, captchaPage(), {})
  if (mode === 'broken') return plain(response, 500, brokenPage(), {})
  if (exchange.url.pathname === '/robots.txt') {
    const { status, text } = exchange.robots.of(exchange.host)
    return plain(response, status, text, { 'content-type': 'text/plain' })
  }
  if (mode === 'gone') return plain(response, 404, '<html><title>404</title><h1>404</h1></html>', {})
  if (typeof mode === 'object') return special(exchange, mode)
  return send(exchange, lookOf(mode))
}

function lookOf(mode: Mode): Look {
  return mode === 'empty' || mode === 'changed' || mode === 'partial' ? mode : 'ok'
}

async function special(exchange: Exchange, mode: Exclude<Mode, string>): Promise<number> {
  const { response } = exchange
  switch (mode.kind) {
    case 'rate':
      return plain(response, 429, 'Too Many Requests', { 'retry-after': String(mode.retryAfter) })
    case 'redirect':
      return plain(response, 302, '', { location: mode.location })
    case 'huge':
      return plain(response, 200, `<html><title>huge</title>${' '.repeat(mode.bytes)}</html>`, {})
    case 'slow':
      await sleep(mode.ms)
      return send(exchange, 'ok')
    case 'hostile':
      return answerWithSpite(response, mode.spite, exchange.url.pathname + exchange.url.search)
    case 'mutated':
      return sendMutated(exchange, mode)
  }
}

function plain(response: ServerResponse, status: number, body: string, headers: Headers): number {
  const length = String(Buffer.byteLength(body))
  response.writeHead(status, { 'content-type': 'text/html; charset=utf-8', 'content-length': length, ...headers })
  response.end(body)
  return status
}

function send({ request, response, host, url, mode, made }: Exchange, look: Look): number {
  const browser = /Mozilla\//.test(request.headers['user-agent'] ?? '')
  const page = mode === 'stateless' ? withoutState(made(host, url, look, browser)) : made(host, url, look, browser)
  const headers: Headers = { 'content-type': page.type, etag: page.etag, vary: 'accept-encoding' }
  if (page.status === 200 && request.headers['if-none-match'] === page.etag) {
    response.writeHead(304, headers).end()
    return 304
  }
  if (mode === 'truncated' || mode === 'cut') return sendPart(response, page, headers, mode)
  const body = zippedWhenAccepted(request, page, headers)
  response.writeHead(page.status, { ...headers, 'content-length': String(body.length) })
  response.end(request.method === 'HEAD' ? undefined : body)
  return page.status
}

/** What the address saves is the same page less its state. */
function withoutState(page: Made): Made {
  const body = bytesOf(page)
    .toString('utf8')
    .replace(/<script[^>]*olx-init-config[\s\S]*?<\/script>/, '')
  return { status: page.status, type: page.type, body, etag: page.etag.replace('"', '"s') }
}

function sendMutated({ response, host, url, made }: Exchange, mode: Mutated): number {
  const page = mutate(made(host, url, 'ok', false), mode.how, mode.seed)
  const body = bytesOf(page)
  response.writeHead(page.status, { 'content-type': page.type, 'content-length': String(body.length) }).end(body)
  return page.status
}

type Mutated = Extract<Mode, { readonly kind: 'mutated' }>

function bytesOf(page: Page): Buffer {
  return typeof page.body === 'string' ? Buffer.from(page.body) : page.body
}

function zippedWhenAccepted(request: IncomingMessage, page: Made, headers: Headers): Buffer {
  const accepts = /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''))
  if (!accepts || page.type === 'image/png') return bytesOf(page)
  headers['content-encoding'] = 'gzip'
  page.zipped ??= gzipSync(bytesOf(page), { level: 4 })
  return page.zipped
}

function sendPart(response: ServerResponse, page: Made, headers: Headers, mode: 'truncated' | 'cut'): number {
  const whole = bytesOf(page)
  const half = whole.subarray(0, Math.floor(whole.length / 2))
  const said = mode === 'cut' ? half.length : whole.length
  response.writeHead(page.status, { ...headers, 'content-length': String(said) })
  if (mode === 'cut') response.end(half)
  else response.write(half, () => response.destroy())
  return page.status
}

/** A page is rendered and packed once for as long as nothing changes, however many ask. The day is in it: cards say "Dzisiaj". */
function makeCache(serving: Serving): Exchange['made'] {
  const cache = new Map<string, Made>()
  let stamp = ''
  return (host, url, look, browser) => {
    const now = `${serving.version()}/${serving.clock.now().toISOString().slice(0, 10)}`
    if (now !== stamp) cache.clear()
    stamp = now
    const key = `${host}${url.pathname}${url.search} ${look} ${browser}`
    const known = cache.get(key)
    if (known !== undefined) return known
    const page = serving.render(host, url, look, browser)
    const text = typeof page.body === 'string' ? page.body : page.body.toString('latin1')
    const fresh: Made = { ...page, etag: `"${hash(text).toString(16)}-${text.length}"` }
    cache.set(key, fresh)
    return fresh
  }
}
