/**
 * From a page to Telegram: a real worker over 1,000 watches of 200 searches, 100,000 listings and a million observations.
 * Searches a second, processor time and memory of worker and PostgreSQL, and the time from "fetched" to "accepted".
 */
import { fileURLToPath } from 'node:url'
import { importBundled } from '../scripts/import-bundled.ts'

type Inside = typeof import('./alerts-inside.ts')
export type AlertFigure = Awaited<ReturnType<Inside['measureAlerts']>>[number]

export async function run(): Promise<readonly AlertFigure[]> {
  const { bundle } = await import('../scripts/bundle.ts')
  await bundle({ worker: 'src/worker.ts' }, 'production')
  const { measureAlerts } = await importBundled<Inside>('bench-alerts', 'bench/alerts-inside.ts')
  const figures = await measureAlerts((progress) => console.log(progress))
  console.table(figures)
  return figures
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await run()
