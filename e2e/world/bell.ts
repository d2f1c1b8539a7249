/** How long is waited when a test does not say: a busy machine is slow, and a test that fails is rare. */
export const PATIENCE_MS = 20_000

/** Something happened: whoever waits looks again. */
export type Bell = {
  readonly ring: () => void
  /** Calls back at each ring; the answer stops it. */
  readonly listen: (heard: () => void) => () => void
  /** The first thing that `find` gives, now or after a later ring. Rejects after `timeoutMs`, saying what was awaited. */
  readonly until: <T>(find: () => T | undefined, timeoutMs: number, what: string) => Promise<T>
}

export function makeBell(): Bell {
  const listeners = new Set<() => void>()
  const listen = (heard: () => void) => {
    listeners.add(heard)
    return () => void listeners.delete(heard)
  }
  const until = <T>(find: () => T | undefined, timeoutMs: number, what: string) =>
    new Promise<T>((resolve, reject) => {
      // What `find` throws is its caller's fault, never that of whoever rang.
      const look = () => {
        try {
          const found = find()
          if (found === undefined) return
          stop()
          resolve(found)
        } catch (error) {
          stop()
          reject(error)
        }
      }
      const unlisten = listen(look)
      const timer = setTimeout(() => {
        stop()
        reject(new Error(`waited ${timeoutMs} ms for ${what}`))
      }, timeoutMs)
      const stop = () => {
        unlisten()
        clearTimeout(timer)
      }
      look()
    })
  return { ring: () => [...listeners].forEach((heard) => void heard()), listen, until }
}
