import { type SQL, sql } from 'drizzle-orm'
import { type Ctx, requirePermission } from '@/accounts/context'
import { enterGifts } from '../gifts/enter-gifts'
import { readWorkspace } from '../gifts/read-workspace'
import { THANKS_DAYS } from '../gifts/rules'
import type { Batch } from './commit-import'
import { lockGivers } from './lock-givers'
import { rememberContacts } from './remember-contacts'
import { type ChangedVerdict, changeVerdicts } from './write-rows'

/**
 * Enters a batch of gifts as typed ones are, with the contacts that they need. The rows stand in the database as they were
 * judged and go on from there: none of them comes through here.
 */
export async function commitGifts(ctx: Ctx, batch: Batch): Promise<void> {
  requirePermission(ctx, 'gifts.write')
  const { today } = await readWorkspace(ctx)
  const rows = rowsOf(ctx, batch)
  const { made, donorsToBe } = await lockGivers(ctx, batch, rows)
  await leaveOut(ctx, batch.importId, rows)
  const credits = batch.credited ? creditsOf(rows) : undefined
  await enterGifts(ctx, { gifts: giftsOf(rows, batch.importId, today), credits })
  await rememberContacts(ctx, batch.importId, [...made.map((id) => ({ id, before: null })), ...donorsToBe])
}

/**
 * The rows of a batch that are still to be written, as `r`. Places come first and alone: the key finds them, where a
 * planner without figures would go through all rows of the file.
 */
function rowsOf(ctx: Ctx, { importId, after, upTo, verdicts }: Batch): SQL {
  return sql`(select place, cells, contact_id, occurrence, entry, verdict from import_rows
    where workspace_id = ${ctx.workspaceId} and import_id = ${importId} and place > ${after} and place <= ${upTo}
    order by place offset 0) r where r.verdict = any(${sql.param([...verdicts])}::text[])`
}

type Left = { readonly place: number; readonly twinId: string | null }

/** What came into the ledger since the verdict, and what was for a fund that is closed. The limit makes it look row by row, however large the ledger is. */
async function leaveOut(ctx: Ctx, importId: string, rows: SQL): Promise<void> {
  const left = await ctx.db.execute<Left>(sql`
    select r.place, coalesce(n.id, p.id) as "twinId"
    from (select place, occurrence, entry ->> 'externalId' as number, entry ->> 'fingerprint' as print,
      (entry ->> 'fundId')::uuid as fund_id from ${rows} offset 0) r
    left join lateral (select g.id from gifts g
      where g.workspace_id = ${ctx.workspaceId} and g.external_id = r.number limit 1) n on true
    left join lateral (select g.id from gifts g where g.workspace_id = ${ctx.workspaceId}
      and g.fingerprint = r.print and g.occurrence = r.occurrence limit 1) p on true
    left join funds f on f.workspace_id = ${ctx.workspaceId} and f.id = r.fund_id and f.archived_at is null
    where n.id is not null or p.id is not null or (r.fund_id is not null and f.id is null)`)
  await changeVerdicts(ctx, importId, left.map(toChange))
}

function toChange({ place, twinId }: Left): ChangedVerdict {
  if (twinId === null) return { place, verdict: 'error', reason: 'noFund', field: 'fund', twinId }
  return { place, verdict: 'duplicate', reason: null, field: null, twinId }
}

/** RULES "Thank-you": what was given long ago is not queued. */
function giftsOf(rows: SQL, importId: string, today: string): SQL {
  return sql`
    select e.id, r.contact_id, e."givenOn" as given_on, e.amount, e.currency, e."fundId" as fund_id, e.method, e.type,
      e."externalId" as external_id, e.note, e.anonymous, e.extra,
      ${today}::date - e."givenOn" <= ${THANKS_DAYS} as thanks_due, ${importId}::uuid as import_id, e.fingerprint,
      case when e.fingerprint is not null then r.occurrence end as occurrence
    from (select * from ${rows}) r, jsonb_to_record(r.entry) e (id uuid, "givenOn" date, amount bigint,
      currency char(3), "fundId" uuid, method text, type text, "externalId" text, note text, anonymous boolean,
      extra boolean, fingerprint text)`
}

function creditsOf(rows: SQL): SQL {
  return sql`
    select (r.entry ->> 'id')::uuid as gift_id, c."contactId" as contact_id, c.amount
    from (select * from ${rows}) r, jsonb_to_recordset(r.entry -> 'softCredits') c ("contactId" uuid, amount bigint)`
}
