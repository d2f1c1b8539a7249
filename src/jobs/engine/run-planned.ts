import type { Answer } from './answer'
import { ask } from './ask'
import { createFinder, type Finder } from './find-more'
import { createLanes, type Lanes } from './lanes'
import type { Memory, Pending } from './memory'
import { ripen } from './ripen'
import { createRoom, type Room } from './room'
import { type Ending, type Ran, takeResults } from './take-results'
import type { Course, Engine, Turn } from './turn'

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

const NEXT = 'step'
/** A sleep that begins, or a try that failed, is not looked after at once: mostly its siblings end before. */
const FIRST_LOOK_MS = 20
/** A place that others leave is found by asking. */
const FULL_PAUSE_MS = 1000
/** Nothing but the end of a step goes on: a timer can take no more. */
const NO_END_MS = 2 ** 31 - 1

export function createBranches(engine: Engine, turn: Turn, memory: Memory, mayBegin: () => boolean): Branches {
  const lanes = createLanes<Answer>()
  const [room, finder] = [createRoom(engine, turn), createFinder(engine, turn, memory)]
  return { engine, turn, memory, mayBegin, lanes, room, finder, lookAt: performance.now() + FIRST_LOOK_MS }
}

/**
 * Runs planned steps side by side, each by its own request and stored by itself, until none is at work. None waits for
 * another: who has ended makes room for the next, and the function is asked what follows, while its siblings run on. A
 * run that ends, or whose turn fails, does so once they have ended, too.
 */
export async function runPlanned(branches: Branches): Promise<Course> {
  let ending: Ending | null = null
  for (;;) {
    ending ??= await orFault(() => beginMore(branches))
    if (branches.lanes.count() === 0) break
    const ended = await branches.lanes.take(ending ? NO_END_MS : pauseMs(branches))
    const over = await orFault(() => takeIn(branches, ended))
    ending ??= over
  }
  if (!ending) {
    await branches.room.narrow(0)
    return 'on'
  }
  await ending()
  return 'over'
}

/** A fault must not leave the siblings alone: the next turn would run them a second time meanwhile. */
async function orFault(work: () => Promise<Ending | null>): Promise<Ending | null> {
  try {
    return await work()
  } catch (error) {
    return () => Promise.reject(error)
  }
}

async function beginMore(branches: Branches): Promise<null> {
  const { mayBegin, finder, lanes } = branches
  if (!mayBegin()) return null
  await lookAround(branches)
  await fill(branches)
  const isDue = finder.inMs(waiting(branches).length > 0) === 0
  if (isDue && lanes.count() > 0 && !lanes.has(NEXT)) lanes.begin(NEXT, finder.ask())
  return null
}

async function lookAround(branches: Branches): Promise<void> {
  const { engine, turn, memory, lanes, finder } = branches
  if (!hasUnripe(branches) || performance.now() < branches.lookAt) return
  const before = memory.order.length
  const inMs = await ripen(engine, turn, memory, lanes.has)
  branches.lookAt = performance.now() + inMs
  if (memory.order.length > before) finder.note()
}

async function fill(branches: Branches): Promise<void> {
  const { engine, turn, memory, lanes, room } = branches
  const steps = waiting(branches)
  const more = await room.more(atWork(branches), steps.length)
  for (const { hash, attempt } of steps.slice(0, more)) lanes.begin(hash, ask(engine, turn, memory, hash, attempt))
}

async function takeIn(branches: Branches, ended: ReadonlyMap<string, Answer>): Promise<Ending | null> {
  const { engine, turn, memory, finder } = branches
  const ran = [...ended].flatMap(([hash, answer]): readonly Ran[] => {
    const step = memory.pending.get(hash)
    return step ? [{ step, answer }] : []
  })
  const ending = await takeResults(engine, turn, memory, ran)
  if (ran.length > 0) {
    finder.note()
    lookSoon(branches)
  }
  const found = ended.get(NEXT)
  if (found && !ending) await beginFound(branches, found)
  return ending
}

async function beginFound(branches: Branches, found: Answer): Promise<void> {
  const { mayBegin, finder, room } = branches
  if (!mayBegin()) return
  if (await finder.begin(found)) lookSoon(branches)
  else if (waiting(branches).length === 0) await room.narrow(atWork(branches))
}

function lookSoon(branches: Branches): void {
  branches.lookAt = Math.min(branches.lookAt, performance.now() + FIRST_LOOK_MS)
}

function atWork({ lanes }: Branches): number {
  return lanes.count() - (lanes.has(NEXT) ? 1 : 0)
}

/** Planned steps whose time has come, and that have no place yet. */
function waiting({ memory, lanes }: Branches): readonly Pending[] {
  return [...memory.pending.values()].filter(({ hash, ripe, state }) => ripe && state === 'planned' && !lanes.has(hash))
}

function hasUnripe({ memory }: Branches): boolean {
  return [...memory.pending.values()].some(({ ripe }) => !ripe)
}

/** Until there is something to do besides taking in what ends. */
function pauseMs(branches: Branches): number {
  const { finder, lanes, lookAt, mayBegin } = branches
  if (!mayBegin()) return NO_END_MS
  const isFull = waiting(branches).length > 0
  const toLook = hasUnripe(branches) ? Math.max(0, lookAt - performance.now()) : NO_END_MS
  const toAsk = lanes.has(NEXT) ? NO_END_MS : (finder.inMs(isFull) ?? NO_END_MS)
  return Math.min(toLook, toAsk, isFull ? FULL_PAUSE_MS : NO_END_MS)
}
