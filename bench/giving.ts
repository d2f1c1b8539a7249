/**
 * Giving at size: 100,000 contacts, 2,000,000 gifts and 30,000 pledges, and a tenth of it. What each list, search and page
 * takes at the doors of tRPC (p50, p95, and how it grows), the daily checks, 20 weekly summaries, memory, and the plans:
 * sequential scans of tables over 10,000 rows. Each size on a PostgreSQL of its own; `BENCH_GIVING_KEEP=FOLDER` keeps them,
 * and measures those that it finds there; `BENCH_GIVING_CONTACTS=20000` is smaller.
 */
import { fork } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { importBundled } from '../scripts/import-bundled.ts'
import { ROOT } from '../scripts/root.ts'

type Inside = typeof import('./giving-inside.ts')
type Measured = Awaited<ReturnType<Inside['measureGiving']>>
export type GivingFigure = {
  readonly screen: string
  readonly 'p50 of a tenth': number
  readonly 'p95 of a tenth': number
  readonly p50: number
  readonly p95: number
  readonly grows: number
  readonly scans: string
}

const CONTACTS = Number(process.env.BENCH_GIVING_CONTACTS ?? 100_000)
const KEPT = process.env.BENCH_GIVING_KEEP
/** Of a child: what it does, where, and for how many contacts. */
const [work = '', place = '', count = ''] = process.argv.slice(2)

export async function run(): Promise<readonly GivingFigure[]> {
  await import('../scripts/bundle.ts').then(({ bundle }) => bundle({ 'bench-giving': 'bench/giving-inside.ts' }))
  const folder = KEPT ? resolve(KEPT) : mkdtempSync(join(tmpdir(), 'gleaner-bench-'))
  try {
    const [small, large] = [await measure(folder, CONTACTS / 10), await measure(folder, CONTACTS)]
    const figures = besides(small, large)
    console.table(figures)
    for (const { contacts, once } of [small, large]) {
      console.log(`${contacts} contacts`)
      console.table(once)
    }
    return figures
  } finally {
    if (!KEPT) rmSync(folder, { recursive: true, force: true })
  }
}

/** Two processes, so that what filling took is no memory of who measures. */
async function measure(folder: string, contacts: number): Promise<Measured> {
  const directory = join(folder, String(contacts))
  mkdirSync(directory, { recursive: true })
  // Root lends the server to another user, who must be able to enter.
  for (const path of [folder, directory]) chmodSync(path, 0o711)
  await child<null>('fill', directory, contacts)
  return child<Measured>('measure', directory, contacts)
}

function child<Answer>(...args: readonly [string, string, number]): Promise<Answer> {
  const started = fork(fileURLToPath(import.meta.url), args.map(String), { serialization: 'advanced' })
  return new Promise((done, fail) => {
    started.once('message', (answer) => done(answer as Answer))
    started.once('exit', (code) => fail(new Error(`${args.join(' ')} ended with ${code}`)))
  })
}

function besides(small: Measured, large: Measured): GivingFigure[] {
  return large.screens.map(({ screen, p50, p95, scans }) => {
    const tenth = small.screens.find((one) => one.screen === screen)
    const [p50Tenth, p95Tenth] = [tenth?.p50 ?? 0, tenth?.p95 ?? 0]
    const grows = Math.round((p50 / p50Tenth) * 100) / 100
    return { screen, 'p50 of a tenth': p50Tenth, 'p95 of a tenth': p95Tenth, p50, p95, grows, scans: scans.join(', ') }
  })
}

async function asChild(): Promise<void> {
  const { fillWorkspace, measureGiving } = await importBundled<Inside>('bench-giving', 'bench/giving-inside.ts')
  const at = { root: ROOT, directory: place, contacts: Number(count) }
  const answer = work === 'fill' ? await fillWorkspace(at) : await measureGiving(at)
  process.send?.(answer ?? null, () => process.exit(0))
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await (work === '' ? run() : asChild())
