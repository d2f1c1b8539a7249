/**
 * The embedded job engine: steps a second with one process, and the time from a sent event to the first line of its
 * job. On a PostgreSQL of its own, with the settings that `npm start` gives it (each commit reaches the disk).
 */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { importBundled } from '../scripts/import-bundled.ts'
import { ROOT } from '../scripts/root.ts'

type Inside = typeof import('./engine-inside.ts')
export type EngineFigure = Awaited<ReturnType<Inside['measureEngine']>>[number]

export async function run(): Promise<readonly EngineFigure[]> {
  const directory = mkdtempSync(join(tmpdir(), 'gleaner-bench-'))
  // Root lends the server to another user, who must be able to enter.
  chmodSync(directory, 0o711)
  const { measureEngine } = await importBundled<Inside>('bench-engine', 'bench/engine-inside.ts')
  try {
    const figures = await measureEngine(ROOT, directory)
    console.table(figures)
    return figures
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await run()
