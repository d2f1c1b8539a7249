import { setImmediate as turn } from 'node:timers/promises'

/**
 * For long work in a process that others wait for: `await pace()` between its parts gives them their turn once `every`
 * milliseconds have passed since the last one.
 */
export function createPace(every = 20): () => Promise<void> {
  let since = performance.now()
  return async () => {
    if (performance.now() - since < every) return
    await turn()
    since = performance.now()
  }
}
