import { once } from 'node:events'
import { connect, createServer, type Server, type Socket } from 'node:net'

/** A way to a database that can be closed and opened again, and may lead elsewhere each time. */
export type Gate = {
  /** `target` with the gate's address in it. */
  readonly url: (target: string) => string
  readonly open: () => Promise<void>
  /** Cuts all who are under way. */
  readonly close: () => Promise<void>
  /** Those who are under way hear nothing more, as if a firewall had forgotten them; who comes now gets through. */
  readonly silence: () => void
}

export function createGate(target: () => string): Gate {
  const sockets = new Set<Socket>()
  const server: Server = createServer((near) => {
    const { port, hostname } = new URL(target())
    const far = connect(Number(port), hostname)
    for (const [a, b] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(a)
      a.on('error', () => b.destroy()).on('close', () => sockets.delete(a) && b.destroy())
      a.pipe(b)
    }
  })
  let port = 0
  return {
    url: (of) => Object.assign(new URL(of), { port: String(port) }).href,
    open: async () => {
      await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
      const address = server.address()
      port = typeof address === 'object' && address ? address.port : 0
    },
    close: async () => {
      const closed = once(server, 'close')
      server.close()
      for (const socket of sockets) socket.destroy()
      await closed
    },
    silence: () => {
      for (const socket of sockets) socket.unpipe().pause()
    },
  }
}
