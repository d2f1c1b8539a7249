/**
 * The import: 100,000 gifts of 20,000 contacts, judged and committed with all that follows (contacts, totals, status,
 * thanks, allocations of 2,000 pledges), sent again, and undone. On a PostgreSQL of its own.
 */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { importBundled } from '../scripts/import-bundled.ts'
import { ROOT } from '../scripts/root.ts'

type Inside = typeof import('./import-inside.ts')
export type ImportFigure = Awaited<ReturnType<Inside['measureImport']>>[number]

export async function run(): Promise<readonly ImportFigure[]> {
  const directory = mkdtempSync(join(tmpdir(), 'gleaner-bench-'))
  // Root lends the server to another user, who must be able to enter.
  chmodSync(directory, 0o711)
  const { measureImport } = await importBundled<Inside>('bench-import', 'bench/import-inside.ts')
  try {
    const figures = await measureImport(ROOT, directory)
    console.table(figures)
    return figures
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await run()
