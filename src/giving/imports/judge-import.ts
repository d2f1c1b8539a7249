import { eq } from 'drizzle-orm'
import type { Ctx } from '@/accounts/context'
import { notifyPages } from '@/db/notify-pages'
import { AppError } from '@/kernel/app-error'
import type { Storage } from '@/storage/storage'
import { asSender, findImport, type ImportRecord, requireKind, requireState } from './find-import'
import { judgeContacts } from './judge-contacts'
import { judgeGifts, readFormat } from './judge-gifts'
import { type Choices, fitsFile, type OpenedFile, openFile } from './rules-file'
import { imports } from './table'
import { emitWork } from './upload-import'
import { clearRows, writeRows } from './write-rows'

/** Reads the kept file again as decided. */
export async function reopenFile(storage: Storage, row: ImportRecord, choices: Choices): Promise<OpenedFile> {
  const file = await storage.get(row.fileKey)
  if (!file) throw new AppError('not_found', 'the file is gone', { reason: 'import.fileGone' })
  return openFile(row.kind, file.bytes, choices)
}

/** A person's answers to what the file leaves open, or other columns. Its rows are judged anew. */
export async function settleImport(ctx: Ctx, storage: Storage, id: string, answers: Choices): Promise<{ id: string }> {
  const row = await findImport(ctx, id, true)
  requireKind(ctx, row.kind)
  requireState(row, 'asking', 'ready', 'judging', 'stopped')
  if (row.committed > 0) requireState(row, 'asking')
  const choices = { ...row.choices, ...answers }
  if (answers.encoding && answers.encoding !== row.reading.encoding) delete (choices as { mapping?: unknown }).mapping
  const { reading, count } = await reopenFile(storage, row, choices)
  if (!fitsFile(row.kind, reading.mapping, reading.header)) {
    throw new AppError('bad_input', 'no such column', { reason: 'import.noColumn', values: { field: 'mapping' } })
  }
  const state = reading.questions.length > 0 ? ('asking' as const) : ('judging' as const)
  await ctx.db
    .update(imports)
    .set({ choices, reading, rows: count, state, counts: null, problem: null, movedAt: ctx.now })
    .where(eq(imports.id, id))
  if (state === 'judging') emitWork(ctx, id, 'judge')
  await notifyPages(ctx.db, ctx.workspaceId, 'imports', id)
  return { id }
}

/** Gives every row its verdict. Done again it gives them anew; of an import that is not to be judged it does nothing. */
export async function judgeImport(ctx: Ctx, storage: Storage, id: string): Promise<void> {
  const row = await findImport(ctx, id, true)
  if (row.state !== 'judging') return
  const sender = await asSender(ctx, row)
  const file = await reopenFile(storage, row, row.choices)
  await clearRows(ctx, id)
  const counts =
    row.kind === 'gifts'
      ? await judgeGifts(sender, id, { rows: file.rows, format: await readFormat(sender, file.reading) })
      : await writeRows(ctx, id, await judgeContacts(sender, file.rows()))
  await ctx.db.update(imports).set({ state: 'ready', counts, movedAt: ctx.now }).where(eq(imports.id, id))
  await notifyPages(ctx.db, ctx.workspaceId, 'imports', id)
}
