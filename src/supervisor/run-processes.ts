import { type Child, type ChildSpec, keepRunning } from './child'
import type { Cleanup } from './cleanup'
import type { Console } from './console'
import { awaitHealth } from './health'

const HEALTH_SECONDS = 60

/** Starts all, waits until each works, and keeps them running from then on. Throws when one ends before that. */
export async function runProcesses(
  specs: readonly ChildSpec[],
  port: number,
  console: Console,
  cleanup: Cleanup,
): Promise<readonly Child[]> {
  const children = specs.map((spec) => keepRunning(spec, console))
  cleanup.push(async () => void (await Promise.all(children.map((child) => child.stop()))))
  const ready = Promise.all(children.map((child) => isReady(child, port, console)))
  await Promise.race([ready, ...children.map((child) => child.lost)])
  for (const child of children) child.settle()
  return children
}

async function isReady(child: Child, port: number, console: Console): Promise<void> {
  if (child.name === 'worker') return child.ready
  const trouble = await awaitHealth(port, HEALTH_SECONDS)
  if (trouble) console.warn(`/api/health does not answer 200 after ${HEALTH_SECONDS} s: ${trouble}`)
}
