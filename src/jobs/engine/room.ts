import type { Engine, Turn } from './turn'
import { widenTurn } from './widen-turn'

/** Parallel steps of one run that this process runs at a time, where no limit has room for fewer. */
const AT_A_TIME = 10

/** A turn's places among its limits for several steps at once. */
export type Room = {
  /** How many more may begin, of so many that would, while so many are at work. Throws `LeaseLost`. */
  readonly more: (running: number, waiting: number) => Promise<number>
  /** Gives back what those at work do not need. Throws `LeaseLost`. */
  readonly narrow: (running: number) => Promise<void>
}

/** Asks the limits anew after each `width` begins, so that who waits for a place is not passed by for long. */
export function createRoom(engine: Engine, turn: Turn): Room {
  let [width, asked, left] = [1, 0, 0]

  async function ask(running: number, wanted: number): Promise<void> {
    width = await widenTurn(engine, turn, { running, wanted })
    asked = wanted
    left = width
  }

  return {
    more: async (running, waiting) => {
      const wanted = Math.min(AT_A_TIME, running + waiting)
      if (wanted <= running) return 0
      if (left === 0 || width <= running || wanted > asked) await ask(running, wanted)
      const more = Math.min(left, width - running, wanted - running)
      left -= more
      return more
    },
    narrow: async (running) => {
      const wanted = Math.max(1, running)
      if (width > wanted) await ask(running, wanted)
    },
  }
}
