import { type SQL, sql } from 'drizzle-orm'
import { nameOf } from '@/accounts/audit'
import type { Ctx } from '@/accounts/context'
import type { PlainDate } from '@/kernel/dates'
import { writeStatus } from '../contacts/set-contact-status'
import { settleContacts } from './settle-contacts'

const COLUMNS = sql.raw(
  `id, contact_id, given_on, amount, currency, fund_id, method, type, external_id, note, anonymous, extra, thanks_due,
  import_id, fingerprint, occurrence`,
)

/** Selects of new rows: of `gifts` the columns above, of `credits` gift_id, contact_id and amount. */
type Source = { readonly gifts: SQL; readonly credits?: SQL | undefined }

/**
 * What typed and imported gifts have in common, one or ten thousand in a handful of statements: rows, soft credits,
 * allocations, thanks, rollups and status of their contacts, in the caller's transaction. The caller has checked them,
 * and holds their contacts' locks.
 */
export async function enterGifts(ctx: Ctx, { gifts, credits }: Source): Promise<void> {
  const givers = await insertGifts(ctx, gifts)
  const others = credits ? await insertCredits(ctx, credits) : []
  const since = new Map(givers.map((one) => [one.contact_id, one.since]))
  await settleContacts(ctx, { since, others, fresh: givers.flatMap(({ due }) => due ?? []) })
  await makeDonors(ctx, [...since.keys()])
}

type Giver = { readonly contact_id: string; readonly since: PlainDate; readonly due: readonly string[] | null }

/** Answers who gave, from which day on, and which of it waits for thanks. */
function insertGifts(ctx: Ctx, rows: SQL): Promise<readonly Giver[]> {
  return ctx.db.execute<Giver>(sql`
    with made as (
      insert into gifts (${COLUMNS}, workspace_id, created_at, created_by)
      select ${COLUMNS}, ${ctx.workspaceId}::uuid, ${ctx.now.toISOString()}::timestamptz, ${nameOf(ctx.actor)}
      from (${rows}) r returning id, contact_id, given_on, thanks_due)
    select contact_id, min(given_on)::text as since, array_agg(id) filter (where thanks_due) as due
    from made group by contact_id`)
}

/** Two credits to one contact for one gift are one. Answers whose they are. */
export async function insertCredits(ctx: Ctx, rows: SQL): Promise<string[]> {
  const made = await ctx.db.execute<{ contact_id: string }>(sql`
    with made as (
      insert into soft_credits (workspace_id, gift_id, contact_id, amount)
      select ${ctx.workspaceId}, gift_id, contact_id, sum(amount) from (${rows}) r group by gift_id, contact_id
      returning contact_id)
    select distinct contact_id from made`)
  return made.map((one) => one.contact_id)
}

const CHUNK = 2000

/** A gift makes a donor of anyone. */
async function makeDonors(ctx: Ctx, contactIds: readonly string[]): Promise<void> {
  const rows = await ctx.db.execute<{ id: string }>(sql`
    select id from contacts where id = any(${sql.param(contactIds)}::uuid[]) and status <> 'donor' order by id`)
  const ids = rows.map(({ id }) => id)
  for (let at = 0; at < ids.length; at += CHUNK) await writeStatus(ctx, ids.slice(at, at + CHUNK), 'donor', 'gift')
}
