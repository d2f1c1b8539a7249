import type { Answer } from './answer'
import { ask } from './ask'
import { atWork, type Branches, hasUnripe, lookSoon, NEXT, NO_END_MS, pauseMs, waiting } from './branches'
import { ripen } from './ripen'
import { type Ending, type Ran, takeResults } from './take-results'
import type { Course } from './turn'

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
