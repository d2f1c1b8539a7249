import { readdirSync, readFileSync } from 'node:fs'
import type { IncomingMessage, RequestListener } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { type BrowserOptions, createBrowserTransport } from './browser-transport'
import { findBrowser } from './find-browser'
import type { Connect } from './guarded-connector'
import { openTestSites } from './testing'
import type { Fetched } from './transport'

const executable = findBrowser(process.env.GLEANER_BROWSER)
if (executable === null) process.stdout.write('no browser: the tests of the browser way are skipped\n')

const serve = openTestSites()
const opened: { close: () => Promise<void> }[] = []
afterEach(async () => {
  for (const way of opened.splice(0)) await way.close()
})

function open(options: Partial<BrowserOptions> = {}) {
  const way = createBrowserTransport({ origins: {}, userAgent: 'Gleaner/test (+me)', executable, ...options })
  opened.push(way)
  return way
}

async function site(listener: RequestListener, options: Partial<BrowserOptions> = {}) {
  const asked: IncomingMessage[] = []
  const origin = await serve((request, response) => {
    asked.push(request)
    response.setHeader('content-type', 'text/html; charset=utf-8')
    listener(request, response)
  })
  const way = open({ origins: { 'shop.example': origin }, ...options })
  return { asked, way, origin, paths: () => asked.map(({ url }) => url) }
}

/** A connector and a resolver that only write down what they were asked for. */
function recording(addresses: Readonly<Record<string, readonly string[]>>) {
  const connected: string[] = []
  const resolved: string[] = []
  const connect: Connect = (options, callback) => {
    connected.push(options.hostname)
    callback(new Error('not opened in a test'), null)
  }
  const resolve = async (name: string) => {
    resolved.push(name)
    return addresses[name] ?? []
  }
  return { connected, resolved, way: open({ resolve, connect }) }
}

const rendered = (answer: Fetched) =>
  answer.kind === 'answered' ? Buffer.from(answer.rendered ?? []).toString() : `${answer.reason}: ${answer.detail}`

function isAlive(pid: number): boolean {
  try {
    // A process that ended and was not waited for is a zombie.
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))
  } catch {
    return false
  }
}

/** Processes below one, as the system knows them; a zombie counts. */
function childrenOf(pid: number): readonly number[] {
  const all = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
  return all.map(Number).filter((other) => {
    try {
      return Number(/^PPid:\s+(\d+)/m.exec(readFileSync(`/proc/${other}/status`, 'utf8'))?.[1]) === pid
    } catch {
      return false
    }
  })
}

async function until(what: () => boolean): Promise<boolean> {
  for (let n = 0; n < 50 && !what(); n++) await sleep(100)
  return what()
}

