import type { AnySql } from './sql'

type Row = { key: string; tat: number }

/**
 * Locks what is known of these keys until the transaction ends, and reads the time (ms since 1970) after that, so that
 * several engines count in turn.
 */
export async function lockRates(
  tx: AnySql,
  wanted: readonly (string | null)[],
): Promise<{ readonly now: number; readonly tats: Map<string, number> }> {
  const keys = [...new Set(wanted.filter((key) => key !== null))].sort()
  const tats = new Map<string, number>()
  // A row that was deleted for its age while this waited for it is made again.
  while (tats.size < keys.length) {
    await tx`insert into job_rates (key, tat) select key, 0 from unnest(${keys}::text[]) key on conflict do nothing`
    const rows = await tx<Row>`select key, tat from job_rates where key = any(${keys}::text[]) order by key for update`
    for (const { key, tat } of rows) tats.set(key, tat)
  }
  return { now: keys.length > 0 ? await readNow(tx) : 0, tats }
}

/** Milliseconds since 1970, by the database. */
export async function readNow(tx: AnySql): Promise<number> {
  const [row] = await tx<{ now: number }>`select extract(epoch from clock_timestamp())::float8 * 1000 as now`
  if (!row) throw new Error('the database told no time')
  return row.now
}

export async function storeRates(tx: AnySql, tats: ReadonlyMap<string, number>): Promise<void> {
  if (tats.size === 0) return
  await tx`
    update job_rates set tat = n.tat from unnest(${[...tats.keys()]}::text[], ${[...tats.values()]}::float8[]) n (key, tat)
    where job_rates.key = n.key and job_rates.tat <> n.tat`
}
