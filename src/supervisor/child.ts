import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import type { Console } from './console'

export type ChildSpec = {
  readonly name: 'web' | 'worker'
  /** Arguments to node, the script first. */
  readonly args: readonly string[]
  readonly cwd: string
  readonly env: NodeJS.ProcessEnv
}

export type Child = {
  readonly name: ChildSpec['name']
  /** Resolves when the process says `ready` by its channel. */
  readonly ready: Promise<void>
  /** Rejects when the process ends before `settle`: it cannot start, and trying again would hide that. */
  readonly lost: Promise<never>
  /** From here on the process is started again whenever it ends. */
  readonly settle: () => void
  /** Ends it and starts it again at once, without counting that as a crash: its program has changed. */
  readonly restart: () => void
  /** SIGTERM, then SIGKILL when it has not ended after six seconds. */
  readonly stop: () => Promise<void>
}

const KILL_AFTER_MS = 6_000
const LONGEST_WAIT_MS = 30_000
/** A process that lived this long was well: its next crash is a first one again. */
const WELL_AFTER_MS = 60_000

type Life = {
  phase: 'starting' | 'settled' | 'restarting' | 'stopping'
  process: ChildProcess | null
  crashes: number
  timer: NodeJS.Timeout | null
}

/** Starts a process and keeps it running; waits 0.5 s, 1 s, 2 s … 30 s before it starts one that crashes again. */
export function keepRunning(spec: ChildSpec, console: Console): Child {
  const life: Life = { phase: 'starting', process: null, crashes: 0, timer: null }
  const ready = Promise.withResolvers<void>()
  const lost = Promise.withResolvers<never>()
  // The supervisor listens to both while it starts; later endings are `again`'s.
  lost.promise.catch(() => undefined)

  function launch(): void {
    const began = Date.now()
    if (life.phase === 'restarting') life.phase = 'settled'
    life.process = spawnLeashed(spec, console)
    life.process.on('message', (message) => message === 'ready' && ready.resolve())
    life.process.once('close', (code, signal) => {
      life.process = null
      const ending = code === null ? `signal ${signal}` : `code ${code}`
      if (life.phase === 'starting')
        lost.reject(new Error(`The ${spec.name} process ended with ${ending} at its start`))
      if (life.phase === 'settled') again(Date.now() - began, ending)
      if (life.phase === 'restarting') launch()
    })
  }

  function again(lived: number, ending: string): void {
    life.crashes = lived > WELL_AFTER_MS ? 1 : life.crashes + 1
    const wait = Math.min(500 * 2 ** (life.crashes - 1), LONGEST_WAIT_MS)
    console.warn(`The ${spec.name} process ended with ${ending}; it starts again in ${wait / 1000} s`)
    life.timer = setTimeout(launch, wait)
  }

  launch()
  return {
    name: spec.name,
    ready: ready.promise,
    lost: lost.promise,
    settle: () => settle(life),
    restart: () => restart(life),
    stop: () => stop(life),
  }
}

function settle(life: Life): void {
  if (life.phase === 'starting') life.phase = 'settled'
}

function restart(life: Life): void {
  // One that waits to be started again after a crash takes the new program by itself.
  if (life.phase !== 'settled' || !life.process) return
  life.phase = 'restarting'
  life.process.kill('SIGTERM')
}

/** The channel is the leash: the process ends when it closes, that is, when this one dies. */
function spawnLeashed(spec: ChildSpec, console: Console): ChildProcess {
  const child = spawn(process.execPath, spec.args, {
    cwd: spec.cwd,
    env: spec.env,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  for (const stream of [child.stdout, child.stderr]) {
    if (!stream) continue
    createInterface({ input: stream }).on('line', (line) => console.pass(spec.name, line, stream === child.stderr))
  }
  return child
}

async function stop(life: Life): Promise<void> {
  life.phase = 'stopping'
  if (life.timer) clearTimeout(life.timer)
  const child = life.process
  if (!child) return
  const closed = new Promise<void>((resolve) => child.once('close', () => resolve()))
  child.kill('SIGTERM')
  const timer = setTimeout(() => child.kill('SIGKILL'), KILL_AFTER_MS)
  await closed
  clearTimeout(timer)
}
