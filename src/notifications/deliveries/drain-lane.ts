import { setTimeout as sleep } from 'node:timers/promises'
import type { Lane } from './claim-deliveries'
import { claimInTurn } from './claim-in-turn'
import { deliverMessage, type OutboxDeps } from './deliver-message'
import { paceOf } from './rules-pace'
import { type Ear, stayAwake } from './stay-awake'

/** A run stays for what becomes due this soon, and looks this often for what was written meanwhile. */
const PATIENCE_MS = 5000
const LOOK_MS = 200
const GATHER_MS = 10
/** Then it hands over to a new run, so that no run outlives what its host allows. */
const RUN_MS = 20_000

/**
 * Sends all that is due in a lane, chats in parallel. Stays while something is under way or due within seconds, for a
 * chat's pace is shorter than a sweep; meanwhile this process's news of the lane come here. Answers whether more waits.
 */
export async function drainLane(
  deps: OutboxDeps,
  lane: Lane,
  runMs = RUN_MS,
): Promise<{ sent: number; more: boolean }> {
  const ear = stayAwake(deps.db, lane)
  try {
    return await drain(deps, lane, ear, performance.now() + runMs)
  } finally {
    ear.close()
  }
}

async function drain(deps: OutboxDeps, lane: Lane, ear: Ear, end: number): Promise<{ sent: number; more: boolean }> {
  const { atOnce, flow } = paceOf(lane.kind)
  const underWay = new Set<Promise<void>>()
  const room = () => {
    ear.listen()
    return atOnce - underWay.size
  }
  for (let sent = 0; ; ) {
    const { claimed, nextAt } = await claimInTurn(deps, lane, room)
    const now = deps.clock()
    sent += claimed.length
    for (const delivery of claimed) track(underWay, deliverMessage(deps, delivery))
    const soon = nextAt !== null && nextAt.getTime() - now.getTime() < PATIENCE_MS
    if (underWay.size === 0 && !soon) return { sent, more: ear.close() }
    if (performance.now() > end) return finish(underWay, sent, ear, soon)
    const ends = flow ? whenAllEnd(underWay) : underWay
    if (underWay.size >= atOnce) await makeRoom(underWay)
    else await pause([ear.news(), ...ends], soon && nextAt ? nextAt.getTime() - now.getTime() : LOOK_MS)
  }
}

function track(underWay: Set<Promise<void>>, work: Promise<unknown>): void {
  const tracked: Promise<void> = work.then(
    () => void underWay.delete(tracked),
    (error) => {
      underWay.delete(tracked)
      throw error
    },
  )
  underWay.add(tracked)
}

async function finish(underWay: ReadonlySet<Promise<void>>, sent: number, ear: Ear, soon: boolean) {
  await Promise.all(underWay)
  return { sent, more: ear.close() || soon }
}

/** What ends in the same moment is made good by one claim, not by one each. */
async function makeRoom(underWay: ReadonlySet<Promise<void>>): Promise<void> {
  await Promise.race(underWay)
  await sleep(GATHER_MS)
}

/** Where time gives the pace, the end of one message makes no room for another. */
function whenAllEnd(underWay: ReadonlySet<Promise<void>>): readonly Promise<unknown>[] {
  return underWay.size === 0 ? [] : [Promise.all(underWay)]
}

/** Until something happens, the next slot comes, or it is time to look again. */
async function pause(ends: Iterable<Promise<unknown>>, ms: number): Promise<void> {
  const timer = new AbortController()
  const wait = sleep(Math.min(LOOK_MS, Math.max(ms, 5)), undefined, { signal: timer.signal }).catch(() => undefined)
  await Promise.race([wait, ...ends])
  timer.abort()
}
