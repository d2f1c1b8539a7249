import { globSync } from 'node:fs'
import { basename, join } from 'node:path'
import { ROOT } from './root.ts'
import { runStep } from './run-step.ts'

/** `npm run bench [name …]`: each in a process of its own, one after the other, so that none warms or slows another. */
const wanted = process.argv.slice(2)
const all = globSync('bench/*.ts', { cwd: ROOT })
  .map((file) => basename(file, '.ts'))
  // What a benchmark bundles from src is no benchmark.
  .filter((name) => !name.endsWith('-inside'))
  .sort()
const unknown = wanted.filter((name) => !all.includes(name))
if (unknown.length > 0) {
  console.error(`There is no benchmark ${unknown.join(', ')}. There are: ${all.join(', ')}`)
  process.exit(2)
}

for (const name of wanted.length > 0 ? wanted : all) {
  console.log(`\n== ${name}`)
  const { ok } = await runStep({ name, command: 'node', args: [join('bench', `${name}.ts`)], live: true })
  if (!ok) process.exitCode = 1
}
