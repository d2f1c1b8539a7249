import { type SQL, sql } from 'drizzle-orm'
import type { Ctx } from '@/accounts/context'
import { counted, inMoney, net } from './count-gifts'

type Scope = Pick<Ctx, 'db'>

const MONTH = sql`date_trunc('month', gifts.given_on)::date`
const LEDGER = sql`gifts join contacts c on c.workspace_id = gifts.workspace_id and c.id = gifts.contact_id`

/** A table of months, what the ledger says of it, and the columns that are sums. */
type Kept = {
  readonly name: string
  readonly table: SQL
  readonly keys: SQL
  readonly sums: readonly string[]
  readonly truth: SQL
}

const MONTHS: Kept = {
  name: 'gift_months',
  table: sql`gift_months`,
  keys: sql`workspace_id, month, currency, owner_id`,
  sums: ['gifts', 'total', 'in_kind', 'in_kind_total'],
  truth: sql`
    select gifts.workspace_id, ${MONTH} as month, gifts.currency, c.owner_id, count(*) filter (where ${inMoney}) as gifts,
      coalesce(sum(${net}) filter (where ${inMoney}), 0) as total, count(*) filter (where not ${inMoney}) as in_kind,
      coalesce(sum(${net}) filter (where not ${inMoney}), 0) as in_kind_total
    from ${LEDGER} where ${counted} group by 1, 2, 3, 4`,
}

const KINDS: Kept = {
  name: 'gift_kinds',
  table: sql`gift_kinds`,
  keys: sql`workspace_id, month, currency, fund_id, method, type`,
  sums: ['gifts', 'total'],
  truth: sql`
    select gifts.workspace_id, ${MONTH} as month, currency, fund_id, method, type, count(*) as gifts, sum(${net}) as total
    from gifts where ${counted} group by 1, 2, 3, 4, 5, 6`,
}

function listOf(sums: readonly string[], each: (name: string) => string, between = ', '): SQL {
  return sql.raw(sums.map(each).join(between))
}

/** What would have to be added for the months to be as the ledger says: nothing. */
function missing({ table, keys, sums, truth }: Kept): SQL {
  const own = listOf(sums, (name) => name)
  return sql`
    select ${keys}, ${listOf(sums, (name) => `sum(${name}) as ${name}`)}
    from (select * from (${truth}) t union all
      select ${keys}, ${listOf(sums, (name) => `-${name}`)} from ${table}) parts (${keys}, ${own})
    group by ${keys} having ${listOf(sums, (name) => `sum(${name}) <> 0`, ' or ')}`
}

export type MonthDrift = {
  readonly compared: number
  readonly drift: number
  readonly examples: readonly Record<string, unknown>[]
}

/** Where the ledger by month differs from the ledger. */
export async function findMonthDrift(ctx: Scope, most: number): Promise<MonthDrift> {
  const found = await Promise.all([MONTHS, KINDS].map((kept) => compare(ctx, kept)))
  const examples = found.flatMap((one) => one.examples)
  return {
    compared: found.reduce((sum, { compared }) => sum + compared, 0),
    drift: examples.length,
    examples: examples.slice(0, most),
  }
}

async function compare(ctx: Scope, kept: Kept) {
  const [count] = await ctx.db.execute<{ rows: number }>(sql`select count(*)::int as rows from ${kept.table}`)
  const rows = await ctx.db.execute<Record<string, unknown>>(
    sql`select to_jsonb(m) as missing from (${missing(kept)}) m`,
  )
  return { compared: count?.rows ?? 0, examples: rows.map((row) => ({ table: kept.name, ...row })) }
}

/** Adds what is missing, and makes one row of the many that the changes of a day have left. */
export async function mendMonths(ctx: Scope): Promise<void> {
  for (const kept of [MONTHS, KINDS]) {
    const columns = sql`${kept.keys}, ${listOf(kept.sums, (name) => name)}`
    await ctx.db.execute(sql`insert into ${kept.table} (${columns}) ${missing(kept)}`)
    await fold(ctx, kept)
  }
}

/** Rows that come meanwhile stay as they are, and whoever reads sees either those before or the one after. */
async function fold(ctx: Scope, { table, keys, sums }: Kept): Promise<void> {
  await ctx.db.execute(sql`
    with gone as (delete from ${table} returning *)
    insert into ${table} (${keys}, ${listOf(sums, (name) => name)})
    select ${keys}, ${listOf(sums, (name) => `sum(${name})`)} from gone group by ${keys}
    having ${listOf(sums, (name) => `sum(${name}) <> 0`, ' or ')}`)
}
