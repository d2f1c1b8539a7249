import { sql } from 'drizzle-orm'
import type { Ctx } from '@/accounts/context'
import { type Cells, type Counts, NO_COUNTS, type Verdict } from './rules'

/** A row of the file with its verdict. */
export type JudgedRow = {
  readonly line: number
  readonly cells: Cells
  readonly verdict: Verdict
  readonly reason: string | null
  readonly field: string | null
  readonly contactId: string | null
  readonly twinId: string | null
  readonly twinLine: number | null
  readonly occurrence: number | null
  /** Rows are committed in this order: those of one contact together, the oldest first. */
  readonly order: string
}

const CHUNK = 5000

/** Puts the verdicts of a file in the place of those that it had. Answers how many there are of each. */
export async function writeRows(ctx: Ctx, importId: string, rows: readonly JudgedRow[]): Promise<Counts> {
  await ctx.db.execute(sql`delete from import_rows where import_id = ${importId}`)
  const sorted = rows.toSorted((a, b) => (a.order === b.order ? a.line - b.line : a.order < b.order ? -1 : 1))
  for (let at = 0; at < sorted.length; at += CHUNK) {
    await insertRows(ctx, importId, at, sorted.slice(at, at + CHUNK))
  }
  return countRows(rows)
}

function countRows(rows: readonly JudgedRow[]): Counts {
  const counts = { ...NO_COUNTS }
  for (const { verdict } of rows) counts[verdict]++
  return counts
}

async function insertRows(ctx: Ctx, importId: string, before: number, rows: readonly JudgedRow[]): Promise<void> {
  const json = JSON.stringify(rows.map((row, at) => ({ ...row, place: before + at + 1 })))
  await ctx.db.execute(sql`
    insert into import_rows (workspace_id, import_id, place, line, cells, verdict, reason, field, contact_id, twin_id,
      twin_line, occurrence)
    select ${ctx.workspaceId}, ${importId}, place, line, cells, verdict, reason, field, "contactId", "twinId", "twinLine",
      occurrence
    from json_to_recordset(${json}::json) r (place int, line int, cells jsonb, verdict text, reason text, field text,
      "contactId" uuid, "twinId" uuid, "twinLine" int, occurrence int)`)
}

export type ChangedVerdict = Pick<JudgedRow, 'verdict' | 'reason' | 'field' | 'twinId'> & { readonly place: number }

/** For what has come between the verdict and the commit. */
export async function changeVerdicts(ctx: Ctx, importId: string, rows: readonly ChangedVerdict[]): Promise<void> {
  if (rows.length === 0) return
  await ctx.db.execute(sql`
    update import_rows i set verdict = r.verdict, reason = r.reason, field = r.field, twin_id = r."twinId"
    from json_to_recordset(${JSON.stringify(rows)}::json) r (place int, verdict text, reason text, field text, "twinId" uuid)
    where i.workspace_id = ${ctx.workspaceId} and i.import_id = ${importId} and i.place = r.place`)
}
