import { spawn } from 'node:child_process'
import { ROOT } from './root.ts'

export type Step = {
  readonly name: string
  /** Looked up in node_modules/.bin first. */
  readonly command: string
  readonly args: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  /** Long ones are shown while they run; the others only when they fail. */
  readonly live?: boolean
}

export type StepResult = { readonly name: string; readonly ok: boolean; readonly ms: number; readonly said: string }

/** Runs one step to its end; never throws for what the step itself did. */
export async function runStep(step: Step): Promise<StepResult> {
  const from = performance.now()
  const { ok, said } = await runProcess(step)
  const ms = Math.round(performance.now() - from)
  if (!ok && !step.live) console.log(`\n✗ ${step.name}\n${said}`)
  return { name: step.name, ok, ms, said }
}

function runProcess(step: Step): Promise<{ ok: boolean; said: string }> {
  const env = { ...process.env, PATH: `${ROOT}/node_modules/.bin:${process.env.PATH}`, ...step.env }
  const child = spawn(step.command, step.args, { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'pipe'] })
  const said: string[] = []
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      said.push(text)
      if (step.live) process.stdout.write(text)
    })
  }
  return new Promise((resolve) => {
    child.once('error', (error) => resolve({ ok: false, said: error.message }))
    child.once('close', (code) => resolve({ ok: code === 0, said: said.join('') }))
  })
}

/** At most `lanes` at a time; results in the order of the steps. */
export async function runSteps(steps: readonly Step[], lanes: number): Promise<readonly StepResult[]> {
  const results: StepResult[] = []
  const waiting = [...steps.entries()]
  async function lane(): Promise<void> {
    for (let next = waiting.shift(); next; next = waiting.shift()) results[next[0]] = await runStep(next[1])
  }
  await Promise.all(Array.from({ length: lanes }, lane))
  return results
}

/** A line a step: what, how long, how it ended. */
export function printTable(results: readonly StepResult[]): void {
  const width = Math.max(...results.map(({ name }) => name.length))
  console.log('')
  for (const { name, ok, ms } of results) {
    console.log(
      `  ${ok ? '✓' : '✗'} ${name.padEnd(width)} ${(ms / 1000).toFixed(1).padStart(7)} s  ${ok ? 'ok' : 'FAILED'}`,
    )
  }
}
