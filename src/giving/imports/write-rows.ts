import { sql } from 'drizzle-orm'
import type { Ctx } from '@/accounts/context'
import { type Cells, type Counts, NO_COUNTS, type Verdict } from './rules'
import type { KeptEntry } from './table'

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
  readonly entry: KeptEntry | null
}

/** Rows are committed by their places, from 1. */
export type PlacedRow = JudgedRow & { readonly place: number }

const CHUNK = 5000

/** Takes away the verdicts that a file had. */
export async function clearRows(ctx: Ctx, importId: string): Promise<void> {
  await ctx.db.execute(sql`delete from import_rows where import_id = ${importId}`)
}

/** Keeps verdicts in the order in which the rows are to be committed. Answers how many there are of each. */
export async function writeRows(ctx: Ctx, importId: string, rows: readonly JudgedRow[]): Promise<Counts> {
  for (let at = 0; at < rows.length; at += CHUNK) {
    const some = rows.slice(at, at + CHUNK).map((row, index) => ({ ...row, place: at + index + 1 }))
    await insertRows(ctx, importId, some)
  }
  const counts = { ...NO_COUNTS }
  countInto(counts, rows)
  return counts
}

export function countInto(counts: Record<Verdict, number>, rows: readonly JudgedRow[]): void {
  for (const { verdict } of rows) counts[verdict]++
}

export async function insertRows(ctx: Ctx, importId: string, rows: readonly PlacedRow[]): Promise<void> {
  await ctx.db.execute(sql`
    insert into import_rows (workspace_id, import_id, place, line, cells, verdict, reason, field, contact_id, twin_id,
      twin_line, occurrence, entry)
    select ${ctx.workspaceId}, ${importId}, place, line, cells, verdict, reason, field, "contactId", "twinId", "twinLine",
      occurrence, entry
    from json_to_recordset(${JSON.stringify(rows)}::json) r (place int, line int, cells jsonb, verdict text, reason text,
      field text, "contactId" uuid, "twinId" uuid, "twinLine" int, occurrence int, entry jsonb)`)
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
