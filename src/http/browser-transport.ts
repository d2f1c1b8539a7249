import { setTimeout as sleep } from 'node:timers/promises'
import type { Browser, BrowserContext, Page, Request, Response, Route } from 'playwright-core'
import { type BrowserPool, createBrowserPool } from './browser-pool'
import { type BrowserProxy, startBrowserProxy } from './browser-proxy'
import type { BrowserWay } from './browser-way'
import { createOpener, type Opener, type OpenerOptions, originsOf } from './open-address'
import type { Fetched, FetchRequest } from './transport'

export type BrowserOptions = OpenerOptions & {
  /** The product token with its contact, which stands after the browser's own name. */
  readonly userAgent: string
  /** Null: there is no browser here. */
  readonly executable: string | null
  /** For tests: milliseconds for a page, instead of 30 s; and until an unused browser ends. */
  readonly totalMs?: number
  readonly idleMs?: number
  /** Pages at once; by default one for each core. */
  readonly most?: number
}

const TOTAL_MS = 30_000
/** A page that goes on asking is looked at after this. */
const QUIET_MS = 5_000
const MOST_BYTES = 8 * 1024 * 1024
/** What a page brings in all, packed: its scripts are more than itself. */
const MOST_TRAFFIC = 32 * 1024 * 1024
const NOT_LOADED = new Set(['image', 'media', 'font', 'websocket', 'manifest', 'texttrack'])
/** Without word of how many requests the host has room for. */
const FEW = 20

/**
 * A page by a real browser that says who it is: Chromium's own name and ours. No images, fonts or media; all its traffic
 * goes through a proxy that opens what the plain way would open. Never throws for what the network or the page does.
 */
export function createBrowserTransport(options: BrowserOptions): BrowserWay & { readonly pid: () => number | null } {
  const { executable, idleMs, most } = options
  if (executable === null) {
    const none: Fetched = { kind: 'failed', reason: 'network', detail: 'there is no browser' }
    return { isThere: () => false, fetch: async () => none, close: async () => {}, pid: () => null }
  }
  const pool = createBrowserPool({ executable, idleMs, most })
  const open = createOpener(options)
  const totalMs = options.totalMs ?? TOTAL_MS
  let there = true
  return {
    isThere: () => there,
    longestMs: totalMs,
    pid: pool.pid,
    close: pool.close,
    fetch: async (request) => {
      try {
        return await visit(pool, { options, open, request, totalMs, until: Date.now() + totalMs })
      } catch (error) {
        // No driver beside this process, or a container that lets it have no sandbox: nobody need try again.
        if (isMissing(error) || /no usable sandbox/i.test(String(error))) there = false
        return { kind: 'failed', reason: 'network', detail: `the browser failed: ${firstLine(error)}` }
      }
    },
  }
}

type Visit = {
  readonly options: BrowserOptions
  readonly open: Opener
  readonly request: FetchRequest
  readonly totalMs: number
  /** The host is held until then: waiting for a turn and beginning the browser count, too. Epoch milliseconds. */
  readonly until: number
}

/** Milliseconds for a page to close before its browser is ended by force. */
const CLOSING_MS = 3_000

async function visit(pool: BrowserPool, to: Visit): Promise<Fetched> {
  const proxy = await startBrowserProxy({ ...to.options, open: to.open, mostBytes: MOST_TRAFFIC })
  try {
    const open = (browser: Browser) => newContext(browser, to.options, proxy)
    return await pool.run(open, (context) => lookInTime(pool, context, to, proxy))
  } finally {
    await proxy.close()
  }
}

async function lookInTime(
  pool: BrowserPool,
  context: BrowserContext,
  to: Visit,
  proxy: BrowserProxy,
): Promise<Fetched> {
  const over = new AbortController()
  const tooLong = sleep(Math.max(0, to.until - Date.now()), 'timeout' as const, { signal: over.signal }).catch(
    () => 'timeout' as const,
  )
  try {
    const answer = await Promise.race([look(context, to, proxy), tooLong])
    const closed = await Promise.race([context.close().then(() => true), sleep(CLOSING_MS, false)])
    if (!closed) await pool.kill()
    return answer === 'timeout' ? { kind: 'failed', reason: 'timeout', detail: 'the page did not end' } : answer
  } finally {
    over.abort()
  }
}

async function newContext(
  browser: Browser,
  { userAgent }: BrowserOptions,
  proxy: BrowserProxy,
): Promise<BrowserContext> {
  const major = browser.version().split('.')[0]
  return browser.newContext({
    proxy: { server: proxy.origin, bypass: '<-loopback>' },
    userAgent: `Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/${major}.0.0.0 Safari/537.36 ${userAgent}`,
    ...{ locale: 'pl-PL', acceptDownloads: false, serviceWorkers: 'block' },
  })
}

/** What is learned while a page loads. */
type Seen = { sameHost: number; forbidden: string | null }

