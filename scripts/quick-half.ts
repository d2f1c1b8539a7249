import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from './root.ts'
import { runStep, runSteps, type Step, type StepResult } from './run-step.ts'
import { type Counts, NO_COUNTS } from './test-counts.ts'

const node = (name: string, script: string, ...args: string[]): Step => ({
  name,
  command: 'node',
  args: [script, ...args],
})

/** Each takes seconds and reads files alone, so that two run at a time. */
const CHECKS: readonly Step[] = [
  { name: 'types', command: 'tsc', args: ['--noEmit'] },
  { name: 'lint', command: 'biome', args: ['check', '.'] },
  node('boundaries', 'scripts/check-boundaries.ts'),
  { name: 'unused', command: 'knip', args: ['--no-progress'] },
  node('structure', 'scripts/check-structure.ts'),
  node('lock', 'scripts/complete-lock.mjs', '--check'),
]

const REPORT = 'artefacts/vitest.json'
const REPORTERS = ['--reporter=default', '--reporter=json', `--outputFile.json=${REPORT}`]
const TESTS: Step = { name: 'unit and integration', command: 'vitest', args: ['run', ...REPORTERS], live: true }

export type QuickHalf = { readonly results: readonly StepResult[]; readonly counts: Counts; readonly captures: string }

/** Types, lint, boundaries, unused code, structure, lock; then the unit and integration tests. */
export async function runQuickHalf(): Promise<QuickHalf> {
  const checks = await runSteps(CHECKS, 2)
  rmSync(join(ROOT, REPORT), { force: true })
  const tests = await runStep(TESTS)
  return { results: [...checks, tests], counts: readVitest(tests.ok), captures: capturesOf(tests.said) }
}

type VitestReport = { numPassedTests: number; numFailedTests: number; numPendingTests: number }

/** A file that cannot even be loaded has no failed test in the report, yet the run has failed. */
function readVitest(ok: boolean): Counts {
  const report = readReport(join(ROOT, REPORT))
  if (!report) return { ...NO_COUNTS, failed: 1 }
  const failed = report.numFailedTests || (ok ? 0 : 1)
  return { passed: report.numPassedTests, failed, skipped: report.numPendingTests }
}

function readReport(file: string): VitestReport | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as VitestReport
  } catch {
    // The runner ended before it could write: counted as one failure.
    return null
  }
}

/** The contract test of the sources says how many saved pages it has read. */
function capturesOf(said: string): string {
  return /captures(?: read)?: [^\n]*/.exec(said)?.[0] ?? 'captures: not reported'
}
