import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { serve } from 'inngest/node'
import { afterEach } from 'vitest'
import type { JobClient } from '../client'

/** Serves the functions of clients with the SDK's own handler for Node, on loopback, until a test ends. */
export function createTestServers() {
  const servers = new Set<Server>()
  afterEach(async () => {
    for (const server of servers) {
      server.closeAllConnections()
      await new Promise((closed) => server.close(closed))
    }
    servers.clear()
  })
  return {
    /** Answers the address; `spoil` changes what is answered. */
    open: async (client: JobClient, spoil?: (body: string) => string): Promise<string> => {
      const handle = serve({ client, functions: client.funcs })
      const server = createServer((request, response) => {
        if (spoil) {
          const end = response.end.bind(response)
          response.end = (chunk?: unknown) => end(spoil(String(chunk ?? '')))
        }
        void handle(request, response)
      })
      servers.add(server)
      await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
      // A server that listens on a port has such an address.
      return `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/inngest`
    },
  }
}
