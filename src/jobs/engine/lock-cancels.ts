import type { AnySql } from './sql'

/** First key of the advisory locks on the names of events that cancel; any constant that nobody else uses. */
const LOCKS = 7_263_417

/**
 * Keeps apart, until the transaction ends, who begins runs that `heard` events cancel and who routes such events
 * (`said`): whoever comes second sees all of the first, so that no event slips between a look back and a look ahead.
 * First in its transaction, in one order, so that no two wait for each other.
 */
export async function lockCancels(tx: AnySql, said: readonly string[], heard: readonly string[]): Promise<void> {
  if (said.length + heard.length === 0) return
  const names = [...said, ...heard]
  await tx`
    select case when alone then pg_advisory_xact_lock(${LOCKS}, lock)
      else pg_advisory_xact_lock_shared(${LOCKS}, lock) end
    from (
      select hashtext(name) as lock, bool_or(alone) as alone
      from unnest(${names}::text[], ${names.map((_, at) => at < said.length)}::boolean[]) n (name, alone)
      group by 1 order by 1
    ) locks`
}

export function namesOf(cancels: readonly { readonly event: string }[]): readonly string[] {
  return [...new Set(cancels.map(({ event }) => event))]
}
