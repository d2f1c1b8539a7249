/**
 * A simulated month: what a seeded plan lets happen on six marketplaces (adverts, bumps, reposts, prices, removals, outages,
 * blocks) against what Gleaner told of it, with the freshness, the requests and the cost. The clock is moved; everything else
 * is the product's own. `node bench/month.ts --searches 30 --adverts 3000 --days 30`; without them the whole month. `--minutes 20` ends it after
 * so many minutes of real time, and judges the days until then.
 */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { importBundled } from '../scripts/import-bundled.ts'
import { ROOT } from '../scripts/root.ts'

type Inside = typeof import('./month-inside.ts')

const FULL = { seed: 1, searches: 300, adverts: 30_000, days: 30, busyShare: 0.4, busyMinutes: 120, quietMinutes: 720 }

type Wanted = Partial<typeof FULL> & { readonly minutes?: number }

export async function run({ minutes = 1e9, ...size }: Wanted = {}): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'gleaner-bench-'))
  // Root lends the server to another user, who must be able to enter.
  chmodSync(directory, 0o711)
  const { measureMonth } = await importBundled<Inside>('bench-month', 'bench/month-inside.ts')
  try {
    const { figures, faults } = await measureMonth(ROOT, directory, { ...FULL, ...size }, minutes)
    console.table(figures)
    for (const [name, list] of Object.entries(faults))
      if (list.length > 0) console.dir({ [name]: list.slice(0, 5) }, { depth: 5 })
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}

/** `--days 7`: numbers for what a month is made of. */
function wantedOf(args: string[]): Wanted {
  const options = Object.fromEntries(
    [...Object.keys(FULL), 'minutes'].map((name) => [name, { type: 'string' as const }]),
  )
  const { values } = parseArgs({ args, options })
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, Number(value)]))
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await run(wantedOf(process.argv.slice(2)))
