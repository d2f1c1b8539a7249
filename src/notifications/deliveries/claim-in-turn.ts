import { setTimeout as sleep } from 'node:timers/promises'
import type { Deps } from '@/accounts/context'
import type { Database } from '@/db/client'
import type { ChannelKind } from '../channels/table'
import { type Claim, claimDeliveries, type Lane } from './claim-deliveries'
import { paceOf } from './rules-pace'

type Turn = { last: Promise<unknown>; openAt: number }

/** The rows hold the truth for all processes; this only keeps one process from queueing with itself. */
const turns = new WeakMap<Database, Map<ChannelKind, Turn>>()
/** Nobody waits longer for a provider without asking again: its next slot may have been moved. */
const MOST_WAIT_MS = 200

/**
 * Claims for a lane, one lane of a provider at a time and in the order of asking, and not before the provider has room.
 * Else all lanes would ask for each free slot, each with a connection in hand to wait for the others, and the scan would
 * find none. `room`: how many the lane has a place for, when its turn comes.
 */
export function claimInTurn(deps: Pick<Deps, 'db' | 'clock'>, lane: Lane, room: () => number): Promise<Claim> {
  if (paceOf(lane.kind).flow === null) return claimDeliveries(deps.db, lane, deps.clock(), room())
  const turn = turnOf(deps.db, lane.kind)
  const claim = turn.last.then(() => claimOnceOpen(deps, lane, room, turn))
  // A failure is its caller's, and the next turn comes all the same.
  turn.last = claim.catch(() => undefined)
  return claim
}

function turnOf(db: Database, kind: ChannelKind): Turn {
  const kinds = turns.get(db) ?? new Map<ChannelKind, Turn>()
  turns.set(db, kinds)
  const turn = kinds.get(kind) ?? { last: Promise.resolve(), openAt: 0 }
  kinds.set(kind, turn)
  return turn
}

async function claimOnceOpen(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  lane: Lane,
  room: () => number,
  turn: Turn,
): Promise<Claim> {
  const wait = turn.openAt - clock().getTime()
  if (wait > 0) await sleep(Math.min(wait, MOST_WAIT_MS))
  const claim = await claimDeliveries(db, lane, clock(), room())
  turn.openAt = claim.openAt.getTime()
  return claim
}
