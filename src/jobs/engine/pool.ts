/** Places for runs that this process drives at a time. */
export type Pool = {
  /** Waits at most `ms` for a place; false when there was none, or the pool was closed meanwhile. */
  readonly enter: (ms: number) => Promise<boolean>
  readonly leave: () => void
  /** Nobody enters any more; resolves when the last has left, or after `ms`. */
  readonly close: (ms: number) => Promise<void>
}

const FIRST_PLACES = 2
const RAMP_MS = 50

/**
 * Opens with two places and adds one every 50 ms up to `places`: a process that has just started is slow, and with all
 * runs at once none would get a step done if it is killed again soon.
 */
export function createPool(places: number): Pool {
  let [open, taken, closed] = [Math.min(FIRST_PLACES, places), 0, false]
  const waiting: ((entered: boolean) => void)[] = []
  let onEmpty: () => void = () => undefined
  const ramp = setInterval(() => {
    if (open >= places) return clearInterval(ramp)
    open += 1
    admit()
  }, RAMP_MS).unref()

  function admit(): void {
    while (taken < open && waiting.length > 0) {
      taken += 1
      waiting.shift()?.(true)
    }
  }

  function enter(ms: number): Promise<boolean> {
    return new Promise((resolve) => {
      if (closed) return resolve(false)
      const answer = (entered: boolean) => {
        clearTimeout(timer)
        resolve(entered)
      }
      const timer = setTimeout(() => {
        waiting.splice(waiting.indexOf(answer), 1)
        resolve(false)
      }, ms)
      waiting.push(answer)
      admit()
    })
  }

  return {
    enter,
    leave: () => {
      taken -= 1
      admit()
      if (taken === 0) onEmpty()
    },
    close: (ms) => {
      closed = true
      clearInterval(ramp)
      for (const refuse of waiting.splice(0)) refuse(false)
      return taken === 0 ? Promise.resolve() : emptied(ms)
    },
  }

  function emptied(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms)
      onEmpty = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }
}
