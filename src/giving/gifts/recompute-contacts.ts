import { sql } from 'drizzle-orm'
import type { Ctx } from '@/accounts/context'
import { rollupTruth, sumTruth, theseContacts } from './rollup-truth'

const ROLLUP = columnsOf(
  ...['gifts', 'gift_days', 'first_gift_on', 'last_gift_on', 'last_gift_id', 'median_gap'],
  ...['in_kind', 'soft_credits', 'thanks_due'],
)
const SUMS = columnsOf('gifts', 'total', 'in_kind_total', 'soft_total')

/** A list of columns, and the same of the row that is there (`r`) and of the row that came. */
function columnsOf(...names: readonly string[]) {
  const of = (row: string) => sql.raw(names.map((name) => `${row}.${name}`).join(', '))
  return { list: sql.raw(names.join(', ')), kept: of('r'), fresh: of('excluded') }
}

/**
 * Writes what the ledger says of these contacts into their rollups, in the caller's transaction, one statement a table
 * however many there are. Rows that are right already are not touched. The caller holds the contacts' locks.
 */
export async function recomputeContacts(ctx: Pick<Ctx, 'db' | 'workspaceId'>, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  const whose = theseContacts(ids)
  const own = sql`workspace_id = ${ctx.workspaceId} and ${whose(sql`r.contact_id`)}`
  await ctx.db.execute(sql`
    with truth as materialized (${rollupTruth(whose)}),
    gone as (delete from contact_rollups r where ${own} and not exists (select from truth t where t.contact_id = r.contact_id))
    insert into contact_rollups as r (workspace_id, contact_id, ${ROLLUP.list})
    select ${ctx.workspaceId}, contact_id, ${ROLLUP.list} from truth
    on conflict (workspace_id, contact_id) do update set (${ROLLUP.list}) = row(${ROLLUP.fresh})
    where (${ROLLUP.kept}) is distinct from (${ROLLUP.fresh})`)
  await ctx.db.execute(sql`
    with truth as materialized (${sumTruth(whose)}),
    gone as (delete from contact_sums r where ${own}
      and not exists (select from truth t where t.contact_id = r.contact_id and t.currency = r.currency))
    insert into contact_sums as r (workspace_id, contact_id, currency, ${SUMS.list})
    select ${ctx.workspaceId}, contact_id, currency, ${SUMS.list} from truth
    on conflict (workspace_id, contact_id, currency) do update set (${SUMS.list}) = row(${SUMS.fresh})
    where (${SUMS.kept}) is distinct from (${SUMS.fresh})`)
}
