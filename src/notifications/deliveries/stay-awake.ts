import type { JobEvent } from '@/accounts/context'
import type { Database } from '@/db/client'
import type { Lane } from './claim-deliveries'

/** The ear of a lane that is being drained: new rows need no run of their own, only another look. */
export type Ear = {
  /** What is written from now on is news again; what was written before is seen by the claim that follows. */
  readonly listen: () => void
  /** Resolves at the next news. */
  readonly news: () => Promise<void>
  /** Stops listening and answers whether there is news. Whoever calls this must look again if so: nobody else will. */
  readonly close: () => boolean
}

type Heard = { news: PromiseWithResolvers<void>; any: boolean }

const ears = new WeakMap<Database, Map<string, Heard>>()

/** Hears what this process writes for the lane. Of two drains of one lane the later one hears. */
export function stayAwake(db: Database, lane: Lane): Ear {
  const lanes = ears.get(db) ?? new Map<string, Heard>()
  ears.set(db, lanes)
  const key = laneKey(lane)
  const heard: Heard = { news: Promise.withResolvers(), any: false }
  lanes.set(key, heard)
  return {
    listen: () => {
      if (!heard.any) return
      heard.any = false
      heard.news = Promise.withResolvers()
    },
    news: () => heard.news.promise,
    close: () => {
      if (lanes.get(key) === heard) lanes.delete(key)
      return heard.any
    },
  }
}

/**
 * The events that still need a run: not those for a lane that this process drains, which look at its rows now. Should the
 * process die, its run is taken over and finds the same rows.
 */
export function withoutAwake(db: Database, events: readonly JobEvent[]): readonly JobEvent[] {
  const lanes = ears.get(db)
  return lanes ? events.filter((event) => !tellLane(lanes, event)) : events
}

function tellLane(lanes: ReadonlyMap<string, Heard>, { name, data }: JobEvent): boolean {
  const heard = name === 'delivery/due' ? lanes.get(String(data.lane)) : undefined
  if (!heard) return false
  heard.any = true
  heard.news.resolve()
  return true
}

function laneKey({ workspaceId, kind }: Lane): string {
  return `${workspaceId}/${kind}`
}
