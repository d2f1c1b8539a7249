import { setTimeout as sleep } from 'node:timers/promises'
import type { EmbeddedServer } from '@/db/embedded/server'

type Kept = {
  readonly isAlive: (server: EmbeddedServer) => boolean
  /** Starts another on the same port, where everybody has its address. */
  readonly startAgain: (port: number) => Promise<EmbeddedServer>
  readonly warn: (text: string) => void
}

const LOOK_MS = 500
const LONGEST_WAIT_MS = 30_000

/** Looks after a server until it is stopped: one that ends by itself, as when memory is short, is started again. */
export function keepServer(first: EmbeddedServer, { isAlive, startAgain, warn }: Kept): () => Promise<void> {
  const stopping = new AbortController()
  const { signal } = stopping
  const port = Number(new URL(first.url).port)
  let server = first
  const watch = watchOver()

  async function watchOver(): Promise<void> {
    for (let wait = LOOK_MS; await passes(wait, signal); ) wait = isAlive(server) ? LOOK_MS : await revive(wait)
  }

  /** Milliseconds until the next look. */
  async function revive(waited: number): Promise<number> {
    warn('PostgreSQL has ended by itself; it is started again')
    try {
      server = await startAgain(port)
      return LOOK_MS
    } catch (error) {
      warn(`PostgreSQL does not start: ${error instanceof Error ? error.message : error}`)
      return Math.min(waited * 2, LONGEST_WAIT_MS)
    }
  }

  return async () => {
    stopping.abort()
    await watch
    await server.stop()
  }
}

/** False as soon as it is stopped. */
async function passes(ms: number, signal: AbortSignal): Promise<boolean> {
  await sleep(ms, undefined, { signal, ref: false }).catch(() => undefined)
  return !signal.aborted
}
