import { placesFor } from './flow'
import { patiently } from './patience'
import { widthFor } from './rules-slots'
import { lockSlots, readStandings, wakeBlocked } from './slots'
import { type Engine, LeaseLost, type Turn } from './turn'

/** Steps of a run: so many are at work, and so many would be. */
type Width = { readonly running: number; readonly wanted: number }

/**
 * Takes places for `wanted` steps of this run at a time, as far as its limits have room, or gives back those beyond; those
 * at work keep theirs. Answers how many it has; at least the one by which it runs. Throws `LeaseLost`.
 */
export async function widenTurn(engine: Engine, turn: Turn, width: Width): Promise<number> {
  if (turn.slots.length === 0) return width.wanted
  return patiently(engine, () => setWidth(engine, turn, width))
}

function setWidth({ sql }: Engine, turn: Turn, { running, wanted }: Width): Promise<number> {
  const { runId, leaseId, fn, event, slots } = turn
  return sql.begin(async (tx) => {
    await lockSlots(tx, slots)
    const [own] = await tx<{ width: number }>`
      select width from job_runs where id = ${runId} and lease_id = ${leaseId} for update`
    if (!own) throw new LeaseLost()
    const places = placesFor(fn, JSON.parse(event))
    const standings = await readStandings(tx, { runId, places, calledTo: null, keeps: null })
    const width = Math.max(running, widthFor(places, standings, { width: own.width, wanted }))
    if (width !== own.width) await tx`update job_runs set width = ${width} where id = ${runId}`
    if (width < own.width) await wakeBlocked(tx, slots)
    return width
  })
}
