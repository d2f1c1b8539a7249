import { and, eq, inArray, lt } from 'drizzle-orm'
import { withSystem } from '@/db/scope'
import type { ImportState } from './rules'
import type { ImportDeps } from './run-import'
import { imports } from './table'

const KEPT_MS = 14 * 86_400_000
const WAITING: readonly ImportState[] = ['asking', 'ready', 'stopped']

/** Files that nobody has had written for two weeks go, with their verdicts. Answers how many there were. */
export async function sweepImports(deps: ImportDeps): Promise<number> {
  const before = new Date(deps.clock().getTime() - KEPT_MS)
  const old = and(inArray(imports.state, [...WAITING]), eq(imports.committed, 0), lt(imports.movedAt, before))
  const found = await withSystem(deps.db, 'imports', (tx) =>
    tx.select({ fileKey: imports.fileKey }).from(imports).where(old),
  )
  // The files first: of a sweep that dies half-way the next one finds the rows.
  for (const { fileKey } of found) await deps.storage.delete(fileKey)
  const keys = found.map(({ fileKey }) => fileKey)
  await withSystem(deps.db, 'imports', (tx) => tx.delete(imports).where(and(old, inArray(imports.fileKey, keys))))
  return found.length
}
