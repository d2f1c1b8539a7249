import type { ServerResponse } from 'node:http'
import { createGzip, type Gzip, gzipSync } from 'node:zlib'

/** Answers that are made to hurt whoever reads them. */
export type Spite =
  /** 50 MB of page. */
  | 'huge'
  /** 1 MB that unpacks to 1 GB. */
  | 'bomb'
  /** To itself, and again. */
  | 'loop'
  /** A few bytes every tenth of a second, for ever. */
  | 'endless'
  /** As much as the line takes, for ever, packed. */
  | 'flood'
  /** Says UTF-8 and is UTF-16. */
  | 'charset'
  /** A feed whose entities grow a thousand million times. */
  | 'entities'
  /** JSON a million levels deep, in a state and as JSON-LD. */
  | 'deep'
  /** Just under what is taken, of elements within each other. */
  | 'nested'
  /** Just under what is taken, of adverts that are none. */
  | 'crowded'
  /** As many adverts as a page may have tags for. */
  | 'cards'
export const SPITES: readonly Spite[] = [
  ...([
    'huge',
    'bomb',
    'loop',
    'endless',
    'flood',
    'charset',
    'entities',
    'deep',
    'nested',
    'crowded',
    'cards',
  ] as const),
]

const MIB = 1024 * 1024
const HTML = { 'content-type': 'text/html; charset=utf-8' }

export function answerWithSpite(response: ServerResponse, spite: Spite, path: string): number {
  if (spite === 'loop') return end(response, 302, '', { location: path })
  if (spite === 'endless') return drip(response)
  if (spite === 'flood') return flood(response)
  if (spite === 'bomb') return end(response, 200, bomb(), { ...HTML, 'content-encoding': 'gzip' })
  const type = spite === 'entities' ? { 'content-type': 'application/rss+xml; charset=utf-8' } : HTML
  return end(response, 200, bodyOf(spite), type)
}

function end(response: ServerResponse, status: number, body: string | Buffer, headers: Record<string, string>): number {
  response.writeHead(status, { ...headers, 'content-length': String(Buffer.byteLength(body)) }).end(body)
  return status
}

function drip(response: ServerResponse): number {
  response.writeHead(200, HTML).write('<html><title>soon</title>')
  const timer = setInterval(() => response.write('<p>soon</p>'), 100)
  response.once('close', () => clearInterval(timer))
  return 200
}

function flood(response: ServerResponse): number {
  response.writeHead(200, { ...HTML, 'content-encoding': 'gzip' })
  const zip: Gzip = createGzip({ level: 1 })
  zip.pipe(response)
  const more = () => void zip.write(Buffer.alloc(MIB, '<p>more</p>'), () => response.destroyed || more())
  more()
  response.once('close', () => zip.destroy())
  return 200
}

const made = new Map<string, Buffer>()

/** Made once: what is measured is who reads it. */
function once(name: string, make: () => Buffer): Buffer {
  const known = made.get(name) ?? make()
  made.set(name, known)
  return known
}

function bomb(): Buffer {
  return once('bomb', () => {
    const block = gzipSync(Buffer.alloc(64 * MIB, ' '))
    // A gzip file may be many, one behind the other.
    return Buffer.concat(Array.from({ length: 16 }, () => block))
  })
}

type Written = Exclude<Spite, 'loop' | 'endless' | 'flood' | 'bomb'>

function bodyOf(spite: Written): Buffer {
  return once(spite, () => {
    switch (spite) {
      case 'huge':
        return Buffer.alloc(50 * MIB, '<p>more</p>')
      case 'charset':
        return Buffer.from(`<html><title>żółw</title>${'<p>Zażółć gęślą jaźń</p>'.repeat(50_000)}</html>`, 'utf16le')
      case 'entities':
        return Buffer.from(laughs())
      case 'deep':
        return Buffer.from(deep())
      case 'nested':
        return Buffer.from(filled('<div class="advert"><span><a href="/x">'))
      case 'cards':
        return Buffer.from(`<html><body>${Array.from({ length: 3900 }, (_, n) => product(n)).join('')}</body></html>`)
      case 'crowded':
        return Buffer.from(
          filled('<article itemscope itemtype="https://schema.org/Product"><a href="/x">x</a></article>'),
        )
    }
  })
}

/** Ten tags. */
function product(n: number): string {
  const offer = '<i itemprop="offers" itemscope itemtype="https://schema.org/Offer"><b itemprop="price">1</b></i>'
  const name = `<a itemprop="url" href="/thing/${n}"><b itemprop="name">thing</b></a>`
  return `<div itemscope itemtype="https://schema.org/Product">${name}${offer}</div>`
}

function laughs(): string {
  const names = [...'abcdefghij']
  const lines = names.map((name, n) => `<!ENTITY ${name} "${n === 0 ? 'ha' : `&${names[n - 1]};`.repeat(10)}">`)
  const entry = '<item><title>&j;</title><link>https://feed.example.org/entry/1-x</link><guid>1</guid></item>'
  return `<?xml version="1.0"?><!DOCTYPE rss [${lines.join('')}]><rss version="2.0"><channel><title>&j;</title>${entry.repeat(50)}</channel></rss>`
}

function deep(): string {
  const nest = `${'{"a":['.repeat(200_000)}1${']}'.repeat(200_000)}`
  const state = JSON.stringify(`{"listing":{"listing":{"ads":${'['.repeat(200_000)}`)
  return `<html><script type="application/ld+json">${nest}</script><script id="__NEXT_DATA__" type="application/json">${nest}</script>
<script id="olx-init-config">window.__PRERENDERED_STATE__= ${state};</script></html>`
}

function filled(part: string): string {
  return `<html><body>${part.repeat(Math.floor((8 * MIB - 100) / part.length))}`
}
