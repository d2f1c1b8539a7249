import { availableParallelism } from 'node:os'
import type { Browser, BrowserServer } from 'playwright-core'

/** A Chromium that begins when it is needed, and ends when nobody has needed it for a while. */
export type BrowserPool = {
  /**
   * Runs `work` in what `open` opens in the browser; at most one for each core at a time, the others wait. A browser that
   * opens nothing any more has died, and is replaced by another, once.
   */
  readonly run: <Opened, T>(
    open: (browser: Browser) => Promise<Opened>,
    work: (opened: Opened) => Promise<T>,
  ) => Promise<T>
  /** Ends the browser by force: the next `run` begins another. */
  readonly kill: () => Promise<void>
  /** Of the browser that runs; null while none does. */
  readonly pid: () => number | null
  readonly close: () => Promise<void>
}

export type PoolOptions = {
  readonly executable: string
  readonly most?: number
  readonly idleMs?: number
}

const IDLE_MS = 30_000

/** Nothing may leave but through a page's own proxy: no lookups, no UDP, and a proxy that is none for all the rest. */
const ARGUMENTS = [
  '--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1',
  '--force-webrtc-ip-handling-policy=disable_non_proxied_udp',
  '--webrtc-ip-handling-policy=disable_non_proxied_udp',
  '--disable-quic',
  '--dns-prefetch-disable',
  '--disable-remote-fonts',
  '--blink-settings=imagesEnabled=false',
]
const NO_PROXY = 'http://127.0.0.1:9'

type Running = { readonly server: BrowserServer; readonly browser: Browser }

export function createBrowserPool({
  executable,
  most = availableParallelism(),
  idleMs = IDLE_MS,
}: PoolOptions): BrowserPool {
  const turns = createTurns(most)
  let running: Promise<Running> | null = null
  let pid: number | null = null
  let used = 0
  let idle: NodeJS.Timeout | undefined

  const begin = async (): Promise<Running> => {
    const started = await launch(executable)
    pid = started.server.process().pid ?? null
    started.server.once('close', () => {
      running = null
      pid = null
    })
    return started
  }
  const end = async (how: 'close' | 'kill') => {
    const ending = running
    running = null
    const started = await ending?.catch(() => null)
    await started?.server[how]()
  }
  const take = async (): Promise<Running> => {
    clearTimeout(idle)
    running ??= begin()
    try {
      return await running
    } catch (error) {
      running = null
      throw error
    }
  }
  const giveBack = () => {
    used--
    if (used > 0) return
    clearTimeout(idle)
    idle = setTimeout(() => void end('close'), idleMs)
    idle.unref()
  }

  const openIn = async <Opened>(open: (browser: Browser) => Promise<Opened>): Promise<Opened> => {
    const { browser } = await take()
    try {
      return await open(browser)
    } catch {
      await end('kill')
      return open((await take()).browser)
    }
  }

  return {
    run: (open, work) =>
      turns(async () => {
        used++
        try {
          return await work(await openIn(open))
        } finally {
          giveBack()
        }
      }),
    kill: () => end('kill'),
    pid: () => pid,
    close: () => {
      clearTimeout(idle)
      return end('kill')
    },
  }
}

/** As a program of its own, so that it can be ended by force; it ends by itself with the pipe to us. */
async function launch(executablePath: string): Promise<Running> {
  // Lies beside what is built, here and in the image: the bundler of the web is not to take it apart.
  const { chromium } = await import(/* turbopackIgnore: true */ 'playwright-core')
  const server = await chromium.launchServer({
    ...{ executablePath, args: ARGUMENTS, proxy: { server: NO_PROXY }, host: '127.0.0.1' },
    // Root has no sandbox to go into; anybody else's browser is in one or does not begin.
    chromiumSandbox: process.getuid?.() !== 0,
    // The process ends as it wants to, not as the library does.
    ...{ handleSIGINT: false, handleSIGTERM: false, handleSIGHUP: false },
  })
  try {
    return { server, browser: await chromium.connect(server.wsEndpoint()) }
  } catch (error) {
    await server.kill()
    throw error
  }
}

/** At most so many at a time, in the order in which they asked. */
function createTurns(most: number): <T>(work: () => Promise<T>) => Promise<T> {
  let free = most
  const waiting: (() => void)[] = []
  return async (work) => {
    if (free === 0) await new Promise<void>((resolve) => waiting.push(resolve))
    else free--
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      if (next) next()
      else free++
    }
  }
}
