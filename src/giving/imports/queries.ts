import { and, asc, desc, eq, gt, sql } from 'drizzle-orm'
import type { Ctx } from '@/accounts/context'
import { csvLine, inertCell } from '@/kernel/csv'
import { truncate } from '@/kernel/text'
import type { Storage } from '@/storage/storage'
import { contacts } from '../contacts/table'
import { ofVisibleContact } from '../contacts/visible-contacts'
import { readWorkspace } from '../gifts/read-workspace'
import { findImport, type ImportRecord, ownImports, requireKind } from './find-import'
import { reopenFile } from './judge-import'
import type { ListedImport, ListRows, ShownImport, ShownRow } from './schema'
import { importRows, imports } from './table'

const MOST = 100

/** The newest first. */
export async function listImports(ctx: Ctx): Promise<ListedImport[]> {
  requireKind(ctx, 'contacts')
  const rows = await ctx.db
    .select()
    .from(imports)
    .where(ownImports(ctx))
    .orderBy(desc(imports.createdAt), desc(imports.id))
    .limit(MOST)
  return rows.map(toListed)
}

function toListed({ id, kind, state, fileName, rows, counts, createdAt }: ImportRecord): ListedImport {
  return { id, kind, state, fileName, rows, counts: counts && { ...counts }, createdAt: createdAt.toISOString() }
}

/** One, with what was read of its file, and after an undo with what stayed. */
export async function getImport(ctx: Ctx, id: string): Promise<ShownImport> {
  const row = await findImport(ctx, id)
  requireKind(ctx, row.kind)
  const { bytes, committed, withPossible, problem, reading } = row
  const { currency } = await readWorkspace(ctx)
  // JSON, and what the door promises of it: plain arrays.
  const shown = structuredClone(reading) as ShownImport['reading']
  const kept = row.state === 'undone' ? await listKept(ctx, id) : []
  return { ...toListed(row), bytes, committed, withPossible, problem, reading: shown, currency, kept }
}

function listKept(ctx: Ctx, id: string) {
  return ctx.db.execute<ShownImport['kept'][number]>(sql`
    select 'gift' as kind, g.contact_id as "contactId", c.display_name as name from gifts g
    join contacts c on c.workspace_id = g.workspace_id and c.id = g.contact_id where g.import_id = ${id}
    union all
    select 'contact', c.id, c.display_name from import_contacts i
    join contacts c on c.workspace_id = i.workspace_id and c.id = i.contact_id
    where i.import_id = ${id} and not exists (
      select from gifts g where g.workspace_id = i.workspace_id and g.import_id = i.import_id and g.contact_id = c.id)
    limit ${MOST}`)
}

/** Rows of the preview, in the order of the file. */
export async function listRows(ctx: Ctx, { id, verdict, cursor, limit }: ListRows) {
  requireKind(ctx, (await findImport(ctx, id)).kind)
  const found = await ctx.db
    .select({ row: importRows, contactName: contacts.displayName })
    .from(importRows)
    .leftJoin(
      contacts,
      and(
        eq(contacts.workspaceId, importRows.workspaceId),
        eq(contacts.id, importRows.contactId),
        ofVisibleContact(ctx, contacts.id),
      ),
    )
    .where(
      and(eq(importRows.importId, id), gt(importRows.line, cursor ?? 0), verdict && eq(importRows.verdict, verdict)),
    )
    .orderBy(asc(importRows.line))
    .limit(limit + 1)
  const rows = found.slice(0, limit).map(({ row, contactName }) => toShown(row, contactName))
  return { rows, nextCursor: found.length > limit ? (rows.at(-1)?.line ?? null) : null }
}

const SHOWN = 200

function toShown(row: typeof importRows.$inferSelect, contactName: string | null): ShownRow {
  const { line, cells, verdict, reason, field, contactId, twinId, twinLine } = row
  const short = Object.fromEntries(Object.entries(cells).map(([name, text]) => [name, truncate(text, SHOWN)]))
  return {
    line,
    cells: short,
    verdict,
    reason,
    field,
    contactId: contactName === null ? null : contactId,
    contactName,
    twinId,
    twinLine,
  }
}

/** The rows with errors as they stood in the file, with why, to be mended and sent again. `say` has the words. */
export async function errorsCsv(
  ctx: Ctx,
  storage: Storage,
  id: string,
  say: (reason: string) => string,
): Promise<string> {
  const row = await findImport(ctx, id)
  requireKind(ctx, row.kind)
  const broken = await ctx.db
    .select({ line: importRows.line, reason: importRows.reason, field: importRows.field })
    .from(importRows)
    .where(and(eq(importRows.importId, id), eq(importRows.verdict, 'error')))
    .orderBy(asc(importRows.line))
  const { rows, reading } = await reopenFile(storage, row, row.choices)
  const whys = new Map(broken.map(({ line, reason, field }) => [line, [say(reason ?? ''), field]]))
  const fields = Object.keys(reading.mapping)
  const lines: string[] = []
  for (const { line, cells } of rows()) {
    const why = whys.get(line)?.filter(Boolean).join(': ')
    if (why === undefined) continue
    lines.push(csvLine([...fields.map((name) => inertCell(cells[name] ?? '')), String(line), why]))
  }
  return `\uFEFF${[csvLine([...fields, 'line', 'problem']), ...lines].join('\r\n')}\r\n`
}
