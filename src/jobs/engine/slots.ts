import type { Full, Place, Standing } from './rules-slots'
import { type AnySql, wakeAll } from './sql'

/** First key of the advisory locks on slots; any constant that nobody else uses. */
const LOCKS = 7_263_416

/** Keeps others from counting or leaving these lines until the transaction ends. Locked in one order, whoever asks. */
export async function lockSlots(tx: AnySql, slots: readonly string[]): Promise<void> {
  if (slots.length === 0) return
  await tx`
    select pg_advisory_xact_lock(${LOCKS}, lock)
    from (select distinct hashtext(slot) as lock from unnest(${[...slots]}::text[]) slot order by lock) locks`
}

/** A run that would begin, and the places that were kept for it. */
export type Waiter = {
  readonly runId: string
  readonly places: readonly Place[]
  readonly calledTo: string | null
  readonly keeps: string | null
}

/** How a run's places stand without itself; call under `lockSlots`. Places that are kept for those before it count. */
export async function readStandings(tx: AnySql, { runId, places }: Waiter): Promise<readonly Standing[]> {
  return tx<Standing>`
    select p.slot, w.id is not null as waiting, coalesce((w.order_at, w.id) < (me.order_at, me.id), false) as line, (
        (select coalesce(sum(h.width), 0) from job_runs h where h.state = 'running' and p.slot = any(h.slots))
        + (select count(*) from job_runs h where h.called_to = p.slot and h.state in ('queued', 'sleeping')
            and (h.order_at, h.id) < (me.order_at, me.id))
        + (select count(*) from job_runs h where h.keeps = p.slot and h.state in ('queued', 'sleeping') and h.id <> me.id)
      )::int as held
    from job_runs me, unnest(${places.map(({ slot }) => slot)}::text[]) p (slot) left join lateral (
      select w.order_at, w.id from job_runs w
      where w.blocked_on = p.slot and w.state in ('queued', 'sleeping') and w.id <> ${runId}
      order by w.order_at, w.id limit 1
    ) w on true where me.id = ${runId}`
}

/** Lets the run wait in the line of a full place, with the narrower one that it has; what else it had goes to others. */
export async function block(tx: AnySql, waiter: Waiter, full: Full): Promise<void> {
  const slots = waiter.places.map(({ slot }) => slot)
  await tx`
    update job_runs set blocked_on = ${full.slot}, called_to = null, keeps = ${full.keeps}, slots = ${slots}
    where id = ${waiter.runId} and state in ('queued', 'sleeping')`
  const given = [waiter.calledTo, waiter.keeps].filter((slot) => slot !== null && slot !== full.keeps)
  const free = full.free ? [full.slot] : []
  await wakeBlocked(tx, [...given.filter((slot) => slot !== full.slot), ...free])
}

/**
 * Calls the first in the line of each slot, and keeps a place for it until it is claimed; call under `lockSlots`, after
 * leaving the slot.
 */
export async function wakeBlocked(tx: AnySql, slots: readonly (string | null)[]): Promise<void> {
  if (slots.length === 0) return
  await tx`
    with r as (
      update job_runs set blocked_on = null, called_to = first.slot from (
        select s.slot, w.id from unnest(${[...slots]}::text[]) s (slot), lateral (
          select id from job_runs w where w.blocked_on = s.slot and w.state in ('queued', 'sleeping')
          order by w.order_at, w.id limit 1
        ) w
      ) first
      where job_runs.id = first.id returning job_runs.id, function_id, due_at
    ) ${wakeAll(tx)}`
}
