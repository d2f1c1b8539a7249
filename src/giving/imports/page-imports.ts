import { and, desc, sql } from 'drizzle-orm'
import type { Ctx } from '@/accounts/context'
import { ownImports, requireKind } from './find-import'
import type { ImportPage, PageImports } from './schema'
import { imports } from './table'

/** The newest first, a page at a time. */
export async function pageImports(ctx: Ctx, { cursor, limit }: PageImports): Promise<ImportPage> {
  requireKind(ctx, 'contacts')
  const [at, id] = cursor?.split('_') ?? []
  const before = at && id ? sql`(${imports.createdAt}, ${imports.id}) < (${at}::timestamptz, ${id}::uuid)` : undefined
  const rows = await ctx.db
    .select()
    .from(imports)
    .where(and(ownImports(ctx), before))
    .orderBy(desc(imports.createdAt), desc(imports.id))
    .limit(limit + 1)
  const page = rows.slice(0, limit).map(({ counts, createdAt, ...row }) => ({
    ...{ id: row.id, kind: row.kind, state: row.state, fileName: row.fileName, rows: row.rows },
    counts: counts && { ...counts },
    createdAt: createdAt.toISOString(),
  }))
  const last = rows.length > limit ? page.at(-1) : undefined
  return { imports: page, nextCursor: last ? `${last.createdAt}_${last.id}` : null }
}
