import { and, asc, eq, gt, inArray, sql } from 'drizzle-orm'
import { writeAudit } from '@/accounts/audit'
import type { Ctx } from '@/accounts/context'
import { notifyPages } from '@/db/notify-pages'
import { commitContacts } from './commit-contacts'
import { commitGifts } from './commit-gifts'
import { asSender, findImport, type ImportRecord, requireKind, requireState } from './find-import'
import { type Counts, NO_COUNTS, type Verdict } from './rules'
import type { Reading } from './rules-file'
import { importRows, imports } from './table'
import { tellDone } from './tell-done'
import { emitWork } from './upload-import'

export type CommitRow = {
  readonly place: number
  readonly line: number
  readonly cells: typeof importRows.$inferSelect.cells
  readonly verdict: Verdict
  readonly contactId: string
  readonly occurrence: number | null
  readonly crooked: boolean
}

export type Batch = {
  readonly importId: string
  readonly reading: Reading
  readonly rows: readonly CommitRow[]
  readonly withPossible: boolean
}

/** Rows of one transaction: a page that is open sees it go on, and a crash costs a second's work. */
const BATCH = 5000

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
export async function commitBatch(ctx: Ctx, id: string): Promise<{ more: boolean }> {
  // One import at a time in a workspace: two with the same rows see each other's.
  await ctx.db.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`import ${ctx.workspaceId}`}, 0))`)
  const row = await findImport(ctx, id, true)
  if (row.state !== 'committing') return { more: false }
  const sender = await asSender(ctx, row)
  const rows = await nextRows(ctx, row)
  const last = rows.at(-1)
  if (!last) return finish(ctx, row)
  const batch = { importId: id, reading: row.reading, rows, withPossible: row.withPossible }
  await (row.kind === 'gifts' ? commitGifts(sender, batch) : commitContacts(sender, batch))
  await ctx.db.update(imports).set({ committed: last.place, movedAt: ctx.now }).where(eq(imports.id, id))
  await notifyPages(ctx.db, ctx.workspaceId, 'imports', id)
  return { more: true }
}

async function nextRows(ctx: Ctx, { id, committed, withPossible }: ImportRecord): Promise<CommitRow[]> {
  const wanted: Verdict[] = withPossible ? ['new', 'update', 'possible'] : ['new', 'update']
  const { place, line, cells, verdict, contactId, occurrence } = importRows
  const rows = await ctx.db
    .select({ place, line, cells, verdict, contactId, occurrence })
    .from(importRows)
    .where(and(eq(importRows.importId, id), gt(place, committed), inArray(verdict, wanted)))
    .orderBy(asc(place))
    .limit(BATCH)
  return rows.map((row) => ({ ...row, contactId: row.contactId ?? '', crooked: false }))
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
