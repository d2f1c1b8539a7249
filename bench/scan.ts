/**
 * The scan: searches read and recorded a second by one process (the network apart), and what recording costs, with 1,000
 * watches of 20 workspaces over 200 searches. On a PostgreSQL of its own, with the settings that `npm start` gives it.
 */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { importBundled } from '../scripts/import-bundled.ts'
import { ROOT } from '../scripts/root.ts'

type Inside = typeof import('./scan-inside.ts')
export type ScanFigure = Awaited<ReturnType<Inside['measureScan']>>[number]

export async function run(): Promise<readonly ScanFigure[]> {
  const directory = mkdtempSync(join(tmpdir(), 'gleaner-bench-'))
  // Root lends the server to another user, who must be able to enter.
  chmodSync(directory, 0o711)
  const { measureScan } = await importBundled<Inside>('bench-scan', 'bench/scan-inside.ts')
  try {
    const figures = await measureScan(ROOT, directory)
    console.table(figures)
    return figures
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await run()
