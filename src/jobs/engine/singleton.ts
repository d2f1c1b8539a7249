import type { Candidate } from './admit-run'
import { cancelRuns } from './cancel-runs'
import { lockRates } from './rates'
import type { AnySql } from './sql'
import type { SkipReason } from './table'

/**
 * Of the runs that would begin, those that must not, because one of their key is open (mode skip); in mode cancel the open
 * one is cancelled instead, and of several new ones the last begins.
 */
export async function claimSingletons(
  tx: AnySql,
  candidates: readonly Candidate[],
  gone: ReadonlyMap<Candidate, SkipReason>,
): Promise<ReadonlyMap<Candidate, SkipReason>> {
  const asking = candidates.filter((candidate) => candidate.run.singleton !== null && !gone.has(candidate))
  // The rows are locks here: nothing is counted in them.
  await lockRates(
    tx,
    asking.map(({ run }) => run.singleton),
  )
  const skipped = new Map<Candidate, SkipReason>()
  for (const [key, own] of byKey(asking)) await claimOne(tx, key, own, skipped)
  return skipped
}

function byKey(candidates: readonly Candidate[]): ReadonlyMap<string, Candidate[]> {
  return Map.groupBy(candidates, ({ run }) => run.singleton ?? '')
}

async function claimOne(
  tx: AnySql,
  key: string,
  candidates: readonly Candidate[],
  skipped: Map<Candidate, SkipReason>,
): Promise<void> {
  const open = await tx<{ id: string }>`select id from job_runs where singleton = ${key} and finished_at is null`
  const cancels = candidates[0]?.fn.flow.singleton?.mode === 'cancel'
  if (cancels) {
    await cancelRuns(
      tx,
      open.map(({ id }) => id),
    )
  }
  const winner = cancels ? candidates.at(-1) : open.length > 0 ? undefined : candidates[0]
  for (const candidate of candidates) if (candidate !== winner) skipped.set(candidate, 'singleton')
}
