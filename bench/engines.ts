/**
 * Agreement: the same functions on the embedded engine and, where INNGEST_DEV names a running Inngest server on this
 * machine, on that: whether their effects are the same, in the same order where one is promised, and how fast both are.
 */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { isDeepStrictEqual } from 'node:util'
import { importBundled } from '../scripts/import-bundled.ts'
import { ROOT } from '../scripts/root.ts'

type Inside = typeof import('./engines-inside.ts')
type Seens = Awaited<ReturnType<Inside['seeBoth']>>

export async function run(): Promise<Seens> {
  const directory = mkdtempSync(join(tmpdir(), 'gleaner-bench-'))
  // Root lends the server to another user, who must be able to enter.
  chmodSync(directory, 0o711)
  const { seeBoth } = await importBundled<Inside>('bench-engines', 'bench/engines-inside.ts')
  try {
    const seens = await seeBoth(ROOT, directory, process.env.INNGEST_DEV || null)
    tell(seens)
    return seens
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}

function tell({ embedded, inngest }: Seens): void {
  const rows = Object.entries(embedded.effects).map(([scene, effects]) => ({
    scene,
    embedded: `${effects.length} effects`,
    inngest: inngest ? `${inngest.effects[scene]?.length} effects` : 'not run',
    same: inngest ? isDeepStrictEqual(effects, inngest.effects[scene]) : '?',
  }))
  console.table(rows)
  if (inngest) for (const { scene, same } of rows) if (same === false) showBoth(scene, embedded, inngest)
  console.log(`load of the machine: ${loadavg()[0]?.toFixed(1)}`)
  console.table({
    embedded: embedded.speed,
    ...(inngest && { inngest: inngest.speed, ratio: ratio(embedded, inngest) }),
  })
  if (!inngest)
    console.log('INNGEST_DEV names no Inngest server: only the embedded engine was run, nothing was compared.')
}

type Seen = Seens['embedded']

function showBoth(scene: string, embedded: Seen, inngest: Seen): void {
  console.log(`${scene} differs:`, { embedded: embedded.effects[scene], inngest: inngest.effects[scene] })
  process.exitCode = 1
}

/** Above 1 the embedded engine is better. */
function ratio({ speed: own }: Seen, { speed: other }: Seen): Seen['speed'] {
  const round = (value: number) => Math.round(value * 10) / 10
  return {
    stepsPerSecond: round(own.stepsPerSecond / other.stepsPerSecond),
    p50: round(other.p50 / own.p50),
    p95: round(other.p95 / own.p95),
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await run()
