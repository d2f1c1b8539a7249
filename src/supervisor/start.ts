import type { Cleanup } from './cleanup'
import type { Console } from './console'
import { type Prepared, prepare } from './prepare'
import { builtProcesses, whatRuns } from './processes'
import { registerFunctions } from './register-functions'
import { runProcesses } from './run-processes'
import { runUntilStopped } from './run-until-stopped'
import { showSetupCode } from './setup-code'

export type StartOptions = {
  /** The project's root: node_modules, drizzle and the built files lie there. */
  readonly root: string
  /** Builds when stale and says what it did. Left out where the files come built, as in the image. */
  readonly build?: (signal: AbortSignal) => Promise<string>
  /** The demo's: empties the database before the migrations. */
  readonly clear?: (databaseUrl: string) => Promise<void>
  /** What is done and said between the running processes and the last line; by default, the set-up code is shown. */
  readonly welcome?: (prepared: Prepared, console: Console, cleanup: Cleanup) => Promise<void>
}

/** `npm start`: brings everything up, says so, and stays until it is told to stop. */
export async function start(options: StartOptions): Promise<void> {
  await runUntilStopped((console, cleanup) => bringUp(options, console, cleanup))
}

async function bringUp(options: StartOptions, console: Console, cleanup: Cleanup): Promise<void> {
  const from = performance.now()
  const prepared = await prepare({ ...options, production: true }, console, cleanup)
  await buildUnlessBuilt(options, console, cleanup)
  const specs = builtProcesses(options.root, prepared)
  await console.step('Web and worker', () => runProcesses(specs, prepared.settings.PORT, console, cleanup))
  await registerFunctions(prepared, console)
  const welcome = options.welcome ?? showSetupCode
  await welcome(prepared, console, cleanup)
  console.ready(whatRuns(prepared.settings), Math.round(performance.now() - from))
}

async function buildUnlessBuilt({ build }: StartOptions, console: Console, cleanup: Cleanup): Promise<void> {
  if (!build) return
  const abort = new AbortController()
  cleanup.push(() => abort.abort())
  await console.step(
    'Build',
    () => build(abort.signal),
    (what) => what,
  )
}
