import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'

export type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>
export type Listening = { readonly port: number; readonly close: () => Promise<void> }

/** One HTTP server on loopback. Closing it drops every open connection, long polls and event streams too. */
export async function listen(handler: Handler, host: string, port: number): Promise<Listening> {
  const server = createServer((request, response) => {
    handler(request, response).catch((error: unknown) => answerError(response, error))
  })
  server.keepAliveTimeout = 60_000
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
  return { port: address.port, close }
}

/** A fault of the world itself must be seen, not taken for the site's own 500. */
function answerError(response: ServerResponse, error: unknown): void {
  const text = error instanceof Error ? `${error.message}\n${error.stack ?? ''}` : String(error)
  console.error(`world: ${text}`)
  if (response.headersSent) return void response.destroy()
  sendText(response, 599, `the world failed: ${text}`, 'text/plain; charset=utf-8')
}

export async function readBody(request: IncomingMessage, limit = 60_000_000): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk)
    size += bytes.length
    if (size > limit) throw new Error('body too large')
    chunks.push(bytes)
  }
  return Buffer.concat(chunks)
}

export function sendJson(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  sendText(response, status, JSON.stringify(body), 'application/json; charset=utf-8', headers)
}

export function sendText(
  response: ServerResponse,
  status: number,
  body: string | Buffer,
  type: string,
  headers: Record<string, string> = {},
): void {
  const bytes = typeof body === 'string' ? Buffer.from(body) : body
  response.writeHead(status, { 'content-type': type, 'content-length': String(bytes.length), ...headers })
  response.end(bytes)
}

/** The headers as a plain record, lower-case names, lists joined. */
export function plainHeaders(request: IncomingMessage): Record<string, string> {
  const plain: Record<string, string> = {}
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) plain[name] = Array.isArray(value) ? value.join(', ') : value
  }
  return plain
}

export function urlOf(request: IncomingMessage): URL {
  const path = request.url ?? '/'
  return new URL(path.startsWith('/') ? `http://world${path}` : path)
}

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]'])

/** The only hosts that the world may ever call. */
export function isLoopback(url: URL): boolean {
  return (url.protocol === 'http:' || url.protocol === 'https:') && LOOPBACK.has(url.hostname)
}