async function look(context: BrowserContext, to: Visit, proxy: BrowserProxy): Promise<Fetched> {
  const seen: Seen = { sameHost: 0, forbidden: null }
  const page = await context.newPage()
  context.on('page', (popup) => void popup.close().catch(() => undefined))
  await context.route('**/*', (route) => decide(route, to, seen).catch(() => route.abort().catch(() => undefined)))
  page.on('request', (request) => void followed(request, page, to, seen))
  const more = () => ({ requests: Math.max(0, seen.sameHost - 1) })
  try {
    const response = await page.goto(to.request.url, { waitUntil: 'domcontentloaded', timeout: to.totalMs })
    await page.waitForLoadState('networkidle', { timeout: QUIET_MS }).catch(() => undefined)
    if (seen.forbidden !== null) return { ...forbidden(seen.forbidden), ...more() }
    if (response === null) return { kind: 'failed', reason: 'network', detail: 'no page came', ...more() }
    return { ...(await read(page, response)), ...more() }
  } catch (error) {
    return { ...failed(error, proxy, seen), ...more() }
  }
}

/** Which requests of a page leave: none for what nobody reads, none that robots.txt forbids, none beyond the host's room. */
async function decide(route: Route, { options, open, request: asked }: Visit, seen: Seen): Promise<void> {
  const request = route.request()
  const url = new URL(request.url())
  if (NOT_LOADED.has(request.resourceType())) return route.abort()
  const first = new URL(asked.url)
  if (url.hostname === first.hostname) {
    if (seen.sameHost > (asked.room ?? FEW)) return route.abort()
    if (seen.sameHost > 0 && (await isForbidden(url, asked))) return route.abort()
    seen.sameHost++
  }
  if (url.protocol === 'https:' && originsOf(options).has(url.host)) return fulfil(route, open, url)
  return route.continue()
}

async function isForbidden(url: URL, { mayFollow }: FetchRequest): Promise<boolean> {
  return mayFollow !== undefined && !(await mayFollow(url))
}

/** A stand-in speaks no TLS, so that its answer is brought here and handed over. */
async function fulfil(route: Route, open: Opener, url: URL): Promise<void> {
  const headers = await route.request().allHeaders()
  const plain = Object.fromEntries(
    Object.entries(headers).filter(([name]) => !/^(:|host$|accept-encoding$)/.test(name)),
  )
  const answer = await open(url, { headers: plain, signal: AbortSignal.timeout(TOTAL_MS) })
  const body = Buffer.from(await answer.body.arrayBuffer())
  const said = Object.entries(answer.headers).map(([name, value]) => [name, [value ?? ''].flat().join(', ')] as const)
  await route.fulfill({ status: answer.statusCode, headers: Object.fromEntries(said), body })
}

/** Redirects pass no route: where one of the page itself leads where robots.txt lets nobody go, the page ends. */
async function followed(request: Request, page: Page, { request: asked }: Visit, seen: Seen): Promise<void> {
  if (request.redirectedFrom() === null || !request.isNavigationRequest() || request.frame() !== page.mainFrame())
    return
  seen.sameHost++
  if (!(await isForbidden(new URL(request.url()), asked))) return
  seen.forbidden = request.url()
  await page.close().catch(() => undefined)
}

async function read(page: Page, response: Response): Promise<Fetched> {
  const size = await page.evaluate(sizeOfPage)
  if (size > MOST_BYTES) return { kind: 'failed', reason: 'too_large', detail: `more than ${MOST_BYTES} bytes` }
  const [bytes, rendered, headers] = [await response.body(), await page.content(), await response.allHeaders()]
  return {
    ...{ kind: 'answered', status: response.status(), url: page.url(), headers },
    bytes,
    rendered: Buffer.from(rendered),
  }
}

/** Runs in the page. Bytes of what came, and of what its scripts made of it, whichever is more. */
function sizeOfPage(): number {
  const [entry] = performance.getEntriesByType('navigation') as { decodedBodySize?: number }[]
  const { document } = globalThis as unknown as { document: { documentElement: { outerHTML: string } } }
  return Math.max(entry?.decodedBodySize ?? 0, document.documentElement.outerHTML.length)
}

function forbidden(url: string): Fetched {
  return { kind: 'failed', reason: 'robots', detail: `redirected to ${url}` }
}

function failed(error: unknown, proxy: BrowserProxy, seen: Seen): Fetched {
  if (seen.forbidden !== null) return forbidden(seen.forbidden)
  const [refused] = proxy.refused
  if (refused !== undefined) return { kind: 'failed', reason: 'refused_address', detail: refused }
  if (proxy.isFull()) return { kind: 'failed', reason: 'too_large', detail: `more than ${MOST_TRAFFIC} bytes` }
  const detail = firstLine(error)
  return { kind: 'failed', reason: /Timeout/.test(detail) ? 'timeout' : 'network', detail }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND'
}

function firstLine(error: unknown): string {
  return (
    String(error instanceof Error ? error.message : error)
      .split('\n')[0]
      ?.slice(0, 300) ?? ''
  )
}
