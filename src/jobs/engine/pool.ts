/** Places for runs that this process drives at a time. */
export type Pool = {
  /** Waits for a place; false when the pool was closed meanwhile. */
  readonly enter: () => Promise<boolean>
  readonly leave: () => void
  /** Nobody enters any more; resolves when the last has left, or after `ms`. */
  readonly close: (ms: number) => Promise<void>
}

export function createPool(places: number): Pool {
  let free = places
  let closed = false
  const waiting: ((entered: boolean) => void)[] = []
  let onEmpty: () => void = () => undefined
  return {
    enter: () => {
      if (closed) return Promise.resolve(false)
      if (free === 0) return new Promise((resolve) => waiting.push(resolve))
      free -= 1
      return Promise.resolve(true)
    },
    leave: () => {
      const next = waiting.shift()
      if (next) return next(true)
      free += 1
      if (free === places) onEmpty()
    },
    close: (ms) => {
      closed = true
      for (const refuse of waiting.splice(0)) refuse(false)
      if (free === places) return Promise.resolve()
      return new Promise((resolve) => {
        const timer = setTimeout(resolve, ms)
        onEmpty = () => {
          clearTimeout(timer)
          resolve()
        }
      })
    },
  }
}
