/** Work of one turn that is under way at once, each by its key, which no two have. */
export type Lanes<Result> = {
  readonly has: (key: string) => boolean
  readonly count: () => number
  /** `work` must not reject. */
  readonly begin: (key: string, work: Promise<Result>) => void
  /** What has ended and was not taken yet; waits at most `ms` for the first. */
  readonly take: (ms: number) => Promise<ReadonlyMap<string, Result>>
}

export function createLanes<Result>(): Lanes<Result> {
  const open = new Set<string>()
  let ended = new Map<string, Result>()
  let wake: () => void = () => undefined

  function someEnd(ms: number): Promise<void> {
    return new Promise((resolve) => {
      // Work that hangs is no reason for a process to stay.
      const timer = setTimeout(resolve, ms).unref()
      wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }

  return {
    has: (key) => open.has(key),
    count: () => open.size,
    begin: (key, work) => {
      open.add(key)
      void work.then((result) => {
        ended.set(key, result)
        wake()
      })
    },
    take: async (ms) => {
      if (ended.size === 0) await someEnd(ms)
      const taken = ended
      ended = new Map()
      for (const key of taken.keys()) open.delete(key)
      return taken
    },
  }
}
