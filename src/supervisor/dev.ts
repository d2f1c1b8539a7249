import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { ChildSpec } from './child'
import type { Cleanup } from './cleanup'
import type { Console } from './console'
import { type Prepared, prepare } from './prepare'
import { QUIET, whatRuns } from './processes'
import { runProcesses } from './run-processes'
import { runUntilStopped } from './run-until-stopped'
import { showSetupCode } from './setup-code'

type DevOptions = {
  readonly root: string
  /** Bundles the worker now and after every change, calling `changed` after each but the first; gives what stops it. */
  readonly watchWorker: (changed: () => void) => Promise<() => Promise<void>>
}

/** `npm run dev`: as `start`, from the sources: pages compile when they are asked for, the worker when it changes. */
export async function dev(options: DevOptions): Promise<void> {
  await runUntilStopped((console, cleanup) => bringUp(options, console, cleanup), true)
}

async function bringUp({ root, watchWorker }: DevOptions, console: Console, cleanup: Cleanup): Promise<void> {
  const from = performance.now()
  const prepared = await prepare({ root }, console, cleanup)
  const { PORT } = prepared.settings
  let restart = () => {}
  cleanup.push(await console.step('Worker bundle', () => watchWorker(() => restart())))
  const children = await console.step('Web and worker', () =>
    runProcesses(specs(root, prepared), PORT, console, cleanup),
  )
  restart = () => children.find(({ name }) => name === 'worker')?.restart()
  await showSetupCode(prepared, console)
  console.ready(whatRuns(prepared.settings), Math.round(performance.now() - from))
}

function specs(root: string, { settings, env }: Prepared): readonly ChildSpec[] {
  const development = { ...env, NODE_ENV: 'development' as const, NEXT_TELEMETRY_DISABLED: '1' }
  const leash = pathToFileURL(join(root, 'dist', 'leash.mjs')).href
  const next = join(root, 'node_modules', 'next', 'dist', 'bin', 'next')
  return [
    { name: 'web', args: ['--import', leash, next, 'dev', '-p', String(settings.PORT)], cwd: root, env: development },
    { name: 'worker', args: [...QUIET, join(root, 'dist', 'worker.mjs')], cwd: root, env: development },
  ]
}
