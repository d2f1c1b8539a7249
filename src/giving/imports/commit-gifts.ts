import { type SQL, sql } from 'drizzle-orm'
import { type Ctx, requirePermission } from '@/accounts/context'
import { enterGifts } from '../gifts/enter-gifts'
import { readWorkspace } from '../gifts/read-workspace'
import { THANKS_DAYS } from '../gifts/rules'
import type { Batch } from './commit-import'
import { lockGivers } from './lock-givers'
import { rememberContacts } from './remember-contacts'
import { changeVerdicts } from './write-rows'

/**
 * Enters a batch of gifts as typed ones are, with the contacts that they need. The rows stand in the database as they were
 * judged and go on from there: none of them comes through here.
 */
export async function commitGifts(ctx: Ctx, batch: Batch): Promise<void> {
  requirePermission(ctx, 'gifts.write')
  const { today } = await readWorkspace(ctx)
  const rows = rowsOf(ctx, batch)
  await leaveClosedFunds(ctx, batch.importId, rows)
  const { made, donorsToBe } = await lockGivers(ctx, batch.importId, rows)
  await leaveTaken(ctx, batch.importId, rows)
  await enterGifts(ctx, { gifts: giftsOf(rows, batch.importId, today), credits: creditsOf(rows) })
  await rememberContacts(ctx, batch.importId, [...made.map((id) => ({ id, before: null })), ...donorsToBe])
}

/** The rows of a batch that are still to be written, as a condition on `import_rows r`. */
function rowsOf(ctx: Ctx, { importId, after, upTo, verdicts }: Batch): SQL {
  return sql`import_rows r where r.workspace_id = ${ctx.workspaceId} and r.import_id = ${importId} and r.place > ${after}
    and r.place <= ${upTo} and r.verdict = any(${sql.param([...verdicts])}::text[])`
}

/** Of a fund that was closed since their verdict. */
async function leaveClosedFunds(ctx: Ctx, importId: string, rows: SQL): Promise<void> {
  const closed = await ctx.db.execute<{ place: number }>(sql`
    select r.place from (select place, (entry ->> 'fundId')::uuid as fund_id from ${rows} offset 0) r
    left join funds f on f.workspace_id = ${ctx.workspaceId} and f.id = r.fund_id and f.archived_at is null
    where r.fund_id is not null and f.id is null`)
  const verdict = { verdict: 'error', reason: 'noFund', field: 'fund', twinId: null } as const
  await changeVerdicts(
    ctx,
    importId,
    closed.map(({ place }) => ({ place, ...verdict })),
  )
}

/** What came into the ledger since their verdict. The limit makes it look row by row, however large the ledger is. */
async function leaveTaken(ctx: Ctx, importId: string, rows: SQL): Promise<void> {
  const taken = await ctx.db.execute<{ place: number; twinId: string }>(sql`
    select r.place, coalesce(n.id, p.id) as "twinId"
    from (select place, occurrence, entry ->> 'externalId' as external_id, entry ->> 'fingerprint' as print
      from ${rows} offset 0) r
    left join lateral (select g.id from gifts g
      where g.workspace_id = ${ctx.workspaceId} and g.external_id = r.external_id limit 1) n on true
    left join lateral (select g.id from gifts g where g.workspace_id = ${ctx.workspaceId}
      and g.fingerprint = r.print and g.occurrence = r.occurrence limit 1) p on true
    where n.id is not null or p.id is not null`)
  const verdict = { verdict: 'duplicate', reason: null, field: null } as const
  await changeVerdicts(
    ctx,
    importId,
    taken.map((row) => ({ ...row, ...verdict })),
  )
}

/** RULES "Thank-you": what was given long ago is not queued. */
function giftsOf(rows: SQL, importId: string, today: string): SQL {
  return sql`
    select e.id, r.contact_id, e."givenOn" as given_on, e.amount, e.currency, e."fundId" as fund_id, e.method, e.type,
      e."externalId" as external_id, e.note, e.anonymous, e.extra,
      ${today}::date - e."givenOn" <= ${THANKS_DAYS} as thanks_due, ${importId}::uuid as import_id, e.fingerprint,
      case when e.fingerprint is not null then r.occurrence end as occurrence
    from (select * from ${rows} order by r.place) r, jsonb_to_record(r.entry) e (id uuid, "givenOn" date, amount bigint,
      currency char(3), "fundId" uuid, method text, type text, "externalId" text, note text, anonymous boolean,
      extra boolean, fingerprint text)`
}

function creditsOf(rows: SQL): SQL {
  return sql`
    select (r.entry ->> 'id')::uuid as gift_id, c."contactId" as contact_id, c.amount
    from (select * from ${rows}) r, jsonb_to_recordset(r.entry -> 'softCredits') c ("contactId" uuid, amount bigint)`
}
