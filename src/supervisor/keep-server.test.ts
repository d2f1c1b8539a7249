import { describe, expect, it, vi } from 'vitest'
import type { EmbeddedServer } from '@/db/embedded/server'
import { keepServer } from './keep-server'

function serverOf(pid: number, stopped: number[]): EmbeddedServer {
  const url = 'postgres://gleaner@127.0.0.1:5999/gleaner'
  return { url, adminUrl: url, pid, adopted: false, stop: async () => void stopped.push(pid) }
}

describe('keepServer', () => {
  it('starts a server that ended again, on its port, and stops the newest one', async () => {
    const [dead, stopped, ports, warned] = [new Set<number>(), [] as number[], [] as number[], [] as string[]]
    const stop = keepServer(serverOf(1, stopped), {
      isAlive: ({ pid }) => !dead.has(pid),
      startAgain: async (port) => serverOf(ports.push(port) + 1, stopped),
      warn: (text) => warned.push(text),
    })
    dead.add(1)
    await vi.waitFor(() => expect(ports).toEqual([5999]), 5000)
    await stop()
    expect(stopped).toEqual([2])
    expect(warned).toEqual(['PostgreSQL has ended by itself; it is started again'])
  })

  it('tells why a server does not start, and tries again', async () => {
    const [stopped, warned] = [[] as number[], [] as string[]]
    let tries = 0
    const stop = keepServer(serverOf(1, stopped), {
      isAlive: ({ pid }) => pid !== 1,
      startAgain: async () => {
        tries += 1
        if (tries === 1) throw new Error('no space left on device')
        return serverOf(2, stopped)
      },
      warn: (text) => warned.push(text),
    })
    await vi.waitFor(() => expect(tries).toBe(2), 8000)
    await stop()
    expect(warned).toContain('PostgreSQL does not start: no space left on device')
    expect(stopped).toEqual([2])
  })

  it('leaves a server that lives alone', async () => {
    const stopped: number[] = []
    const startAgain = vi.fn()
    const stop = keepServer(serverOf(1, stopped), { isAlive: () => true, startAgain, warn: () => undefined })
    await stop()
    expect(startAgain).not.toHaveBeenCalled()
    expect(stopped).toEqual([1])
  })
})