describe.skipIf(executable === null)('a page by a real browser', { timeout: 60_000 }, () => {
  afterAll(() => {
    const left = childrenOf(process.pid).filter((pid) => /chrom/.test(nameOf(pid)))
    expect(left).toEqual([])
  })

  it.each(['http', 'https'])('over %s, its scripts have run, and it says who asks', async (scheme) => {
    const html = `<main></main><img src="/a.png"><script>fetch('/data').then((r) => r.text()).then((t) => document.querySelector('main').textContent = t)</script>`
    const { way, asked, paths } = await site((request, response) =>
      response.end(request.url === '/data' ? 'from a script' : html),
    )
    const answer = await way.fetch({ url: `${scheme}://shop.example/list?q=1` })
    expect(answer).toMatchObject({
      kind: 'answered',
      status: 200,
      url: `${scheme}://shop.example/list?q=1`,
      requests: 1,
    })
    expect(answer.kind === 'answered' && Buffer.from(answer.bytes).toString()).toBe(html)
    expect(rendered(answer)).toContain('<main>from a script</main>')
    expect(paths()).toEqual(['/list?q=1', '/data'])
    expect(asked[0]?.headers).toMatchObject({ host: 'shop.example' })
    expect(asked[0]?.headers['user-agent']).toMatch(/HeadlessChrome.* Gleaner\/test \(\+me\)$/)
  })

  it.each([
    ['http://127.0.0.1:9999/'],
    ['http://localhost/'],
    ['http://169.254.169.254/latest/meta-data/'],
    ['https://10.0.0.1/'],
    ['https://[::1]/'],
  ])('a redirect to %s is refused by the proxy', async (location) => {
    const { way } = await site((_, response) => response.writeHead(302, { location }).end())
    expect(await way.fetch({ url: 'http://shop.example/' })).toMatchObject({
      kind: 'failed',
      reason: 'refused_address',
    })
  })

  it('a page’s own scripts reach nothing inside', async () => {
    const inside = { asked: 0 }
    const origin = await serve((_, response) => {
      inside.asked++
      response.setHeader('access-control-allow-origin', '*').end('secret')
    })
    const tries = [
      origin,
      'http://127.0.0.1:22/',
      'http://[::1]/',
      'https://localhost/',
      'http://metadata.google.internal/',
    ]
    const script = `Promise.allSettled(${JSON.stringify(tries)}.map((u) => fetch(u, { mode: 'no-cors' }))).then((all) => { document.title = all.map(({ status }) => status).join() })`
    const { way } = await site((_, response) =>
      response.end(`<script>${script}</script><iframe src="${origin}"></iframe>`),
    )
    expect(rendered(await way.fetch({ url: 'http://shop.example/' }))).toContain(
      `<title>${tries.map(() => 'rejected')}</title>`,
    )
    expect(inside.asked).toBe(0)
  })

  it.each(['http', 'https'])('a name that leads inside opens no connection over %s', async (scheme) => {
    const { way, connected, resolved } = recording({ 'rebound.example.com': ['93.184.216.34', '127.0.0.1'] })
    const answer = await way.fetch({ url: `${scheme}://rebound.example.com/` })
    expect(answer).toMatchObject({ kind: 'failed', reason: 'refused_address' })
    expect([new Set(resolved), connected]).toEqual([new Set(['rebound.example.com']), []])
  })

  it('a public name is connected to by the very address that was checked', async () => {
    const { way, connected } = recording({ 'public.example.com': ['93.184.216.34'] })
    expect(await way.fetch({ url: 'https://public.example.com/' })).toMatchObject({ reason: 'network' })
    expect(new Set(connected)).toEqual(new Set(['93.184.216.34']))
  })

  it.each([
    ['a body that never ends', (response: { write: (text: string) => unknown }) => void response.write('<p>a')],
    [
      'a script that never ends',
      (response: { end: (text: string) => unknown }) => void response.end('<script>for(;;);</script>'),
    ],
  ])('%s is closed in time, and the next page is read', async (_, answer) => {
    const { way } = await site((request, response) => (request.url === '/' ? answer(response) : response.end('well')), {
      totalMs: 3_000,
    })
    const begun = Date.now()
    expect(await way.fetch({ url: 'http://shop.example/' })).toMatchObject({ kind: 'failed', reason: 'timeout' })
    expect(Date.now() - begun).toBeLessThan(15_000)
    expect(rendered(await way.fetch({ url: 'http://shop.example/next' }))).toContain('well')
  })

  it('more than 8 MiB of page are too many', async () => {
    const { way } = await site((_, response) => response.end(`<p>${'a'.repeat(9 * 1024 * 1024)}`))
    expect(await way.fetch({ url: 'http://shop.example/' })).toMatchObject({ kind: 'failed', reason: 'too_large' })
  })

  it('robots.txt counts for what the page asks of its own site, and for where it is sent', async () => {
    const html = `<script>fetch('/secret').catch(() => {}); fetch('/open')</script>`
    const { way, paths } = await site((request, response) => {
      if (request.url === '/away') response.writeHead(302, { location: '/secret' }).end()
      else response.end(html)
    })
    const mayFollow = async (url: URL) => url.pathname !== '/secret'
    await way.fetch({ url: 'http://shop.example/', mayFollow })
    expect(paths()).toEqual(['/', '/open'])
    expect(await way.fetch({ url: 'http://shop.example/away', mayFollow })).toMatchObject({ reason: 'robots' })
  })

  it('a page asks no more of its site than the host has room for', async () => {
    const html = `<script>for (let n = 0; n < 50; n++) fetch('/' + n).catch(() => {})</script>`
    const { way, paths } = await site((_, response) => response.end(html))
    expect(await way.fetch({ url: 'http://shop.example/', room: 7 })).toMatchObject({ requests: 7 })
    expect(paths()).toHaveLength(8)
  })

  it('a browser that is killed is a failed read, and the next one has another browser', async () => {
    const { way } = await site((request, response) => void (request.url === '/slow' || response.end('well')))
    await way.fetch({ url: 'http://shop.example/' })
    const first = way.pid()
    const slow = way.fetch({ url: 'http://shop.example/slow' })
    await sleep(500)
    process.kill(first ?? Number.NaN, 'SIGKILL')
    expect(await slow).toMatchObject({ kind: 'failed', reason: 'network' })
    expect(rendered(await way.fetch({ url: 'http://shop.example/' }))).toContain('well')
    expect(way.pid()).not.toBe(first)
    expect(await until(() => first !== null && !isAlive(first))).toBe(true)
  })

  it('an unused browser ends by itself, with all that it began', async () => {
    const { way } = await site((_, response) => response.end('well'), { idleMs: 300 })
    await way.fetch({ url: 'http://shop.example/' })
    const pid = way.pid() ?? Number.NaN
    const family = [pid, ...childrenOf(pid)]
    expect(family.length).toBeGreaterThan(1)
    expect(await until(() => family.every((one) => !isAlive(one)))).toBe(true)
    expect(way.pid()).toBeNull()
  })

  it('many pages at once share one browser, two for two cores', async () => {
    const open = { now: 0, most: 0 }
    const { way } = await site(async (_, response) => {
      open.most = Math.max(open.most, ++open.now)
      await sleep(300)
      open.now--
      response.end('well')
    })
    const all = await Promise.all(Array.from({ length: 5 }, (_, n) => way.fetch({ url: `http://shop.example/${n}` })))
    expect(all.map(({ kind }) => kind)).toEqual(Array(5).fill('answered'))
    expect(open.most).toBeLessThanOrEqual((await import('node:os')).availableParallelism())
  })
})

it('without a browser there is no such way, and it says so', async () => {
  const way = open({ executable: null })
  expect([way.isThere(), await way.fetch({ url: 'http://shop.example/' })]).toMatchObject([false, { kind: 'failed' }])
})

/** A zombie has a name, and no command line. */
function nameOf(pid: number): string {
  try {
    return /^Name:\s+(.*)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? ''
  } catch {
    return ''
  }
}
