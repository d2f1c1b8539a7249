import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { type Duplex, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import {
  type Connect,
  guardConnector,
  plainConnect,
  RefusedAddress,
  type Resolve,
  resolveByDns,
} from './guarded-connector'
import { type Opener, type OpenerOptions, originsOf } from './open-address'
import { refusalOf } from './rules-address'

/** All of a browser's page goes through here: a proxy on loopback that opens public addresses and stand-ins alone. */
export type BrowserProxy = {
  readonly origin: string
  /** What was not opened, in order: `127.0.0.1: address 127.0.0.1`. */
  readonly refused: readonly string[]
  /** Bytes that came in, packed as they were sent. */
  readonly bytes: () => number
  /** More came than a page may bring; nothing more comes in. */
  readonly isFull: () => boolean
  readonly close: () => Promise<void>
}

export type ProxyOptions = OpenerOptions & { readonly open: Opener; readonly mostBytes: number }

/** Headers of one connection, which end at a proxy (RFC 9110, 7.6.1). */
const HOP = /^(connection|keep-alive|proxy-.*|te|trailer|transfer-encoding|upgrade)$/i

export async function startBrowserProxy(options: ProxyOptions): Promise<BrowserProxy> {
  const refused: string[] = []
  const sockets = new Set<Duplex>()
  const taken = { bytes: 0 }
  const ending = new AbortController()
  const isFull = () => taken.bytes > options.mostBytes
  const counting = () => countInto(taken, isFull)
  const note = (name: string, error: unknown) => {
    if (error instanceof RefusedAddress) refused.push(`${name}: ${error.message}`)
  }
  const server = createServer((request, response) => {
    forward(options.open, request, response, { signal: ending.signal, counting }).catch((error: unknown) => {
      note(hostIn(request.url), error)
      // No answer of ours: it would pass for the site's own.
      response.destroy()
    })
  })
  server.on('connection', (socket: Socket) => hold(sockets, socket))
  const connect = tunnelConnector(options)
  server.on('connect', (request: IncomingMessage, client: Duplex) => {
    openTunnel(connect, request.url ?? '', originsOf(options)).then(
      (upstream) => {
        hold(sockets, upstream)
        client.write('HTTP/1.1 200 Connection Established\r\n\r\n')
        pipeline(client, upstream).catch(() => upstream.destroy())
        pipeline(upstream, counting(), client).catch(() => client.destroy())
      },
      (error: unknown) => {
        note(hostIn(`https://${request.url}`), error)
        client.destroy()
      },
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // A server that listens on TCP has an address.
  const { port } = server.address() as AddressInfo
  return {
    ...{ refused, isFull, origin: `http://127.0.0.1:${port}` },
    bytes: () => taken.bytes,
    close: async () => {
      ending.abort()
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function hold(sockets: Set<Duplex>, socket: Duplex): void {
  sockets.add(socket)
  socket.once('close', () => sockets.delete(socket))
  // Whoever pipes it hears of the error; here it only must not end the process.
  socket.on('error', () => undefined)
}

function countInto(taken: { bytes: number }, isFull: () => boolean): Transform {
  return new Transform({
    transform(chunk: Buffer, _, done) {
      taken.bytes += chunk.length
      if (isFull()) done(new Error('more than a page may bring'))
      else done(null, chunk)
    },
  })
}

type Forwarding = { readonly signal: AbortSignal; readonly counting: () => Transform }

/** A plain request, by the same opener as the plain way. */
async function forward(
  open: Opener,
  request: IncomingMessage,
  response: ServerResponse,
  { signal, counting }: Forwarding,
): Promise<void> {
  const url = new URL(request.url ?? '')
  const hasBody = request.headers['content-length'] !== undefined || request.headers['transfer-encoding'] !== undefined
  const { host: _, ...headers } = withoutHop(request.headers)
  // A browser's methods are those that there are.
  const method = request.method as 'GET'
  const answer = await open(url, { method, headers, signal, ...(hasBody ? { body: request } : {}) })
  response.writeHead(answer.statusCode, withoutHop(answer.headers))
  await pipeline(answer.body, counting(), response)
}

function withoutHop(headers: IncomingMessage['headers']): Record<string, string | string[]> {
  const kept = Object.entries(headers).flatMap(([name, value]) =>
    value === undefined || HOP.test(name) ? [] : [[name, value] as const],
  )
  return Object.fromEntries(kept)
}

function tunnelConnector({ resolve = resolveByDns, connect = plainConnect }: { resolve?: Resolve; connect?: Connect }) {
  return guardConnector(resolve, connect)
}

/** TCP to port 443 of a public address: what goes through it is the browser's own TLS, which nobody here can read. */
function openTunnel(connect: Connect, target: string, mapped: ReadonlyMap<string, string>): Promise<Duplex> {
  return new Promise((resolve, reject) => {
    const url = new URL(`https://${target}`)
    const refusal = mapped.has(url.host) ? 'mapped hosts speak no TLS' : refusalOf(url)
    if (refusal !== null) return reject(new RefusedAddress(refusal))
    const { hostname } = url
    connect({ hostname, host: hostname, protocol: 'http:', port: '443' }, (error, socket) => {
      if (socket === null) reject(error ?? new Error(`${hostname} does not answer`))
      else resolve(socket)
    })
  })
}

function hostIn(address = ''): string {
  return URL.canParse(address) ? new URL(address).hostname : 'no address'
}
