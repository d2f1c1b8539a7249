import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { findBrowser } from './find-browser.ts'
import { runQuickHalf } from './quick-half.ts'
import { ROOT } from './root.ts'
import { printTable, runStep, type StepResult } from './run-step.ts'
import { addCounts, type Counts, closingLine, NO_COUNTS } from './test-counts.ts'

/** `npm test`: everything that must hold, the last part in a real browser against the built product. */
const quick = await runQuickHalf()
const browser = await runBrowserHalf()
const results = [...quick.results, ...browser.results]
printTable(results)
console.log(`\n${quick.captures}`)
const counts = addCounts([quick.counts, browser.counts])
const broken = results.filter(({ ok }) => !ok).length
// A check that fails is no test, but the closing line must not look as if all were well.
console.log(closingLine({ ...counts, failed: Math.max(counts.failed, broken) }))
process.exitCode = broken > 0 || counts.failed > 0 ? 1 : 0

type Half = { readonly results: readonly StepResult[]; readonly counts: Counts }

async function runBrowserHalf(): Promise<Half> {
  const build = await runStep({ name: 'build', command: 'node', args: ['scripts/build.ts'] })
  const found = await timed('browser', findBrowser)
  if (!build.ok || !found.ok) return { results: [build, found], counts: NO_COUNTS }
  const report = join(ROOT, 'artefacts', 'playwright.json')
  rmSync(report, { force: true })
  const env = { GLEANER_BROWSER: found.said, PLAYWRIGHT_JSON_OUTPUT_NAME: report }
  const args = ['test', '--reporter=list,json']
  const tests = await runStep({ name: 'end to end', command: 'playwright', args, env, live: true })
  return { results: [build, found, tests], counts: readPlaywright(report, tests.ok) }
}

async function timed(name: string, work: () => Promise<string>): Promise<StepResult> {
  const from = performance.now()
  const done = (ok: boolean, said: string) => ({ name, ok, said, ms: Math.round(performance.now() - from) })
  try {
    return done(true, await work())
  } catch (error) {
    console.log(`\n✗ ${name}\n${error instanceof Error ? error.message : error}`)
    return done(false, '')
  }
}

type PlaywrightReport = { stats: { expected: number; unexpected: number; flaky: number; skipped: number } }

function readPlaywright(file: string, ok: boolean): Counts {
  try {
    const { stats } = JSON.parse(readFileSync(file, 'utf8')) as PlaywrightReport
    const failed = stats.unexpected + stats.flaky || (ok ? 0 : 1)
    return { passed: stats.expected, failed, skipped: stats.skipped }
  } catch {
    // The runner ended before it could write: counted as one failure.
    return { ...NO_COUNTS, failed: 1 }
  }
}
