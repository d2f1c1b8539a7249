import type { IncomingMessage, RequestListener } from 'node:http'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import type { Connect } from './guarded-connector'
import { createTransport } from './guarded-fetch'
import { openTestSites } from './testing'

const HOSTILE = [
  'http://127.0.0.1/',
  'http://127.1/',
  'http://2130706433/',
  'http://0x7f000001/',
  'http://0177.0.0.1/',
  'http://①②⑦.⓪.⓪.①/',
  'http://0.0.0.0/',
  'http://10.0.0.5/',
  'http://172.16.3.4/',
  'http://192.168.1.1/',
  'http://169.254.169.254/latest/meta-data/',
  'http://100.100.100.200/',
  'http://168.63.129.16/',
  'http://198.18.0.1/',
  'http://224.0.0.1/',
  'http://255.255.255.255/',
  'http://[::1]/',
  'http://[::]/',
  'http://[::ffff:127.0.0.1]/',
  'http://[::ffff:a00:1]/',
  'http://[64:ff9b::7f00:1]/',
  'http://[2002:7f00:1::]/',
  // In no registry: outside of 2000::/3, though ipaddr.js calls them unicast.
  'http://[::7f00:1]/',
  'http://[4000::1]/',
  'http://[e000::1]/',
  'http://[fe80::1]/',
  'http://[fd00:ec2::254]/',
  'http://localhost/',
  'http://localhost./',
  'http://admin.localhost/',
  'http://metadata.google.internal/',
  'http://printer.local/',
  'http://intranet/',
  'http://example.com:22/',
  'http://user:secret@example.com/',
  'ftp://example.com/',
  'file:///etc/passwd',
  'gopher://example.com/',
  'javascript:alert(1)',
]

/** Names that look public and lead inside. */
const INNER: Readonly<Record<string, readonly string[]>> = {
  'rebound.example.com': ['127.0.0.1'],
  'half.example.com': ['93.184.216.34', '10.0.0.1'],
  'mapped.example.com': ['::ffff:192.168.0.1'],
  'six.example.com': ['fd12::1'],
  'metadata.example.com': ['169.254.169.254'],
}

function recording(addresses: Readonly<Record<string, readonly string[]>>) {
  const opened: string[] = []
  const asked: string[] = []
  const connect: Connect = (options, callback) => {
    opened.push(options.hostname)
    callback(new Error('not opened in a test'), null)
  }
  const resolve = async (name: string) => {
    asked.push(name)
    return addresses[name] ?? []
  }
  return { opened, asked, transport: createTransport({ origins: {}, userAgent: 'test', resolve, connect }) }
}

const serve = openTestSites()

async function marketTransport(listener: RequestListener, totalMs?: number) {
  const origin = await serve(listener)
  const transport = createTransport({ origins: { 'www.olx.pl': origin }, userAgent: 'Gleaner/test', totalMs })
  return { transport, origin }
}

describe('no request leaves for an address inside (SSRF)', () => {
  it.each(HOSTILE)('%s opens no connection', async (url) => {
    const { transport, opened } = recording(INNER)
    expect(await transport.fetch({ url })).toMatchObject({ kind: 'failed', reason: 'refused_address' })
    expect(opened).toEqual([])
  })

  it.each(Object.keys(INNER))('the name %s, which leads inside, opens no connection', async (name) => {
    const { transport, opened, asked } = recording(INNER)
    expect(await transport.fetch({ url: `https://${name}/` })).toMatchObject({ reason: 'refused_address' })
    expect([asked, opened]).toEqual([[name], []])
  })

  it('a public name is connected to by the very address that was checked', async () => {
    const { transport, opened, asked } = recording({ 'example.com': ['2606:2800:220:1::1', '93.184.216.34'] })
    expect(await transport.fetch({ url: 'https://example.com/' })).toMatchObject({ reason: 'network' })
    expect([asked, opened]).toEqual([['example.com'], ['93.184.216.34', '2606:2800:220:1::1']])
  })

  it.each(['http://127.0.0.1:1/', 'http://[::1]/', 'http://metadata.google.internal/', 'file:///etc/passwd'])(
    'a redirect to %s is refused',
    async (location) => {
      const { transport } = await marketTransport((_, response) => response.writeHead(302, { location }).end())
      expect(await transport.fetch({ url: 'https://www.olx.pl/' })).toMatchObject({ reason: 'refused_address' })
    },
  )

  it('the stand-in of a mapped host is not reachable by its own address', async () => {
    const { transport, origin } = await marketTransport((_, response) => response.end('inside'))
    expect(await transport.fetch({ url: `${origin}/` })).toMatchObject({ reason: 'refused_address' })
  })

  it('what is no address at all is a failure, not a throw', async () => {
    const { transport } = recording({})
    expect(await transport.fetch({ url: 'not an address' })).toMatchObject({ kind: 'failed' })
  })
})

