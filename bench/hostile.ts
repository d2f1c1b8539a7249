/**
 * Hostile pages: how late the other hosts' searches are read while one host answers with 50 MB, a bomb, a loop and the like,
 * as often as its budget lets it be asked, without backoff; what each is judged, and the worker's memory at its most.
 */
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { importBundled } from '../scripts/import-bundled.ts'

type Inside = typeof import('./hostile-inside.ts')

export async function run(seconds = 12): Promise<void> {
  const { bundle } = await import('../scripts/bundle.ts')
  await bundle({ worker: 'src/worker.ts' }, 'production')
  const { measureHostile } = await importBundled<Inside>('bench-hostile', 'bench/hostile-inside.ts')
  console.table(await measureHostile(seconds, (line) => console.log(line)))
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values } = parseArgs({ options: { seconds: { type: 'string', default: '12' } } })
  await run(Number(values.seconds))
}
