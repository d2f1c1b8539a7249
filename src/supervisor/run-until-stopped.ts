import { EnvError } from '@/env'
import { isAppError } from '@/kernel/app-error'
import { type Cleanup, endOnce, StartRefused } from './cleanup'
import { type Console, openConsole } from './console'
import { LockHeld } from './lock'

type Work = (console: Console, cleanup: Cleanup) => Promise<void>

/** Runs `work`, which fills the cleanup; undoes it all at the first signal, or when `work` fails (exit code 1). */
export async function runUntilStopped(work: Work, verbose = false): Promise<void> {
  const console = openConsole(verbose)
  const cleanup: Cleanup = []
  const end = endOnce(cleanup)
  let told = false
  const stop = () => {
    told = true
    void end(0)
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop)
  if (process.env.npm_lifecycle_event) endWithParent(stop)
  // Whoever read it is gone (`npm start | head`): without a listener that would end this process and leave PostgreSQL.
  process.stdout.on('error', stop)
  process.on('uncaughtException', (error) => {
    console.fail(describeFailure(error).join('\n'))
    void end(1)
  })
  try {
    await work(console, cleanup)
  } catch (error) {
    // Told to stop in the middle of a step: that it did not end well is no news.
    if (told) return
    for (const line of describeFailure(error)) console.fail(line)
    await end(1)
  }
}

/** npm hands a SIGTERM to the shell between us, which dies of it and passes nothing on. */
function endWithParent(end: () => void): void {
  const parent = process.ppid
  setInterval(() => process.ppid !== parent && end(), 250).unref()
}

/** What the person can do about is said in a line; what they cannot comes with its stack. */
function describeFailure(error: unknown): readonly string[] {
  if (error instanceof EnvError) return error.problems
  if (error instanceof StartRefused || isAppError(error)) return [error.message]
  if (error instanceof LockHeld) return [`Gleaner already runs on this data folder, as process ${error.pid}.`]
  if (!(error instanceof Error)) return [String(error)]
  return [error.stack ?? error.message]
}
