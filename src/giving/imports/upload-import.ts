import { createHash } from 'node:crypto'
import { and, desc, eq, isNotNull } from 'drizzle-orm'
import { nameOf, writeAudit } from '@/accounts/audit'
import type { Ctx } from '@/accounts/context'
import { notifyPages } from '@/db/notify-pages'
import { AppError } from '@/kernel/app-error'
import { newId } from '@/kernel/ids'
import { inert, truncate } from '@/kernel/text'
import type { Storage } from '@/storage/storage'
import { requireKind } from './find-import'
import { FILE_LIMITS, type ImportKind } from './rules'
import { type Choices, openFile } from './rules-file'
import { imports } from './table'

export type NewFile = { readonly kind: ImportKind; readonly fileName: string; readonly bytes: Uint8Array }

/**
 * Takes a file in: read and refused at once where it is none of rows, kept, and given to the job that judges its rows; or
 * asked about first. Columns are as they were for the last file with the same header. Throws `bad_input`.
 */
export async function uploadImport(
  ctx: Ctx,
  storage: Storage,
  { kind, fileName, bytes }: NewFile,
): Promise<{ id: string }> {
  requireKind(ctx, kind)
  if (bytes.length === 0) throw refused('import.empty')
  if (bytes.length > FILE_LIMITS.bytes) throw refused('import.tooLarge')
  const first = openFile(kind, bytes)
  const headerHash = createHash('sha256').update(JSON.stringify(first.reading.header)).digest('base64url')
  const choices = await rememberedChoices(ctx, kind, headerHash)
  const { reading, count } = choices.mapping ? openFile(kind, bytes, choices) : first
  const id = newId()
  const fileKey = `imports/${ctx.workspaceId}/${id}`
  await storage.put(fileKey, bytes, 'text/csv')
  const state = reading.questions.length > 0 ? 'asking' : 'judging'
  await ctx.db.insert(imports).values({
    ...{ id, workspaceId: ctx.workspaceId, kind, state, fileKey, headerHash, reading, choices },
    fileName:
      truncate(
        inert(fileName)
          .replace(/[\r\n\t]/g, ' ')
          .toWellFormed()
          .trim(),
        FILE_LIMITS.name,
      ) || 'import.csv',
    ...{ bytes: bytes.length, rows: count, createdAt: ctx.now, movedAt: ctx.now, createdBy: nameOf(ctx.actor) },
    memberId: ctx.actor.kind === 'job' ? null : ctx.actor.memberId,
  })
  await writeAudit(ctx, 'import.upload', id, { kind, rows: count })
  if (state === 'judging') emitWork(ctx, id, 'judge')
  await notifyPages(ctx.db, ctx.workspaceId, 'imports', id)
  return { id }
}

function refused(reason: string): AppError {
  const values = { field: 'file', most: Math.round(FILE_LIMITS.bytes / 1024 / 1024) }
  return new AppError('bad_input', reason, { reason, values })
}

export type Work = 'judge' | 'commit' | 'undo'

/** A nudge: the row's state says what there is to do. */
export function emitWork(ctx: Pick<Ctx, 'emit' | 'workspaceId'>, importId: string, work: Work): void {
  ctx.emit({ name: `import/${work}.due`, data: { workspaceId: ctx.workspaceId, importId } })
}

/** Of the last file with that header that was taken in: the columns, not the order of its dates. */
async function rememberedChoices(ctx: Ctx, kind: ImportKind, headerHash: string): Promise<Choices> {
  const [last] = await ctx.db
    .select({ choices: imports.choices })
    .from(imports)
    .where(and(eq(imports.kind, kind), eq(imports.headerHash, headerHash), isNotNull(imports.committedAt)))
    .orderBy(desc(imports.createdAt))
    .limit(1)
  return last?.choices.mapping ? { mapping: last.choices.mapping } : {}
}
