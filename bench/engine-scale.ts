/**
 * What the job engine's tables cost when they are full: 100,000 sleeping runs, and from 1,000 to 1,000,000 finished ones
 * (each with one step), inserted by SQL. On a PostgreSQL of its own, with the settings that `npm start` gives it.
 */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { bundle } from '../scripts/bundle.ts'
import { importBundled } from '../scripts/import-bundled.ts'
import { ROOT } from '../scripts/root.ts'

type Inside = typeof import('./engine-scale-inside.ts')
type Bench = Parameters<Parameters<Inside['withBench']>[1]>[0]

const SLEEPERS = 100_000
const SIZES = [1000, 10_000, 100_000, 1_000_000]

export async function run(): Promise<void> {
  await bundle({ 'bench-engine-worker': 'bench/engine-worker-inside.ts' })
  const inside = await importBundled<Inside>('bench-engine-scale', 'bench/engine-scale-inside.ts')
  console.table(await onOwnServer(inside, (bench) => inside.measureSleepers(bench, SLEEPERS)))
  console.table(await onOwnServer(inside, (bench) => inside.measureGrowth(bench, SIZES)))
  console.log(`load of the machine: ${loadavg()[0]?.toFixed(1)}`)
}

async function onOwnServer<T>(inside: Inside, work: (bench: Bench) => Promise<T>): Promise<T> {
  const directory = mkdtempSync(join(tmpdir(), 'gleaner-bench-'))
  // Root lends the server to another user, who must be able to enter.
  chmodSync(directory, 0o711)
  const program = join(ROOT, 'dist', 'bench-engine-worker.mjs')
  try {
    return await inside.withBench({ root: ROOT, directory, program }, work)
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await run()
