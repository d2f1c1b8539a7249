import { and, asc, eq, gt, inArray, max, sql } from 'drizzle-orm'
import { writeAudit } from '@/accounts/audit'
import type { Ctx } from '@/accounts/context'
import { notifyPages } from '@/db/notify-pages'
import { commitContacts } from './commit-contacts'
import { commitGifts } from './commit-gifts'
import { asSender, findImport, type ImportRecord, requireKind, requireState } from './find-import'
import { type Counts, NO_COUNTS, type Verdict } from './rules'
import { importRows, imports } from './table'
import { tellDone } from './tell-done'
import { emitWork } from './upload-import'

/** The rows of these places that are to be written. */
export type Batch = {
  readonly importId: string
  readonly after: number
  readonly upTo: number
  readonly verdicts: readonly Verdict[]
  /** The file has a column of soft credits. */
  readonly credited: boolean
}

/** Rows of one transaction: a page that is open sees it go on, and a crash costs a second's work. */
const BATCH = 10_000

/** Says that the rows shall be written, and lets the job do it. Asked of one that stopped half-way, it goes on. */
export async function beginCommit(ctx: Ctx, id: string, withPossible: boolean): Promise<{ id: string }> {
  const row = await findImport(ctx, id, true)
  requireKind(ctx, row.kind)
  requireState(row, 'ready', 'stopped', 'committing')
  const possible = row.committed > 0 ? row.withPossible : withPossible
  await ctx.db
    .update(imports)
    .set({ state: 'committing', withPossible: possible, problem: null, movedAt: ctx.now })
    .where(eq(imports.id, id))
  await writeAudit(ctx, 'import.commit', id, { withPossible: possible })
  emitWork(ctx, id, 'commit')
  await notifyPages(ctx.db, ctx.workspaceId, 'imports', id)
  return { id }
}

/**
 * Writes the next batch with all that follows from it, and in the same transaction how far the import has come: however
 * often and wherever it is killed, no row is written twice and none is left out. Answers whether there is more.
 */
export async function commitBatch(ctx: Ctx, id: string, size = BATCH): Promise<{ more: boolean }> {
  // One import at a time in a workspace: two with the same rows see each other's.
  await ctx.db.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`import ${ctx.workspaceId}`}, 0))`)
  const row = await findImport(ctx, id, true)
  if (row.state !== 'committing') return { more: false }
  const sender = await asSender(ctx, row)
  const batch = await nextBatch(ctx, row, size)
  if (!batch) return finish(ctx, row)
  await (row.kind === 'gifts' ? commitGifts(sender, batch) : commitContacts(sender, batch))
  await ctx.db.update(imports).set({ committed: batch.upTo, movedAt: ctx.now }).where(eq(imports.id, id))
  await notifyPages(ctx.db, ctx.workspaceId, 'imports', id)
  return { more: true }
}

/** Null when nothing is left to write. */
async function nextBatch(ctx: Ctx, row: ImportRecord, size: number): Promise<Batch | null> {
  const { id, committed, withPossible, reading } = row
  const verdicts: Verdict[] = withPossible ? ['new', 'update', 'possible'] : ['new', 'update']
  const { place, verdict } = importRows
  const next = ctx.db
    .select({ place })
    .from(importRows)
    .where(and(eq(importRows.importId, id), gt(place, committed), inArray(verdict, verdicts)))
    .orderBy(asc(place))
    .limit(size)
    .as('next')
  const [last] = await ctx.db.select({ place: max(next.place) }).from(next)
  const credited = reading.mapping.soft_credits !== undefined
  return last?.place ? { importId: id, after: committed, upTo: last.place, verdicts, credited } : null
}

async function finish(ctx: Ctx, row: ImportRecord): Promise<{ more: false }> {
  const counts = await countVerdicts(ctx, row.id)
  const done = { state: 'done', counts, committed: row.rows, committedAt: ctx.now, movedAt: ctx.now } as const
  await ctx.db.update(imports).set(done).where(eq(imports.id, row.id))
  await tellDone(ctx, row, counts)
  await notifyPages(ctx.db, ctx.workspaceId, 'imports', row.id)
  return { more: false }
}

async function countVerdicts(ctx: Ctx, id: string): Promise<Counts> {
  const rows = await ctx.db
    .select({ verdict: importRows.verdict, many: sql<number>`count(*)::int` })
    .from(importRows)
    .where(eq(importRows.importId, id))
    .groupBy(importRows.verdict)
  return { ...NO_COUNTS, ...Object.fromEntries(rows.map(({ verdict, many }) => [verdict, many])) }
}
