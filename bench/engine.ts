/**
 * The embedded job engine, in worker processes of their own: steps a second with one and with two, asked for one by one
 * and running on (checkpoints), what a step costs the processors, and the time from a sent event to the first line of
 * its job. On a PostgreSQL of its own, with the settings that `npm start` gives it (each commit reaches the disk).
 */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { bundle } from '../scripts/bundle.ts'
import { importBundled } from '../scripts/import-bundled.ts'
import { ROOT } from '../scripts/root.ts'

type Inside = typeof import('./engine-inside.ts')
type Bench = Parameters<Parameters<Inside['withBench']>[1]>[0]
export type EngineFigure = { readonly measure: string; readonly value: number; readonly unit: string }

const RUNS = 300
const WARM_UP = 150

export async function run(): Promise<readonly EngineFigure[]> {
  const directory = mkdtempSync(join(tmpdir(), 'gleaner-bench-'))
  // Root lends the server to another user, who must be able to enter.
  chmodSync(directory, 0o711)
  await bundle({ 'bench-engine-worker': 'bench/engine-worker-inside.ts' })
  const inside = await importBundled<Inside>('bench-engine', 'bench/engine-inside.ts')
  const program = join(ROOT, 'dist', 'bench-engine-worker.mjs')
  try {
    const figures = await inside.withBench({ root: ROOT, directory, program }, (bench) => measure(inside, bench))
    console.log(`load of the machine: ${loadavg()[0]?.toFixed(1)}`)
    console.table(figures)
    return figures
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}

async function measure(inside: Inside, bench: Bench): Promise<readonly EngineFigure[]> {
  const figures: EngineFigure[] = []
  for (const processes of [1, 2]) {
    const workers = await bench.startWorkers(processes)
    for (const [job, how] of [
      ['plain', 'asked for'],
      ['onward', 'running on'],
    ] as const) {
      await inside.burst(bench, workers, job, WARM_UP)
      const speed = await inside.burst(bench, workers, job, RUNS)
      const what = `${how}, ${processes} worker${processes > 1 ? 's' : ''}`
      figures.push(
        { measure: `steps a second, ${what}`, value: speed.stepsPerSecond, unit: '1/s' },
        { measure: `processor time of a step, worker, ${what}`, value: speed.workerMs, unit: 'ms' },
        { measure: `processor time of a step, PostgreSQL, ${what}`, value: speed.postgresMs, unit: 'ms' },
      )
    }
    if (processes === 1) figures.push(...(await measureLatency(inside, bench)))
    await Promise.all(workers.map((worker) => worker.stop()))
  }
  return figures
}

async function measureLatency({ latency }: Inside, bench: Bench): Promise<readonly EngineFigure[]> {
  const { p50, p95 } = await latency(bench)
  return [
    { measure: 'event to first step, p50', value: p50, unit: 'ms' },
    { measure: 'event to first step, p95', value: p95, unit: 'ms' },
  ]
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await run()
