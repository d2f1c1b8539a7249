import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { type Child, keepRunning } from './child'
import type { Console } from './console'

/** A process of this program, and everything that it and its keeper said. */
function run(program: string): { child: Child; said: string[] } {
  const file = join(mkdtempSync(join(tmpdir(), 'gleaner-child-')), 'program.mjs')
  writeFileSync(file, program)
  const said: string[] = []
  const say = (text: string) => void said.push(text)
  const pass = (_process: string, line: string) => say(line)
  const console: Console = {
    step: async (_title, work) => work(),
    warn: say,
    fail: say,
    ready: say,
    pass,
    box: () => {},
  }
  const child = keepRunning({ name: 'worker', args: [file], cwd: tmpdir(), env: process.env }, console)
  onTestFinished(() => child.stop())
  return { child, said }
}

/** Last in a program: from then on it may be told to end. */
const READY = `process.on('disconnect', () => process.exit()); setInterval(() => {}, 1000); process.send('ready')`

test('a process that ends before it is ready is not started again', async () => {
  const { child, said } = run('console.log("begun"); process.exit(3)')
  await expect(child.lost).rejects.toThrow('The worker process ended with code 3 at its start')
  expect(said).toEqual(['begun'])
})

test('a process that crashes is started again, later each time', async () => {
  const { child, said } = run('process.send("ready"); setTimeout(() => process.exit(1), 50)')
  await child.ready
  child.settle()
  await vi.waitFor(() => expect(said).toHaveLength(2), 10_000)
  expect(said[0]).toBe('The worker process ended with code 1; it starts again in 0.5 s')
  expect(said[1]).toBe('The worker process ended with code 1; it starts again in 1 s')
})

test('a process whose program changed is started again at once, without a warning', async () => {
  const { child, said } = run(`console.log('begun'); process.on('SIGTERM', () => process.exit(0)); ${READY}`)
  await child.ready
  child.settle()
  child.restart()
  await vi.waitFor(() => expect(said).toEqual(['begun', 'begun']), 10_000)
})

test('a process that ignores SIGTERM is killed', async () => {
  const { child, said } = run(`process.on('SIGTERM', () => console.log('not yet')); ${READY}`)
  await child.ready
  await child.stop()
  // `stop` ends when the process has: it heard SIGTERM and stayed.
  expect(said).toEqual(['not yet'])
})
