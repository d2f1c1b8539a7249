/**
 * Hostile pages: how late the other hosts' searches are read while one host answers with 50 MB, a bomb, a loop and the like,
 * as often as its budget lets it be asked, without backoff (`--every 9`: a third as often); what each is judged, and the worker's memory at its most.
 */
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { importBundled } from '../scripts/import-bundled.ts'

type Inside = typeof import('./hostile-inside.ts')

export async function run(seconds = 9, hostileSeconds = 3): Promise<void> {
  const { bundle } = await import('../scripts/bundle.ts')
  await bundle({ worker: 'src/worker.ts' }, 'production')
  const { measureHostile } = await importBundled<Inside>('bench-hostile', 'bench/hostile-inside.ts')
  console.table(await measureHostile({ seconds, hostileSeconds }, (line) => console.log(line)))
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values } = parseArgs({
    options: { seconds: { type: 'string', default: '9' }, every: { type: 'string', default: '3' } },
  })
  await run(Number(values.seconds), Number(values.every))
}
