import { cruise, type ICruiseResult } from 'dependency-cruiser'
import extractOptions from 'dependency-cruiser/config-utl/extract-depcruise-options'
import extractTsConfig from 'dependency-cruiser/config-utl/extract-ts-config'

/** Who imports whom, against `.dependency-cruiser.cjs`. Nothing read at all is a failure: it can pass on 0 modules. */
const options = await extractOptions('./.dependency-cruiser.cjs')
const tsConfig = extractTsConfig('tsconfig.json')
const { output } = await cruise(['src', 'emails', 'e2e', 'scripts', 'bench'], options, undefined, { tsConfig })
// Without a reporter the output is the result itself, never text.
const { summary } = output as ICruiseResult
for (const { rule, from, to, cycle } of summary.violations) {
  console.log(`${rule.name}: ${from} → ${cycle ? cycle.map(({ name }) => name).join(' → ') : to}`)
}
console.log(
  `${summary.totalCruised} modules read, ${summary.totalDependenciesCruised} imports, ${summary.error} errors`,
)
process.exitCode = summary.totalCruised > 0 && summary.error === 0 ? 0 : 1
