/**
 * From `npm start` to "Gleaner is ready": with an empty data folder, and later; then the memory of web, worker and
 * PostgreSQL ten seconds after. With --build, what a fresh clone adds: the whole build, from nothing.
 */
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { type App, childrenOf, startApp } from '../e2e/app.ts'
import { ensureBuilt } from '../scripts/ensure-built.ts'
import { ROOT } from '../scripts/root.ts'
import { familyOf, megabytes, residentMegabytes } from './proc-inside.ts'

export type StartFigure = { readonly what: string; readonly figure: number; readonly unit: 's' | 'MB' }

const LATER = 3
const IDLE_MS = 10_000

export async function run(): Promise<readonly StartFigure[]> {
  const figures: StartFigure[] = []
  const note = (what: string, figure: number, unit: StartFigure['unit']) =>
    figures.push({ what, figure: Math.round(figure * 100) / 100, unit })
  note(process.argv.includes('--build') ? 'build from nothing' : 'build, if stale', await buildSeconds(), 's')
  const first = await timed(() => startApp({}))
  note('start, empty data folder', first.seconds, 's')
  await first.result.stop('keep')
  const { dataFolder } = first.result
  for (let n = 1; n < LATER; n++) {
    const again = await timed(() => startApp({}, { dataFolder }))
    note('start, later', again.seconds, 's')
    await again.result.stop('keep')
  }
  const last = await timed(() => startApp({}, { dataFolder }))
  note('start, later', last.seconds, 's')
  await sleep(IDLE_MS)
  noteMemory(last.result, note)
  const end = await timed(() => last.result.stop())
  note('stop', end.seconds, 's')
  console.table(figures)
  return figures
}

async function buildSeconds(): Promise<number> {
  if (process.argv.includes('--build')) {
    for (const folder of ['.next', 'dist']) rmSync(join(ROOT, folder), { recursive: true, force: true })
  }
  return (await timed(() => ensureBuilt())).seconds
}

function noteMemory(app: App, note: (what: string, figure: number, unit: 'MB') => void): void {
  const { web = 0, worker = 0, postgres = 0 } = childrenOf(app)
  note('supervisor, resident', residentMegabytes(app.pid), 'MB')
  note('web, resident', residentMegabytes(web), 'MB')
  note('worker, resident', residentMegabytes(worker), 'MB')
  note('PostgreSQL, shared memory counted once', megabytes(familyOf(postgres)), 'MB')
}

async function timed<T>(work: () => Promise<T>): Promise<{ result: T; seconds: number }> {
  const from = performance.now()
  const result = await work()
  return { result, seconds: (performance.now() - from) / 1000 }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await run()
