import { runQuickHalf } from './quick-half.ts'
import { printTable } from './run-step.ts'
import { closingLine } from './test-counts.ts'

/** `npm run validate`: what must hold before a commit; the browser is left to `npm test`. */
const { results, counts, captures } = await runQuickHalf()
printTable(results)
const broken = results.filter(({ ok }) => !ok).length
console.log(`\n${captures}\n${closingLine(counts)}`)
process.exitCode = broken > 0 || counts.failed > 0 ? 1 : 0