describe('a fetch over the plain transport', () => {
  it('says who asks, keeps the Host header, and passes on what is known of the page', async () => {
    const asked: IncomingMessage[] = []
    const { transport } = await marketTransport((request, response) => {
      asked.push(request)
      response.writeHead(304, { etag: '"b"' }).end()
    })
    const answer = await transport.fetch({ url: 'https://www.olx.pl/rowery/?q=1', etag: '"a"', lastModified: 'Mon' })
    expect(answer).toMatchObject({ kind: 'answered', status: 304, headers: { etag: '"b"' } })
    expect(asked[0]?.url).toBe('/rowery/?q=1')
    expect(asked[0]?.headers).toMatchObject({
      host: 'www.olx.pl',
      'user-agent': 'Gleaner/test',
      'if-none-match': '"a"',
      'if-modified-since': 'Mon',
    })
  })

  it.each([
    ['gzip', gzipSync],
    ['br', brotliCompressSync],
  ] as const)('unpacks %s', async (encoding, pack) => {
    const { transport } = await marketTransport((_, response) =>
      response.writeHead(200, { 'content-encoding': encoding }).end(pack('zażółć')),
    )
    const answer = await transport.fetch({ url: 'https://www.olx.pl/' })
    expect(answer.kind === 'answered' && Buffer.from(answer.bytes).toString()).toBe('zażółć')
  })

  it.each(['identity', 'gzip'])('takes at most 8 MiB of %s content', async (encoding) => {
    const zeros = Buffer.alloc(8 * 1024 * 1024 + 1)
    const { transport } = await marketTransport((_, response) =>
      response.writeHead(200, { 'content-encoding': encoding }).end(encoding === 'gzip' ? gzipSync(zeros) : zeros),
    )
    expect(await transport.fetch({ url: 'https://www.olx.pl/' })).toMatchObject({ reason: 'too_large' })
  })

  it('stops when the whole takes too long, also within a dripping body', async () => {
    const { transport } = await marketTransport((_, response) => {
      const drip = setInterval(() => response.write('.'), 20)
      response.on('close', () => clearInterval(drip))
    }, 200)
    expect(await transport.fetch({ url: 'https://www.olx.pl/' })).toMatchObject({ reason: 'timeout' })
  })

  it('follows 5 redirects and not a sixth, and says where it ended', async () => {
    const { transport } = await marketTransport((request, response) => {
      const left = Number(request.url?.slice(1))
      if (left > 0) response.writeHead(301, { location: `/${left - 1}` }).end()
      else response.end('there')
    })
    const five = await transport.fetch({ url: 'https://www.olx.pl/5' })
    expect(five).toMatchObject({ kind: 'answered', url: 'https://www.olx.pl/0', requests: 5 })
    expect(await transport.fetch({ url: 'https://www.olx.pl/6' })).toMatchObject({ kind: 'failed', reason: 'network' })
  })

  it('a broken or unknown encoding is a failure', async () => {
    const { transport } = await marketTransport((request, response) =>
      response.writeHead(200, { 'content-encoding': request.url === '/odd' ? 'rot13' : 'gzip' }).end('plain'),
    )
    expect(await transport.fetch({ url: 'https://www.olx.pl/odd' })).toMatchObject({ reason: 'network' })
    expect(await transport.fetch({ url: 'https://www.olx.pl/' })).toMatchObject({ reason: 'network' })
  })
})
