import type { Answer } from './answer'
import { createFinder, type Finder } from './find-more'
import { createLanes, type Lanes } from './lanes'
import type { Memory, Pending } from './memory'
import { createRoom, type Room } from './room'
import type { Engine, Turn } from './turn'

/** The steps of one turn that run side by side. */
export type Branches = {
  readonly engine: Engine
  readonly turn: Turn
  readonly memory: Memory
  /** Whether another step may begin in this turn. */
  readonly mayBegin: () => boolean
  /** What is asked of the function: planned steps by their hashes, what is next by `NEXT`. */
  readonly lanes: Lanes<Answer>
  readonly room: Room
  readonly finder: Finder
  /** When to look for what has become ripe; by `performance.now()`. */
  lookAt: number
}

/** The key of the asking for what is next; all others are steps’ hashes. */
export const NEXT = 'step'
/** A sleep that begins, or a try that failed, is not looked after at once: mostly its siblings end before. */
const FIRST_LOOK_MS = 20
/** A place that others leave is found by asking. */
const FULL_PAUSE_MS = 1000
/** Nothing but the end of a step goes on: a timer can take no more. */
export const NO_END_MS = 2 ** 31 - 1

export function createBranches(engine: Engine, turn: Turn, memory: Memory, mayBegin: () => boolean): Branches {
  const lanes = createLanes<Answer>()
  const [room, finder] = [createRoom(engine, turn), createFinder(engine, turn, memory)]
  return { engine, turn, memory, mayBegin, lanes, room, finder, lookAt: performance.now() + FIRST_LOOK_MS }
}

export function lookSoon(branches: Branches): void {
  branches.lookAt = Math.min(branches.lookAt, performance.now() + FIRST_LOOK_MS)
}

export function atWork({ lanes }: Branches): number {
  return lanes.count() - (lanes.has(NEXT) ? 1 : 0)
}

/** Planned steps whose time has come, and that have no place yet. */
export function waiting({ memory, lanes }: Branches): readonly Pending[] {
  return [...memory.pending.values()].filter(({ hash, ripe, state }) => ripe && state === 'planned' && !lanes.has(hash))
}

export function hasUnripe({ memory }: Branches): boolean {
  return [...memory.pending.values()].some(({ ripe }) => !ripe)
}

/** Until there is something to do besides taking in what ends. */
export function pauseMs(branches: Branches): number {
  const { finder, lanes, lookAt, mayBegin } = branches
  if (!mayBegin()) return NO_END_MS
  const isFull = waiting(branches).length > 0
  const toLook = hasUnripe(branches) ? Math.max(0, lookAt - performance.now()) : NO_END_MS
  const toAsk = lanes.has(NEXT) ? NO_END_MS : (finder.inMs(isFull) ?? NO_END_MS)
  return Math.min(toLook, toAsk, isFull ? FULL_PAUSE_MS : NO_END_MS)
}
