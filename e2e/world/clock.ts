/** The world's time. It runs as `base` does, from wherever a test has moved it. */
export type Clock = {
  readonly now: () => Date
  readonly advance: (milliseconds: number) => void
  readonly set: (to: Date) => void
}

export function makeClock(base: () => Date = () => new Date()): Clock {
  let offset = 0
  return {
    now: () => new Date(base().getTime() + offset),
    advance: (milliseconds) => {
      offset += milliseconds
    },
    set: (to) => {
      offset = to.getTime() - base().getTime()
    },
  }
}
